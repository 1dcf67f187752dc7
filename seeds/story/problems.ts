import type { FacilityType, PhotoKind } from './checklist.ts';

/** Words in the language of the one who writes: monitors and heads write Kyrgyz or Russian. */
export interface Words {
  readonly ky: string;
  readonly ru: string;
}

/** A problem that a monitor may find, what the facility says to it, and how it is fixed. */
export interface ProblemPlan {
  readonly item: string;
  readonly severity: 'minor' | 'serious' | 'urgent';
  readonly photo?: PhotoKind;
  /** How often it occurs in each type of facility; 0 is never. */
  readonly often: Readonly<Record<FacilityType, number>>;
  readonly found: Words;
  readonly plan: Words;
  readonly done: Words;
  /** Chance that it is fixed by the next round. */
  readonly fixChance: number;
  /** Said by a facility that does not agree, or not fully. */
  readonly refusal?: Words;
}

const often = (fmc: number, fgp: number, fap: number): ProblemPlan['often'] => ({ fmc, fgp, fap });
const w = (ky: string, ru: string): Words => ({ ky, ru });

export const PROBLEM_PLANS: readonly ProblemPlan[] = [
  {
    item: 'ramp',
    severity: 'serious',
    photo: 'ramp',
    often: often(1, 2, 4),
    found: w(
      'Пандус жок, тепкичи бийик. Коляска менен кирүү мүмкүн эмес.',
      'Пандуса нет, ступени высокие. На коляске не войти.',
    ),
    plan: w('Айыл өкмөтү менен бирге пандус жасайбыз.', 'Сделаем пандус вместе с айыл окмоту.'),
    done: w('Бетондон пандус жасалып, тутка орнотулду.', 'Сделан бетонный пандус с поручнем.'),
    fixChance: 0.38,
    refusal: w('Пандуска быйылкы бюджетте каражат жок.', 'В бюджете этого года денег на пандус нет.'),
  },
  {
    item: 'water_soap',
    severity: 'serious',
    photo: 'washbasin',
    often: often(1, 2, 3),
    found: w('Колжуугучта самын жок, суу араң тамчылайт.', 'У раковины нет мыла, вода едва капает.'),
    plan: w('Суу түтүгүн оңдоп, самын коёбуз.', 'Починим кран и положим мыло.'),
    done: w('Суу түтүгү оңдолду, самын жана сүлгү коюлду.', 'Кран починили, есть мыло и полотенце.'),
    fixChance: 0.64,
  },
  {
    item: 'room_temperature',
    severity: 'urgent',
    photo: 'stove',
    often: often(0, 1, 4),
    found: w('Кабыл алуу бөлмөсү муздак, меш түтөйт.', 'В кабинете холодно, печь дымит.'),
    plan: w('Мешти оңдотуп, көмүрдү алдын ала даярдайбыз.', 'Починим печь, уголь завезём заранее.'),
    done: w('Меш жаңыланды, көмүр жеткирилди.', 'Печь переложили, уголь завезли.'),
    fixChance: 0.45,
  },
  {
    item: 'path_safe',
    severity: 'minor',
    photo: 'path',
    often: often(1, 1, 2),
    found: w('Эшиктин алды баткак, жаанда өтүү кыйын.', 'Перед дверью грязь, в дождь трудно пройти.'),
    plan: w('Ашар менен шагыл төшөйбүз.', 'Подсыплем гравий ашаром.'),
    done: w('Жолго шагыл төшөлүп, чырак илинди.', 'Подсыпали гравий, повесили фонарь.'),
    fixChance: 0.52,
  },
  {
    item: 'services_board',
    severity: 'minor',
    photo: 'board',
    often: often(1, 2, 2),
    found: w('Кызматтардын тизмеси илинген эмес.', 'Перечень услуг не вывешен.'),
    plan: w('Тизмени кыргызча, орусча басып илебиз.', 'Напечатаем перечень на двух языках и повесим.'),
    done: w('Тизме эки тилде илинди.', 'Перечень висит на двух языках.'),
    fixChance: 0.68,
  },
  {
    item: 'price_list',
    severity: 'serious',
    photo: 'board',
    often: often(2, 2, 1),
    found: w('Баалар жок, эмне акысыз экени жазылган эмес.', 'Цен нет, не написано, что бесплатно.'),
    plan: w('Баалар жана жеңилдиктер жазылган такта илебиз.', 'Повесим стенд с ценами и льготами.'),
    done: w('Баалар жана жеңилдиги барлардын тизмеси илинди.', 'Вывесили цены и перечень льготников.'),
    fixChance: 0.6,
  },
  {
    item: 'rights_info',
    severity: 'minor',
    often: often(1, 2, 2),
    found: w('Кайда даттануу керек экени эч жерде жазылган эмес.', 'Нигде не написано, куда жаловаться.'),
    plan: w('Бейтаптын укуктарын жана телефондорду илебиз.', 'Повесим права пациента и телефоны.'),
    done: w('Укуктар жана телефондор жазылган барак илинди.', 'Повесили лист с правами и телефонами.'),
    fixChance: 0.64,
  },
  {
    item: 'complaint_book',
    severity: 'minor',
    often: often(1, 1, 1),
    found: w('Даттануу китеби сейфте жатат, сурамайын беришпейт.', 'Книга жалоб в сейфе, дают только по просьбе.'),
    plan: w('Китепти эшиктин жанына коёбуз.', 'Положим книгу у входа.'),
    done: w('Китеп эшиктин жанындагы столдо турат.', 'Книга лежит на столе у входа.'),
    fixChance: 0.68,
  },
  {
    item: 'vaccine_fridge',
    severity: 'urgent',
    photo: 'fridge',
    often: often(1, 1, 2),
    found: w(
      'Вакцина муздаткычынын температурасы үч күндөн бери жазылган эмес.',
      'Температуру холодильника для вакцин не пишут три дня.',
    ),
    plan: w('Температураны күнүнө эки жолу жазабыз.', 'Будем писать температуру дважды в день.'),
    done: w('Температура күн сайын эки жолу жазылып турат.', 'Температуру пишут дважды в день.'),
    fixChance: 0.64,
  },
  {
    item: 'emergency_kit',
    severity: 'urgent',
    often: often(0, 1, 2),
    found: w(
      'Шашылыш жардам кутусунда мөөнөтү өткөн дары бар.',
      'В наборе неотложной помощи есть просроченные лекарства.',
    ),
    plan: w('Мөөнөтү өткөн дарыны алмаштырабыз.', 'Заменим просроченные лекарства.'),
    done: w('Кутудагы дарылар толук жаңыланды.', 'Набор полностью обновлён.'),
    fixChance: 0.68,
  },
  {
    item: 'toilet',
    severity: 'serious',
    often: often(0, 1, 2),
    found: w('Даараткана короодо, жарыгы жок, кулпуланып турат.', 'Туалет во дворе, без света и под замком.'),
    plan: w('Жарык тартып, ачык кармайбыз.', 'Проведём свет и будем держать открытым.'),
    done: w('Жарык тартылды, кулпу алынды.', 'Провели свет, замок сняли.'),
    fixChance: 0.45,
  },
  {
    item: 'basic_equipment',
    severity: 'urgent',
    often: often(0, 1, 2),
    found: w('Балдар таразасы иштебейт, тонометр бирөө эле.', 'Детские весы сломаны, тонометр всего один.'),
    plan: w('Райондук борборго кат жазып, жаңысын сурайбыз.', 'Напишем в районный центр, попросим новые.'),
    done: w('Тараза оңдолду, экинчи тонометр келди.', 'Весы починили, прислали второй тонометр.'),
    fixChance: 0.45,
  },
  {
    item: 'registry_minutes',
    severity: 'serious',
    photo: 'waiting_room',
    often: often(4, 2, 0),
    found: w(
      'Каттоодо бир эле кызматкер отурат, эртең менен кезек узун.',
      'В регистратуре один сотрудник, утром длинная очередь.',
    ),
    plan: w('Эртең менен экинчи кызматкерди отургузабыз.', 'Утром посадим второго сотрудника.'),
    done: w('Саат сегизден онго чейин эки кызматкер каттайт.', 'С восьми до десяти записывают двое.'),
    fixChance: 0.45,
  },
  {
    item: 'seats',
    severity: 'minor',
    photo: 'waiting_room',
    often: often(2, 1, 1),
    found: w('Эки эле отургуч бар, калгандар тик турат.', 'Всего два стула, остальные стоят.'),
    plan: w('Мектептен бош отургуч сурайбыз.', 'Попросим свободные стулья в школе.'),
    done: w('Алты отургуч коюлду.', 'Поставили шесть стульев.'),
    fixChance: 0.6,
  },
  {
    item: 'electricity',
    severity: 'serious',
    often: often(0, 1, 3),
    found: w(
      'Жарык өчкөндө муздаткыч да, жылыткыч да өчөт.',
      'Когда гаснет свет, встают и холодильник, и обогреватель.',
    ),
    plan: w('Айыл өкмөтүнөн генератор сурайбыз.', 'Попросим у айыл окмоту генератор.'),
    done: w('Айыл өкмөтү генератор берди.', 'Айыл окмоту дал генератор.'),
    fixChance: 0.22,
    refusal: w('Генераторго биздин бюджетте каражат жок.', 'На генератор в нашем бюджете денег нет.'),
  },
  {
    item: 'privacy',
    severity: 'serious',
    often: often(2, 2, 1),
    found: w('Кабыл алууда эшик ачык, кезектегилер угуп турат.', 'На приёме дверь открыта, очередь всё слышит.'),
    plan: w('Эшикти жаап, тосмо коёбуз.', 'Будем закрывать дверь, поставим ширму.'),
    done: w('Тосмо коюлду, эшик жабылып турат.', 'Поставили ширму, дверь закрывают.'),
    fixChance: 0.64,
  },
  {
    item: 'signboard',
    severity: 'minor',
    photo: 'signboard',
    often: often(1, 1, 2),
    found: w('Иш убактысы орусча гана жазылган.', 'Часы работы только на русском.'),
    plan: w('Көрнөктү эки тилде жаңылайбыз.', 'Обновим вывеску на двух языках.'),
    done: w('Жаңы көрнөк эки тилде илинди.', 'Висит новая вывеска на двух языках.'),
    fixChance: 0.68,
  },
  {
    item: 'iron_folic',
    severity: 'serious',
    often: often(0, 1, 2),
    found: w('Фолий кислотасы бир айдан бери жок.', 'Фолиевой кислоты нет уже месяц.'),
    plan: w('Районго билдирме берип, алып келебиз.', 'Подадим заявку в район и привезём.'),
    done: w('Үч айга жете турган дары келди.', 'Привезли запас на три месяца.'),
    fixChance: 0.6,
  },
  {
    item: 'transport_phone',
    severity: 'serious',
    often: often(0, 1, 2),
    found: w('Шашылыш учурда унаа жок, байланыш начар.', 'На экстренный случай нет машины, связь плохая.'),
    plan: w('Айыл өкмөтү менен унаа боюнча макулдашабыз.', 'Договоримся с айыл окмоту о машине.'),
    done: w('Айыл өкмөтү шашылыш учурга унаа бекитти.', 'Айыл окмоту закрепил машину.'),
    fixChance: 0.3,
    refusal: w('Унаа бизге карабайт, район чечет.', 'Транспорт не в нашем ведении, решает район.'),
  },
];

/** The plan for an item; an item without one throws. */
export function problemPlanOf(item: string): ProblemPlan {
  const found = PROBLEM_PLANS.find((one) => one.item === item);
  if (!found) throw new Error(`the story has no problem with "${item}"`);
  return found;
}
