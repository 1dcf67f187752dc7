import type { OrganisationKey } from './partners.ts';

/** A role in the space; an account has exactly one. */
export type Role = 'coordinator' | 'reviewer' | 'field_worker' | 'partner' | 'funder' | 'auditor';

export interface Person {
  readonly key: string;
  /** As the person writes it; one free field, as names here have many forms. */
  readonly fullName: string;
  /** Other ways in which the same name reached the association. */
  readonly aliases: readonly string[];
  readonly sex: 'f' | 'm';
  readonly birthYear: number;
  /** Village or city by its place key. */
  readonly place: string;
  readonly does: 'staff' | 'monitor' | 'partner' | 'facility_head' | 'initiative_group' | 'volunteer';
  /** The facility that a head runs. */
  readonly facility?: string;
  readonly organisation?: OrganisationKey;
}

type More = Partial<Pick<Person, 'aliases' | 'facility' | 'organisation'>>;

function person(
  key: string,
  fullName: string,
  sex: Person['sex'],
  birthYear: number,
  place: string,
  does: Person['does'],
  more: More = {},
): Person {
  return { key, fullName, sex, birthYear, place, does, aliases: [], ...more };
}

/** Everyone here is invented. */
export const PEOPLE: readonly Person[] = [
  person('aizada', 'Айзада Бекбоева', 'f', 1986, 'kok-jayyk', 'staff', { organisation: 'agents-of-change' }),
  person('ulan', 'Токтосун уулу Улан', 'm', 1983, 'kok-jayyk', 'staff', { organisation: 'agents-of-change' }),

  person('meerim', 'Сапарбек кызы Мээрим', 'f', 1993, 'kok-jayyk', 'monitor', {
    aliases: ['Мээрим Сапарбекова', 'Meerim Saparbekova'],
  }),
  person('azamat', 'Азамат Жумабеков', 'm', 1991, 'chong-chynar', 'monitor'),
  person('nurgul', 'Нургүл Бактыбекова', 'f', 1990, 'ala-dobo', 'monitor', {
    aliases: ['Бактыбекова Нургуль Жакшылыковна', 'Бактыбек Нургүл Жакшылык кызы', 'Nurgul Baktybekova'],
  }),
  person('bakyt', 'Эсенгул уулу Бакыт', 'm', 1989, 'jangy-chynar', 'monitor'),
  person('gulzat', 'Гүлзат Орозбаева', 'f', 1994, 'kok-dobo', 'monitor', { aliases: ['Гульзат Орозбаева'] }),
  person('timur', 'Тимур Асанов', 'm', 1992, 'altyn-bulak', 'monitor'),

  person('jyldyz', 'Жылдыз Мамбетова', 'f', 1981, 'aa-ala-buka', 'partner', {
    organisation: 'csbp',
    aliases: ['Джылдыз Мамбетова', 'Jyldyz Mambetova'],
  }),
  person('anna', 'Анна Хубер', 'f', 1979, 'bishkek', 'partner', {
    organisation: 'ulgu-fund',
    aliases: ['Anna Huber'],
  }),
  person('kanykei', 'Каныкей Сыдыкова', 'f', 1977, 'bishkek', 'partner', { aliases: ['Kanykei Sydykova'] }),

  person('h-altyn-bulak', 'Роза Эсенбаева', 'f', 1965, 'altyn-bulak', 'facility_head', {
    facility: 'altyn-bulak-fmc',
  }),
  person('h-jangy-chynar', 'Садыров Канат Турдубекович', 'm', 1962, 'jangy-chynar', 'facility_head', {
    facility: 'jangy-chynar-fmc',
  }),
  person('h-kok-dobo', 'Ибраимова Светлана Асановна', 'f', 1968, 'kok-dobo', 'facility_head', {
    facility: 'kok-dobo-fmc',
  }),
  person('h-tal-bulak', 'Чолпон Абдырахманова', 'f', 1973, 'tal-bulak', 'facility_head', {
    facility: 'tal-bulak-fgp',
  }),
  person('h-sary-aryk', 'Мукамбет уулу Эркин', 'm', 1975, 'sary-aryk', 'facility_head', { facility: 'sary-aryk-fgp' }),
  person('h-ak-chiy', 'Анара Доолотова', 'f', 1980, 'ak-chiy', 'facility_head', { facility: 'ak-chiy-fgp' }),
  person('h-archa-say', 'Шайыр Кадырова', 'f', 1970, 'archa-say', 'facility_head', { facility: 'archa-say-fap' }),
  person('h-kara-jylga', 'Бурулай Исаева', 'f', 1963, 'kara-jylga', 'facility_head', { facility: 'kara-jylga-fap' }),
  person('h-terek-suu', 'Гүлнара Сооронбаева', 'f', 1976, 'terek-suu', 'facility_head', { facility: 'terek-suu-fap' }),
  person('h-bel-aryk', 'Динара Тентимишова', 'f', 1985, 'bel-aryk', 'facility_head', { facility: 'bel-aryk-fap' }),
  person('h-kok-jayyk', 'Мырзабеков Таалай Жолдошевич', 'm', 1966, 'kok-jayyk', 'facility_head', {
    facility: 'kok-jayyk-fmc',
  }),
  person('h-chong-chynar', 'Назгүл Өмүралиева', 'f', 1972, 'chong-chynar', 'facility_head', {
    facility: 'chong-chynar-fmc',
    aliases: ['Назгуль Омуралиева', 'Nazgul Omuralieva'],
  }),
  person('h-ala-dobo', 'Жээнбек тегин Руслан', 'm', 1978, 'ala-dobo', 'facility_head', { facility: 'ala-dobo-fgp' }),
  person('h-jangy-talaa', 'Венера Кыдыралиева', 'f', 1969, 'jangy-talaa', 'facility_head', {
    facility: 'jangy-talaa-fgp',
  }),
  person('h-tash-bulak', 'Сатыбалды кызы Замира', 'f', 1974, 'tash-bulak', 'facility_head', {
    facility: 'tash-bulak-fgp',
  }),
  person('h-sary-bel', 'Бүбүкан Турганбаева', 'f', 1961, 'sary-bel', 'facility_head', { facility: 'sary-bel-fap' }),
  person('h-ak-kashat', 'Айнура Шаршенова', 'f', 1982, 'ak-kashat', 'facility_head', { facility: 'ak-kashat-fap' }),
  person('h-uch-archa', 'Токтокан Ырсалиева', 'f', 1964, 'uch-archa', 'facility_head', { facility: 'uch-archa-fap' }),
  person('h-jyluu-suu', 'Элмира Дүйшөева', 'f', 1984, 'jyluu-suu', 'facility_head', {
    facility: 'jyluu-suu-fap',
    aliases: ['Эльмира Дуйшоева'],
  }),
  person('h-kayyng-say', 'Алмаш Өскөнбаева', 'f', 1967, 'kayyng-say', 'facility_head', {
    facility: 'kayyng-say-fap',
  }),

  person('g-marat', 'Маматов Марат', 'm', 1972, 'aa-oruktu', 'initiative_group'),
  person('g-aigul', 'Айгүл Токтогулова', 'f', 1979, 'aa-oruktu', 'initiative_group', {
    aliases: ['Айгуль Токтогулова', 'Aigul Toktogulova'],
  }),
  person('g-dilbar', 'Дилбар Рахимова', 'f', 1983, 'aa-ala-buka', 'initiative_group'),
  person('g-nurlan', 'Абдылда уулу Нурлан', 'm', 1988, 'aa-ak-korgon', 'initiative_group'),
  person('g-salima', 'Салима Жороева', 'f', 1990, 'aa-pervomay', 'initiative_group'),

  person('v-begimai', 'Асылбек кызы Бегимай', 'f', 1998, 'kok-jayyk', 'volunteer'),
  person('v-erlan', 'Эрлан Кубатбеков', 'm', 1997, 'chong-chynar', 'volunteer'),
  // Twins who share one telephone: alike in everything but the given name.
  person('v-asel', 'Асел Жапарова', 'f', 1996, 'jangy-chynar', 'volunteer'),
  person('v-aisel', 'Айсел Жапарова', 'f', 1996, 'jangy-chynar', 'volunteer'),
];

/**
 * One person written by three partners. They arrive as separate people on import: likeness must propose them
 * and a person must decide. The last is somebody else with almost the same name.
 */
export const LIKENESS_ROWS: readonly {
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly place: string;
  readonly sameAs: string | null;
}[] = [
  { fullName: 'Бактыбекова Нургуль Жакшылыковна', birthYear: 1990, place: 'ala-dobo', sameAs: 'nurgul' },
  { fullName: 'Бактыбек Нургүл Жакшылык кызы', birthYear: null, place: 'ala-dobo', sameAs: 'nurgul' },
  { fullName: 'Nurgul Baktybekova', birthYear: 1990, place: 'ala-dobo', sameAs: 'nurgul' },
  { fullName: 'Нургүл Бакытбекова', birthYear: 2001, place: 'uch-archa', sameAs: null },
];

export interface DemoAccount {
  readonly login: string;
  readonly role: Role;
  readonly language: 'ky' | 'ru' | 'en';
  readonly person: string;
  readonly organisation: OrganisationKey | null;
}

/** The accounts of the demo; the loader gives them their password. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { login: 'aizada', role: 'coordinator', language: 'ky', person: 'aizada', organisation: 'agents-of-change' },
  { login: 'ulan', role: 'reviewer', language: 'ru', person: 'ulan', organisation: 'agents-of-change' },
  { login: 'meerim', role: 'field_worker', language: 'ky', person: 'meerim', organisation: 'agents-of-change' },
  { login: 'azamat', role: 'field_worker', language: 'ky', person: 'azamat', organisation: 'agents-of-change' },
  { login: 'nurgul', role: 'field_worker', language: 'ky', person: 'nurgul', organisation: 'agents-of-change' },
  { login: 'bakyt', role: 'field_worker', language: 'ky', person: 'bakyt', organisation: 'agents-of-change' },
  { login: 'gulzat', role: 'field_worker', language: 'ky', person: 'gulzat', organisation: 'agents-of-change' },
  { login: 'timur', role: 'field_worker', language: 'ru', person: 'timur', organisation: 'agents-of-change' },
  { login: 'jyldyz', role: 'partner', language: 'ky', person: 'jyldyz', organisation: 'csbp' },
  { login: 'anna', role: 'funder', language: 'en', person: 'anna', organisation: 'ulgu-fund' },
  { login: 'kanykei', role: 'auditor', language: 'ru', person: 'kanykei', organisation: null },
];

/** The person of this key; an unknown key throws. */
export function personOf(key: string): Person {
  const found = PEOPLE.find((one) => one.key === key);
  if (!found) throw new Error(`the story has no person "${key}"`);
  return found;
}

/** The head of a facility. */
export function headOf(facilityKey: string): Person {
  const found = PEOPLE.find((one) => one.facility === facilityKey);
  if (!found) throw new Error(`"${facilityKey}" has no head`);
  return found;
}
