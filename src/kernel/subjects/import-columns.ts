import { fold } from '../../platform/i18n/index.ts';
import type { SubjectKind } from './model.ts';

/** What a column of an import may mean. */
export const IMPORT_FIELDS = [
  'name',
  'name_ky',
  'name_ru',
  'name_en',
  'sex',
  'born',
  'phone',
  'type',
  'place',
  'code',
  'from',
  'latitude',
  'longitude',
  'note',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Heads as people write them in ky, ru and en; compared folded, so «Аты-жөнү» is «аты жону». */
const HEADS: Readonly<Record<ImportField, string>> = {
  name: 'аты-жөнү|толук аты|аты-жөнү, атасынын аты|фио|ф.и.о.|ф и о|имя|полное имя|фамилия имя отчество|full name|person|аты жонү',
  name_ky:
    'аты|аталышы|аталышы кыргызча|кыргызча|кыргызча аты|кыргызча аталышы|название на кыргызском|название ky|name_ky|ky|kyrgyz|name in kyrgyz',
  name_ru:
    'название|наименование|орусча|орусча аты|орусча аталышы|название на русском|название ru|name_ru|ru|russian|name in russian',
  name_en: 'англисче|англисче аты|название на английском|название en|name_en|en|english|name in english',
  sex: 'жынысы|жыныс|пол|sex|gender',
  born: 'туулган жылы|туулган күнү|туулган|год рождения|дата рождения|рождение|г.р.|birth year|year of birth|date of birth|birth date|born',
  phone: 'телефон|телефону|телефон номери|номер телефона|phone|phone number|mobile',
  type: 'түрү|тип|вид|type|kind',
  place:
    'жери|жашаган жери|айылы|айыл|кайсы жерде|кайда|орду|жайгашкан жери|место|место жительства|село|населенный пункт|где находится|входит в|район|району|place|village|located in|part of|parent|within|address|дареги|адрес',
  code: 'коду|код|code|id',
  from: 'ачылган күнү|башталган күнү|дата открытия|открыт|действует с|from|opened|valid from|since',
  latitude: 'кеңдик|широта|latitude|lat',
  longitude: 'узундук|долгота|longitude|lon|lng',
  note: 'эскертүү|кошумча|примечание|комментарий|note|remark|comment',
};

const FIELDS_OF: Readonly<Record<SubjectKind, readonly ImportField[]>> = {
  person: ['name', 'sex', 'born', 'phone', 'place', 'code', 'note'],
  organisation: ['name_ky', 'name_ru', 'name_en', 'type', 'place', 'code', 'from'],
  place: ['name_ky', 'name_ru', 'name_en', 'type', 'place', 'code', 'from', 'latitude', 'longitude'],
  thing: ['name_ky', 'name_ru', 'name_en', 'type', 'place', 'code', 'from', 'latitude', 'longitude'],
};

const BY_HEAD = new Map(
  Object.entries(HEADS).flatMap(([field, heads]) =>
    heads.split('|').map((head) => [fold(head), field as ImportField] as const),
  ),
);

export type ImportColumn = { readonly column: number; readonly head: string; readonly field: ImportField | null };

/** What each column means. Two columns of one meaning: the first counts. «Name» is a person's full name, and otherwise the English one. */
export function mapColumns(kind: SubjectKind, head: ReadonlyMap<number, string>): readonly ImportColumn[] {
  const taken = new Set<ImportField>();
  return [...head].map(([column, text]) => {
    const found = fieldOf(kind, fold(text));
    const field = found && FIELDS_OF[kind].includes(found) && !taken.has(found) ? found : null;
    if (field) taken.add(field);
    return { column, head: text, field };
  });
}

function fieldOf(kind: SubjectKind, head: string): ImportField | null {
  if (head === 'name') return kind === 'person' ? 'name' : 'name_en';
  const field = BY_HEAD.get(head) ?? null;
  return kind === 'person' && field?.startsWith('name_') ? 'name' : field;
}

/** The fields of which an import needs at least one. */
export function neededFields(kind: SubjectKind): readonly ImportField[] {
  return kind === 'person' ? ['name'] : ['name_ky', 'name_ru', 'name_en'];
}

const SEXES = new Map(
  [
    ['f', 'аял|айым|кыз|а|ж|жен|женский|женщина|f|female|woman|w'],
    ['m', 'эркек|эр|бала|э|м|муж|мужской|мужчина|m|male|man'],
  ].flatMap(([sex, words]) => words!.split('|').map((word) => [fold(word), sex!] as const)),
);

export function readSex(text: string): 'f' | 'm' | null {
  return (SEXES.get(fold(text)) as 'f' | 'm' | undefined) ?? null;
}

/** 'YYYY-MM-DD' out of 5.9.1987, 05/09/1987 (day first, as people here write) or 1987-09-05; null for anything else. */
export function readDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const local = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s*[жгg]\.?)?$/i.exec(text);
  const [year, month, day] = iso ? iso.slice(1) : local ? [local[3], local[2], local[1]] : [];
  if (!year || !month || !day) return null;
  const made = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${made}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === made ? made : null;
}

/** A birth day or only its year; null for what is neither, or lies outside 1900 and this year. */
export function readBirth(text: string, thisYear: number): { bornOn: string | null; bornYear: number } | null {
  const day = readDay(text);
  const year = day ? Number(day.slice(0, 4)) : Number(/^(\d{4})(?:\s*-?\s*[жгg]\S*)?$/i.exec(text)?.[1] ?? Number.NaN);
  return year >= 1900 && year <= thisYear ? { bornOn: day, bornYear: year } : null;
}

const TYPES: Readonly<Record<SubjectKind, readonly (readonly [string, string])[]>> = {
  person: [],
  place: [
    ['country', 'өлкө|мамлекет|страна|country'],
    ['oblast', 'облус|облусу|область|обл|oblast|region'],
    ['rayon', 'район|району|р-н|rayon|district'],
    ['city', 'шаар|шаары|город|г|city|town'],
    ['aimak', 'айыл аймагы|аймак|аймагы|айыл өкмөтү|айылный аймак|айыльный аймак|а/а|а/о|aimak|aiyl aimak|ayil aymak'],
    ['village', 'айыл|айылы|село|с|village'],
  ],
  thing: [
    [
      'fmc',
      'үй-бүлөлүк медицина борбору|үмб|үй-бүлөлүк дарыгерлер борбору|үдб|цсм|центр семейной медицины|fmc|family medicine centre',
    ],
    ['fgp', 'үй-бүлөлүк дарыгерлер тобу|үдт|гсв|группа семейных врачей|fgp|family group practice'],
    ['fap', 'фап|фельдшердик-акушердик пункт|фельдшерско-акушерский пункт|fap|feldsher-obstetric point'],
    ['plot', 'участок|жер тилкеси|plot'],
    ['plant', 'станция|установка|plant'],
  ],
  organisation: [
    ['funder', 'донор|funder|donor'],
    ['ngo', 'коомдук бирикме|коомдук фонд|кб|кф|общественное объединение|общественный фонд|оо|оф|нпо|бөу|ngo'],
    ['state', 'мамлекеттик мекеме|мамлекеттик орган|госорган|государственный орган|государственное учреждение|state'],
    ['school', 'мектеп|школа|school'],
    ['cooperative', 'кооператив|cooperative'],
    ['group', 'демилгелүү топ|инициативная группа|топ|группа|group'],
  ],
};
const typeWords = (kind: SubjectKind): ReadonlyMap<string, string> =>
  new Map(
    TYPES[kind].flatMap(([type, words]) => [type, ...words.split('|')].map((word) => [fold(word), type] as const)),
  );
const TYPE_WORDS: Readonly<Record<SubjectKind, ReadonlyMap<string, string>>> = {
  person: typeWords('person'),
  organisation: typeWords('organisation'),
  place: typeWords('place'),
  thing: typeWords('thing'),
};

export function readType(kind: SubjectKind, text: string): string | null {
  return TYPE_WORDS[kind].get(fold(text)) ?? null;
}

/** A place as people write it: «Талас району», «с. Көк-Ой», "Kök-Oy village": the bare folded name, and the type if the words say it. */
export function readPlaceWords(text: string): { whole: string; bare: string; type: string | null } {
  const whole = fold(text.replace(/р-н/gi, 'район').replace(/а\/[ао]/gi, 'аймак'));
  const words = whole.split(' ');
  const types = words.map((word) => TYPE_WORDS.place.get(word) ?? null);
  const bare = words.filter((_, i) => types[i] === null);
  if (bare.length === 0 || bare.length === words.length) return { whole, bare: whole, type: null };
  return {
    whole,
    bare: bare.join(' '),
    type: types.includes('aimak') ? 'aimak' : (types.find((type) => type) ?? null),
  };
}
