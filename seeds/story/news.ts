import type { DocumentKey } from './documents.ts';
import { day, month, type Text3, type When } from './types.ts';

export interface NewsItem {
  /** Also the end of its address. */
  readonly key: string;
  readonly at: When;
  readonly title: Text3;
  readonly text: Text3;
  readonly project: string;
  /** Where the facts were read. */
  readonly document: DocumentKey;
}

/** Real events with their real dates, newest first. */
export const NEWS: readonly NewsItem[] = [
  {
    key: 'ala-buka-hose-plant',
    at: day('2017-02-09'),
    title: {
      ky: 'Ала-Букада шланг цехи ишке кирди',
      ru: 'В Ала-Буке заработал цех шлангов',
      en: 'A hose-pipe plant opens in Ala-Buka',
    },
    text: {
      ky: 'Ала-Бука айылынын кооперативи тамчылатып сугарууга керектүү шлангды эми өзү чыгарат. Айылдыктар эски полиэтиленди цехке өткөрүп, килосуна 20–35 сом алышат.',
      ru: 'Кооператив села Ала-Бука теперь сам выпускает шланги для капельного орошения. Жители сдают в цех старый полиэтилен и получают 20–35 сомов за килограмм.',
      en: 'A cooperative of Ala-Buka village now makes the hoses for drip irrigation itself. Villagers bring old polyethylene to the plant and are paid 20–35 som a kilogram.',
    },
    project: 'initiative',
    document: 'msu-hose-plant',
  },
  {
    key: 'drip-irrigation-workshops',
    at: day('2016-10-07'),
    title: {
      ky: '56 дыйкан тамчылатып сугарууну үйрөндү',
      ru: '56 фермеров освоили капельное орошение',
      en: 'Fifty-six farmers learn drip irrigation',
    },
    text: {
      ky: '3–6-октябрда эки күндүк эки семинар өттү. Ага төрт айыл аймагынан кооперативдердин болочок мүчөлөрү катышты. 7-октябрда суу пайдалануучулардын төрт бирикмесинин жетекчилери менен жолугушуу болду.',
      ru: '3–6 октября прошли два двухдневных семинара для будущих членов кооперативов из четырёх айылных аймаков. 7 октября состоялась встреча с руководителями четырёх ассоциаций водопользователей.',
      en: 'Two two-day workshops on 3–6 October brought together future cooperative members from four aiyl aimaks. On 7 October there was a meeting with the heads of the four water users’ associations.',
    },
    project: 'initiative',
    document: 'ecohimal-drip',
  },
  {
    key: 'oruktu-sai-channel',
    at: month('2016-06-01'),
    title: {
      ky: 'Өрүктү-Сай каналы ашар менен оңдолду',
      ru: 'Канал Орюкту-Сай отремонтировали ашаром',
      en: 'The Oruktu-Sai channel is repaired by ashar',
    },
    text: {
      ky: 'Каналдын 550 метри тазаланып, бетондолду. Элдин ашарына айыл өкмөтү жана жергиликтүү ишкерлер техника берди. Эми 100 үй-бүлөгө сел коркунучу азайды.',
      ru: 'Очистили и забетонировали 550 метров канала. Люди работали ашаром, технику дали айыл окмоту и местные предприниматели. Теперь ста семьям меньше грозит сель.',
      en: 'A section of 550 metres was cleared and concreted. People worked together in ashar, with machines from the self-government and local entrepreneurs. A hundred households are now less threatened by floods.',
    },
    project: 'initiative',
    document: 'ecohimal-channel',
  },
  {
    key: 'initiative-begins',
    at: day('2015-12-01'),
    title: {
      ky: 'Ала-Букада INITIATIVE долбоору башталды',
      ru: 'В Ала-Буке начался проект INITIATIVE',
      en: 'INITIATIVE begins in Ala-Buka',
    },
    text: {
      ky: 'Долбоор Өрүктү, Ак-Коргон, Ала-Бука жана Первомай айыл аймактарында эки жыл иштейт. Аны EcoHimal биз жана Бюджет процессин стратегиялоо борбору менен бирге жүргүзөт, Европа Биримдиги каржылайт.',
      ru: 'Проект рассчитан на два года и охватывает айылные аймаки Орюкту, Ак-Коргон, Ала-Бука и Первомай. Его ведёт EcoHimal вместе с нами и Центром стратегирования бюджетного процесса, финансирует Европейский союз.',
      en: 'For two years the project works in the aiyl aimaks of Oruktu, Ak-Korgon, Ala-Buka and Pervomay. EcoHimal runs it with us and the Centre for Strategizing of Budget Process; the European Union finances it.',
    },
    project: 'initiative',
    document: 'ecohimal-project',
  },
  {
    key: 'oversight-begins',
    at: month('2015-09-01'),
    title: {
      ky: 'Жыйырма медициналык мекемеге коомдук көзөмөл башталды',
      ru: 'Начался общественный надзор за двадцатью медучреждениями',
      en: 'Public oversight of twenty health facilities begins',
    },
    text: {
      ky: 'Чүй жана Талас облустарындагы ондон мекеменин кызматы стандартка канчалык жооп берерин текшеребиз. Аз камсыз болгондор, кош бойлуу аялдар, көп балалуу энелер жана жаштар сапаттуу, акысыз жардам алсын дейбиз.',
      ru: 'В Чуйской и Таласской областях, по десять учреждений в каждой, мы проверяем, отвечает ли помощь стандартам. Мы хотим, чтобы малообеспеченные, беременные, многодетные матери и молодёжь получали качественную бесплатную помощь.',
      en: 'In ten facilities of Chui oblast and ten of Talas oblast we look at how far the care meets the standards. We want poor people, pregnant women, mothers of many children and youth to receive good, free care.',
    },
    project: 'primary-care-oversight',
    document: 'association-page',
  },
  {
    key: 'peaceful-school-final',
    at: day('2015-06-23'),
    title: {
      ky: '1200 окуучу «Менин бейпил жана коопсуз мектебим» курсун бүтүрдү',
      ru: '1200 учеников прошли курс «Моя мирная и безопасная школа»',
      en: '1,200 pupils finish “My peaceful and safe school”',
    },
    text: {
      ky: 'Долбоордун жыйынтыктоочу жолугушуусу болду. Окуу жылынын башында курска 60 мектептен 3200 окуучу келген. Алардын 1200ү 32 сабактын баарын бүтүрдү, анын ичинде 600ү артыкчылык менен.',
      ru: 'Прошла итоговая встреча проекта. В начале учебного года курс начали 3200 учеников из 60 школ; 1200 прошли все 32 занятия, 600 из них с отличием.',
      en: 'The project held its final meeting. At the start of the school year 3,200 peers in 60 schools began the course; 1,200 finished all 32 sessions, 600 of them with distinction.',
    },
    project: 'peaceful-school',
    document: 'un-school-2015',
  },
  {
    key: 'peer-educators-trained',
    at: month('2014-07-01'),
    title: {
      ky: 'Жайкы каникулда тең насаатчылар окуду',
      ru: 'Летом учились равные наставники',
      en: 'Peer educators train in the summer holidays',
    },
    text: {
      ky: '50дөн ашык мектептин окуучулары менен мугалимдери «Менин бейпил жана коопсуз мектебим» колдонмосу боюнча окуудан өттү. Тең насаатчыларды ар бир мектеп өзү шайлаган.',
      ru: 'Ученики и учителя более чем 50 школ прошли обучение по пособию «Моя мирная и безопасная школа». Равных наставников выбрали сами школы.',
      en: 'Pupils and teachers of more than 50 schools were trained on the manual “My peaceful and safe school”. The peer educators had been elected at their schools.',
    },
    project: 'peaceful-school',
    document: 'un-school-2014',
  },
  {
    key: 'mediators-trained',
    at: month('2012-04-01'),
    title: {
      ky: 'Жаштардан 46 медиатор чыкты',
      ru: 'Подготовлены 46 молодых медиаторов',
      en: 'Forty-six young mediators',
    },
    text: {
      ky: '«Жаш муун бейпил келечек үчүн» долбоору аяктады: 46 медиатор даярдалды, этникалык ар түрдүүлүк боюнча семинарларга 125 жаш катышты, элдер достугу жөнүндө чыныгы окуялар жыйнагы чыкты.',
      ru: 'Завершился проект «Молодое поколение за мирное будущее»: подготовлены 46 медиаторов, в семинарах об этническом разнообразии участвовали 125 молодых людей, вышел сборник невыдуманных историй о дружбе народов.',
      en: '“The young generation for a peaceful future” has ended: 46 mediators were trained, 125 young people took part in seminars on ethnic diversity, and a collection of true stories of friendship came out.',
    },
    project: 'peaceful-future',
    document: 'association-page',
  },
];
