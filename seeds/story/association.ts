import { day, month, type Text3, type When, year } from './types.ts';

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

export type OrganisationKey =
  | 'agents-of-change'
  | 'undp'
  | 'interim-government'
  | 'democracy-commission'
  | 'canada-fund'
  | 'un-women'
  | 'eu'
  | 'un'
  | 'health-ministry'
  | 'ecohimal'
  | 'csbp';

export interface Organisation {
  readonly key: OrganisationKey;
  readonly kind: 'association' | 'partner' | 'funder' | 'state' | 'international';
  readonly name: Text3;
  readonly short: Text3;
  /** What it has to do with the association. */
  readonly about: Text3;
  readonly founded?: When;
}

export const ORGANISATIONS: readonly Organisation[] = [
  {
    key: 'agents-of-change',
    kind: 'association',
    name: {
      ky: '«Агенты перемен» коомдук бирикмеси',
      ru: 'Общественное объединение «Агенты перемен»',
      en: 'Public Association “Agents of Change”',
    },
    short: ASSOCIATION.name,
    about: ASSOCIATION.tagline,
    founded: day('2010-03-17'),
  },
  {
    key: 'undp',
    kind: 'international',
    name: {
      ky: 'БУУнун Өнүктүрүү программасы, Тынчтык программасы',
      ru: 'Программа развития ООН, Программа мира',
      en: 'United Nations Development Programme, Peace Programme',
    },
    short: { ky: 'БУУӨП', ru: 'ПРООН', en: 'UNDP' },
    about: {
      ky: '2010-жылкы шайлоо долбоорун колдогон.',
      ru: 'Поддержала проект к выборам 2010 года.',
      en: 'Supported the project for the elections of 2010.',
    },
  },
  {
    key: 'interim-government',
    kind: 'state',
    name: {
      ky: 'Кыргыз Республикасынын Убактылуу өкмөтү',
      ru: 'Временное правительство Кыргызской Республики',
      en: 'Interim Government of the Kyrgyz Republic',
    },
    short: { ky: 'Убактылуу өкмөт', ru: 'Временное правительство', en: 'Interim Government' },
    about: {
      ky: '2010-жылы жаштар долбооруна социалдык тапшырык берген.',
      ru: 'В 2010 году дало социальный заказ на молодёжный проект.',
      en: 'Gave a social order for the youth project of 2010.',
    },
  },
  {
    key: 'democracy-commission',
    kind: 'funder',
    name: {
      ky: 'АКШ элчилигинин алдындагы Демократиялык комиссия',
      ru: 'Демократическая комиссия при Посольстве США',
      en: 'Democracy Commission of the US Embassy',
    },
    short: { ky: 'Демократиялык комиссия', ru: 'Демократическая комиссия', en: 'Democracy Commission' },
    about: {
      ky: '2011–2012-жылдары медиаторлорду даярдаган долбоорду колдогон.',
      ru: 'Поддержала подготовку медиаторов в 2011–2012 годах.',
      en: 'Supported the training of mediators in 2011–2012.',
    },
  },
  {
    key: 'canada-fund',
    kind: 'funder',
    name: { ky: 'Канада фонду', ru: 'Канадский фонд', en: 'Canada Fund' },
    short: { ky: 'Канада фонду', ru: 'Канадский фонд', en: 'Canada Fund' },
    about: {
      ky: '2011-жылы тегерек столдорду жана Достук фестивалын колдогон.',
      ru: 'Поддержал круглые столы и Фестиваль дружбы в 2011 году.',
      en: 'Supported the round tables and the Festival of Friendship in 2011.',
    },
  },
  {
    key: 'un-women',
    kind: 'international',
    name: { ky: '«БУУ-Аялдар» түзүмү', ru: 'Структура «ООН-женщины»', en: 'UN Women' },
    short: { ky: 'БУУ-Аялдар', ru: 'ООН-женщины', en: 'UN Women' },
    about: {
      ky: '2013–2015-жылдары «Менин бейпил жана коопсуз мектебим» долбоорун биз менен бирге жүргүзгөн.',
      ru: 'Вместе с нами вела проект «Моя мирная и безопасная школа» в 2013–2015 годах.',
      en: 'Ran “My peaceful and safe school” with us in 2013–2015.',
    },
  },
  {
    key: 'eu',
    kind: 'funder',
    name: { ky: 'Европа Биримдиги', ru: 'Европейский союз', en: 'European Union' },
    short: { ky: 'ЕБ', ru: 'ЕС', en: 'EU' },
    about: {
      ky: 'Мектеп долбоорун, жергиликтүү кеңештерди окутууну жана INITIATIVE долбоорун каржылаган.',
      ru: 'Финансировал школьный проект, обучение местных кенешей и проект INITIATIVE.',
      en: 'Financed the school project, the training of local councils and INITIATIVE.',
    },
  },
  {
    key: 'un',
    kind: 'international',
    name: { ky: 'Бириккен Улуттар Уюму', ru: 'Организация Объединённых Наций', en: 'United Nations' },
    short: { ky: 'БУУ', ru: 'ООН', en: 'UN' },
    about: {
      ky: 'Европа Биримдиги менен бирге жергиликтүү башкаруу долбоорун жүргүзгөн.',
      ru: 'Вместе с Европейским союзом вела проект о местном управлении.',
      en: 'Ran the project on local governance with the European Union.',
    },
  },
  {
    key: 'health-ministry',
    kind: 'state',
    name: {
      ky: 'Кыргыз Республикасынын Саламаттык сактоо министрлиги',
      ru: 'Министерство здравоохранения Кыргызской Республики',
      en: 'Ministry of Health of the Kyrgyz Republic',
    },
    short: { ky: 'Саламаттык сактоо министрлиги', ru: 'Минздрав', en: 'Ministry of Health' },
    about: {
      ky: 'Биз байкаган мекемелер ушул министрликке карайт.',
      ru: 'Учреждения, за которыми мы наблюдаем, подчиняются министерству.',
      en: 'The facilities that we observe belong to the ministry.',
    },
  },
  {
    key: 'ecohimal',
    kind: 'partner',
    name: {
      ky: '«EcoHimal», Австриянын коммерциялык эмес уюму',
      ru: 'Австрийская некоммерческая организация EcoHimal',
      en: 'EcoHimal, an Austrian non-profit organisation',
    },
    short: { ky: 'EcoHimal', ru: 'EcoHimal', en: 'EcoHimal' },
    about: {
      ky: 'Тоолуу өлкөлөрдө 1992-жылдан бери иштейт; Кыргызстанда INITIATIVE долбоорун жетектеген.',
      ru: 'С 1992 года работает в горных странах; в Кыргызстане вела проект INITIATIVE.',
      en: 'Has worked in mountain countries since 1992; led INITIATIVE in Kyrgyzstan.',
    },
    founded: year('1992-01-01'),
  },
  {
    key: 'csbp',
    kind: 'partner',
    name: {
      ky: '«Бюджет процессин стратегиялоо борбору» коомдук бирикмеси',
      ru: 'Общественное объединение «Центр стратегирования бюджетного процесса»',
      en: 'Public Association “Centre for Strategizing of Budget Process”',
    },
    short: {
      ky: 'Бюджет процессин стратегиялоо борбору',
      ru: 'Центр стратегирования бюджетного процесса',
      en: 'Centre for Strategizing of Budget Process',
    },
    about: {
      ky: 'Ала-Букада иштеген өнөктөшүбүз: бюджеттин ачыктыгы жана элдин чечимге катышуусу менен алектенет.',
      ru: 'Наш партнёр в Ала-Буке: занимается прозрачностью бюджета и участием жителей в решениях.',
      en: 'Our partner in Ala-Buka: works on open budgets and on residents’ part in decisions.',
    },
    founded: year('2005-01-01'),
  },
];

/** Where a figure or a fact of the story was read. */
export type DocumentKey =
  | 'association-page'
  | 'un-school-2015'
  | 'un-school-2014'
  | 'ecohimal-project'
  | 'ecohimal-channel'
  | 'ecohimal-drip'
  | 'ecohimal-chronicle'
  | 'msu-hose-plant';

export interface StoryDocument {
  readonly key: DocumentKey;
  readonly title: Text3;
  readonly address: string;
  readonly language: 'ky' | 'ru' | 'en';
  readonly published: When | null;
}

export const DOCUMENTS: readonly StoryDocument[] = [
  {
    key: 'association-page',
    title: {
      ky: 'Бирикменин EcoHimal сайтындагы барагы',
      ru: 'Страница объединения на сайте EcoHimal',
      en: 'The association’s page on the EcoHimal site',
    },
    address: 'https://ecohimal.org/index.php?id=130&L=3',
    language: 'ky',
    published: null,
  },
  {
    key: 'un-school-2015',
    title: {
      ky: 'БУУнун кабары: «Менин бейпил жана коопсуз мектебим», 2015',
      ru: 'Новость ООН: «Моя мирная и безопасная школа», 2015',
      en: 'UN news: “My Safe and Peaceful School”, 2015',
    },
    address: 'https://un.org.kg/en/media/news-releases/',
    language: 'en',
    published: month('2015-06-01'),
  },
  {
    key: 'un-school-2014',
    title: {
      ky: 'БУУнун кабары: окуучулар жана мугалимдер окуудан өттү, 2014',
      ru: 'Новость ООН: обучение школьников и учителей, 2014',
      en: 'UN news: training of pupils and teachers, 2014',
    },
    address: 'https://un.org.kg/en/media/news-releases/',
    language: 'en',
    published: month('2014-07-01'),
  },
  {
    key: 'ecohimal-project',
    title: {
      ky: 'INITIATIVE долбоору жөнүндө, EcoHimal',
      ru: 'О проекте INITIATIVE, EcoHimal',
      en: 'About INITIATIVE, EcoHimal',
    },
    address: 'https://ecohimal.org/index.php?id=134',
    language: 'en',
    published: null,
  },
  {
    key: 'ecohimal-channel',
    title: {
      ky: 'Өрүктү-Сай каналы жөнүндө кабар, EcoHimal',
      ru: 'Новость о канале Орюкту-Сай, EcoHimal',
      en: 'News of the Oruktu-Sai channel, EcoHimal',
    },
    address: 'https://ecohimal.org/index.php?id=139',
    language: 'en',
    published: month('2016-06-01'),
  },
  {
    key: 'ecohimal-drip',
    title: {
      ky: 'Тамчылатып сугаруу боюнча семинарлар, EcoHimal',
      ru: 'Семинары по капельному орошению, EcoHimal',
      en: 'Drip irrigation workshops, EcoHimal',
    },
    address: 'https://ecohimal.org/index.php?id=140',
    language: 'en',
    published: month('2016-10-01'),
  },
  {
    key: 'ecohimal-chronicle',
    title: {
      ky: 'Долбоордун жылнаамасы, EcoHimal',
      ru: 'Хроника проекта, EcoHimal',
      en: 'Chronicle of the project, EcoHimal',
    },
    address: 'https://ecohimal.org/index.php?id=142',
    language: 'en',
    published: year('2017-01-01'),
  },
  {
    key: 'msu-hose-plant',
    title: {
      ky: 'Ала-Букадагы шланг цехи жөнүндө кабар',
      ru: 'Новость о цехе шлангов в Ала-Буке',
      en: 'News of the hose workshop in Ala-Buka',
    },
    address: 'http://msu.kg/ru/comment/go_to/70844/',
    language: 'ru',
    published: year('2017-01-01'),
  },
];
