import { day, type Text3, type When } from './types.ts';

/** The association on its public page, in its own name. */
export interface Association {
  readonly key: 'agents-of-change';
  readonly name: Text3;
  readonly legalForm: Text3;
  readonly founded: When;
  readonly registered: When;
  readonly tagline: Text3;
  readonly history: Text3;
  readonly mission: Text3;
  readonly aims: readonly Text3[];
  readonly directions: readonly Text3[];
  readonly experience: readonly Text3[];
  readonly aliases: readonly string[];
}

export const ASSOCIATION: Association = {
  key: 'agents-of-change',
  name: { ky: 'Агенты перемен', ru: 'Агенты перемен', en: 'Agents of Change' },
  legalForm: { ky: 'коомдук бирикме', ru: 'общественное объединение', en: 'public association' },
  founded: day('2010-03-17'),
  registered: day('2010-04-10'),
  tagline: {
    ky: 'Чечимге катышкан жаштар коомду өзгөртөт.',
    ru: 'Молодёжь, которая участвует в решениях, меняет общество.',
    en: 'Young people who take part in decisions change society.',
  },
  history: {
    ky: '«Агенты перемен» 2010-жылдын 17-мартында уюштуруучулардын жалпы чогулушунда түзүлүп, 10-апрелде каттоодон өткөн. Бирикмени өлкөдөгү окуяларга кайдыгер карабаган жигердүү жаштар негиздешкен, мүчөлөрү да ошондой жаштар.',
    ru: '«Агенты перемен» созданы 17 марта 2010 года на общем собрании учредителей и зарегистрированы 10 апреля. Основали объединение активные молодые люди, которым небезразлично то, что происходит в стране; такие же люди состоят в нём сегодня.',
    en: 'Agents of Change was founded on 17 March 2010 at a general meeting and registered on 10 April. Its founders and members are active young people who care about what happens in their country.',
  },
  mission: {
    ky: 'Биз жаштардын ачык жана ыктыярдуу бирикмесибиз. Максатыбыз: жаш муун чечим кабыл алууга көбүрөөк катышсын, коомдун өнүгүүсүнө салым кошууга мүмкүнчүлүгү кеңейсин.',
    ru: 'Мы открытое и добровольное объединение молодёжи. Мы хотим, чтобы молодое поколение больше участвовало в принятии решений и имело больше возможностей влиять на развитие общества.',
    en: 'We are an open, voluntary association of young people. We want the young generation to have a greater part in decisions and more room to shape the development of society.',
  },
  aims: [
    {
      ky: 'Жаштардын коомдук активдүүлүгүн колдоо, жаштар кыймылын күчөтүү',
      ru: 'Поддерживать общественную активность молодёжи и усиливать молодёжное движение',
      en: 'Support young people’s social activity and strengthen the youth movement',
    },
    {
      ky: 'Жаштардын билимин жана жөндөмүн арттыруу',
      ru: 'Развивать способности и знания молодых людей',
      en: 'Help young people grow in ability and knowledge',
    },
    {
      ky: 'Гендердик теңчилик идеяларын колдоо',
      ru: 'Поддерживать идеи гендерного равенства',
      en: 'Support the ideas of gender equality',
    },
    {
      ky: 'Саясатта экологиялык принциптердин эске алынышына жетишүү',
      ru: 'Добиваться, чтобы в политике учитывались экологические принципы',
      en: 'Bring ecological principles into policy',
    },
    {
      ky: 'Коомдук жана мамлекеттик мекемелер менен бирге иштөө',
      ru: 'Работать вместе с общественными и государственными учреждениями',
      en: 'Work together with public and state institutions',
    },
  ],
  directions: [
    { ky: 'Маалымдоо жана окутуу', ru: 'Информирование и обучение', en: 'Information and training' },
    { ky: 'Эдвокаси', ru: 'Адвокация', en: 'Advocacy' },
    {
      ky: 'Жаштардын саясатка катышуусун байкоо',
      ru: 'Наблюдение за участием молодёжи в политике',
      en: 'Following young people’s part in politics',
    },
    {
      ky: 'Мүчөлөрүбүздүн билимин жана жөндөмүн арттыруу',
      ru: 'Развитие членов объединения',
      en: 'Helping our members grow',
    },
  ],
  experience: [
    {
      ky: 'Долбоор жазып, аны ишке ашырабыз; ири маалымат жана эдвокаси кампанияларын өткөрөбүз.',
      ru: 'Пишем и ведём проекты, проводим большие информационные и адвокационные кампании.',
      en: 'We write and run projects and carry out large information and advocacy campaigns.',
    },
    {
      ky: 'Бардык долбоорду мамлекеттик мекемелер жана жергиликтүү өз алдынча башкаруу органдары менен бирге жүргүзөбүз.',
      ru: 'Все проекты ведём вместе с государственными учреждениями и органами местного самоуправления.',
      en: 'We run every project together with state institutions and local self-government.',
    },
    {
      ky: 'Аймактарда тынчтыкты сактоо үчүн, аялдарга жасалган зомбулукка жана ар кандай зомбулукка каршы акцияларга көп жаштарды тартып келебиз.',
      ru: 'Привлекаем много молодёжи к акциям за мир в регионах, против насилия над женщинами и любого другого насилия.',
      en: 'We bring many young people into actions for peace in the regions and against violence towards women, or anyone else.',
    },
  ],
  aliases: ['Change Agents', 'Agents of Changes', 'Агенты переменкоомдук бирикмеси'],
};
