import type { Text3 } from './types.ts';

export interface Place {
  readonly key: string;
  readonly kind: 'country' | 'oblast' | 'city' | 'rayon' | 'aimak' | 'village';
  readonly name: Text3;
  readonly parent: string | null;
  /** ISO 3166-2 where there is one. Rayons and below have no code that we could check. */
  readonly iso?: string;
  /** Longitude and latitude, WGS 84; `null` where the story knows none. Rayon points are near the centre. */
  readonly at: { readonly lon: number; readonly lat: number } | null;
  /** True for a place that exists only in the demo, so that no real clinic is judged by it. */
  readonly invented: boolean;
  /** Spellings under which people also look for it. */
  readonly aliases: readonly string[];
}

type Names = readonly [ky: string, ru: string, en: string];
type Point = readonly [lat: number, lon: number] | null;

function place(
  kind: Place['kind'],
  key: string,
  parent: string | null,
  [ky, ru, en]: Names,
  point: Point,
  more: { iso?: string; invented?: boolean; aliases?: readonly string[] } = {},
): Place {
  return {
    key,
    kind,
    name: { ky, ru, en },
    parent,
    ...(more.iso ? { iso: more.iso } : {}),
    at: point ? { lat: point[0], lon: point[1] } : null,
    invented: more.invented ?? false,
    aliases: more.aliases ?? [],
  };
}

const TOP: readonly Place[] = [
  place('country', 'kg', null, ['Кыргызстан', 'Кыргызстан', 'Kyrgyzstan'], [41.4, 74.6], { iso: 'KG' }),
  place('oblast', 'batken', 'kg', ['Баткен облусу', 'Баткенская область', 'Batken oblast'], [39.95, 70.9], {
    iso: 'KG-B',
  }),
  place('oblast', 'chui', 'kg', ['Чүй облусу', 'Чуйская область', 'Chui oblast'], [42.75, 74.6], {
    iso: 'KG-C',
    aliases: ['Chüy', 'Chuy'],
  }),
  place(
    'oblast',
    'jalal-abad',
    'kg',
    ['Жалал-Абад облусу', 'Джалал-Абадская область', 'Jalal-Abad oblast'],
    [41.4, 72.6],
    {
      iso: 'KG-J',
      aliases: ['Джалалабад', 'Жалалабад', 'Dzhalal-Abad'],
    },
  ),
  place('oblast', 'naryn', 'kg', ['Нарын облусу', 'Нарынская область', 'Naryn oblast'], [41.4, 75.6], { iso: 'KG-N' }),
  place('oblast', 'osh', 'kg', ['Ош облусу', 'Ошская область', 'Osh oblast'], [40.2, 73.2], { iso: 'KG-O' }),
  place('oblast', 'talas', 'kg', ['Талас облусу', 'Таласская область', 'Talas oblast'], [42.4, 71.9], { iso: 'KG-T' }),
  place('oblast', 'issyk-kul', 'kg', ['Ысык-Көл облусу', 'Иссык-Кульская область', 'Issyk-Kul oblast'], [42.1, 77.9], {
    iso: 'KG-Y',
    aliases: ['Ysyk-Köl'],
  }),
  place('city', 'bishkek', 'kg', ['Бишкек', 'Бишкек', 'Bishkek'], [42.875, 74.6], { iso: 'KG-GB' }),
  place('city', 'osh-city', 'kg', ['Ош шаары', 'город Ош', 'Osh city'], [40.53, 72.8], { iso: 'KG-GO' }),
];

/** [key, ky, ru adjective, en, lat, lon]; the words «район» and rayon are added below. */
type RayonRow = readonly [string, string, string, string, number, number];

const RAYONS: Readonly<Record<string, readonly RayonRow[]>> = {
  chui: [
    ['alamudun', 'Аламүдүн', 'Аламудунский', 'Alamüdün', 42.885, 74.68],
    ['jayyl', 'Жайыл', 'Жайылский', 'Jayyl', 42.814, 73.848],
    ['kemin', 'Кемин', 'Кеминский', 'Kemin', 42.786, 75.692],
    ['moskva', 'Москва', 'Московский', 'Moskva', 42.83, 74.108],
    ['panfilov', 'Панфилов', 'Панфиловский', 'Panfilov', 42.829, 73.68],
    ['sokuluk', 'Сокулук', 'Сокулукский', 'Sokuluk', 42.86, 74.3],
    ['chuy-rayon', 'Чүй', 'Чуйский', 'Chüy', 42.842, 75.29],
    ['ysyk-ata', 'Ысык-Ата', 'Ысык-Атинский', 'Ysyk-Ata', 42.891, 74.851],
  ],
  'issyk-kul': [
    ['ak-suu', 'Ак-Суу', 'Ак-Суйский', 'Ak-Suu', 42.5, 78.53],
    ['jeti-oguz', 'Жети-Өгүз', 'Джети-Огузский', 'Jeti-Ögüz', 42.34, 78.0],
    ['tong', 'Тоң', 'Тонский', 'Tong', 42.117, 76.99],
    ['tup', 'Түп', 'Тюпский', 'Tüp', 42.73, 78.36],
    ['ysyk-kol', 'Ысык-Көл', 'Иссык-Кульский', 'Ysyk-Köl', 42.65, 77.08],
  ],
  'jalal-abad': [
    ['aksy', 'Аксы', 'Аксыйский', 'Aksy', 41.494, 71.758],
    ['ala-buka', 'Ала-Бука', 'Ала-Букинский', 'Ala-Buka', 41.402, 71.48],
    ['bazar-korgon', 'Базар-Коргон', 'Базар-Коргонский', 'Bazar-Korgon', 41.036, 72.746],
    ['nooken', 'Ноокен', 'Ноокенский', 'Nooken', 41.06, 72.62],
    ['suzak', 'Сузак', 'Сузакский', 'Suzak', 40.898, 72.905],
    ['toguz-toro', 'Тогуз-Торо', 'Тогуз-Тороуский', 'Toguz-Toro', 41.4, 74.04],
    ['toktogul', 'Токтогул', 'Токтогульский', 'Toktogul', 41.874, 72.942],
    ['chatkal', 'Чаткал', 'Чаткальский', 'Chatkal', 41.76, 71.09],
  ],
  naryn: [
    ['ak-talaa', 'Ак-Талаа', 'Ак-Талинский', 'Ak-Talaa', 41.21, 74.9],
    ['at-bashy', 'Ат-Башы', 'Ат-Башинский', 'At-Bashy', 41.17, 75.81],
    ['jumgal', 'Жумгал', 'Жумгальский', 'Jumgal', 41.93, 74.53],
    ['kochkor', 'Кочкор', 'Кочкорский', 'Kochkor', 42.216, 75.757],
    ['naryn-rayon', 'Нарын', 'Нарынский', 'Naryn', 41.43, 76.0],
  ],
  osh: [
    ['alay', 'Алай', 'Алайский', 'Alay', 40.315, 73.445],
    ['aravan', 'Араван', 'Араванский', 'Aravan', 40.514, 72.5],
    ['kara-kulja', 'Кара-Кулжа', 'Кара-Кулджинский', 'Kara-Kulja', 40.62, 73.6],
    ['kara-suu', 'Кара-Суу', 'Кара-Суйский', 'Kara-Suu', 40.705, 72.87],
    ['nookat', 'Ноокат', 'Ноокатский', 'Nookat', 40.266, 72.618],
    ['ozgon', 'Өзгөн', 'Узгенский', 'Özgön', 40.77, 73.3],
    ['chong-alay', 'Чоң-Алай', 'Чон-Алайский', 'Chong-Alay', 39.553, 72.205],
  ],
  talas: [
    ['bakay-ata', 'Бакай-Ата', 'Бакай-Атинский', 'Bakay-Ata', 42.53, 71.92],
    ['kara-buura', 'Кара-Буура', 'Кара-Бууринский', 'Kara-Buura', 42.617, 71.586],
    ['manas', 'Манас', 'Манасский', 'Manas', 42.66, 71.22],
    ['talas-rayon', 'Талас', 'Таласский', 'Talas', 42.522, 72.242],
  ],
  batken: [
    ['batken-rayon', 'Баткен', 'Баткенский', 'Batken', 40.063, 70.819],
    ['kadamjay', 'Кадамжай', 'Кадамжайский', 'Kadamjay', 40.127, 71.733],
    ['leylek', 'Лейлек', 'Лейлекский', 'Leylek', 39.838, 69.528],
  ],
};

const RAYON_PLACES = Object.entries(RAYONS).flatMap(([oblast, rows]) =>
  rows.map(([key, ky, ru, en, lat, lon]) =>
    place('rayon', key, oblast, [`${ky} району`, `${ru} район`, `${en} rayon`], [lat, lon]),
  ),
);

const aimak = (key: string, rayon: string, [ky, ru, en]: Names): Place =>
  place('aimak', key, rayon, [`${ky} айыл аймагы`, `${ru} айылный аймак`, `${en} aiyl aimak`], null, {
    invented: true,
  });

const INVENTED_AIMAKS: readonly Place[] = [
  aimak('aa-altyn-bulak', 'alamudun', ['Алтын-Булак', 'Алтын-Булакский', 'Altyn-Bulak']),
  aimak('aa-jangy-chynar', 'sokuluk', ['Жаңы-Чынар', 'Жаны-Чынарский', 'Jangy-Chynar']),
  aimak('aa-kok-dobo', 'ysyk-ata', ['Көк-Дөбө', 'Кок-Добоский', 'Kök-Döbö']),
  aimak('aa-ak-chiy', 'moskva', ['Ак-Чий', 'Ак-Чийский', 'Ak-Chiy']),
  aimak('aa-tal-bulak', 'jayyl', ['Тал-Булак', 'Тал-Булакский', 'Tal-Bulak']),
  aimak('aa-archa-say', 'panfilov', ['Арча-Сай', 'Арча-Сайский', 'Archa-Say']),
  aimak('aa-sary-aryk', 'chuy-rayon', ['Сары-Арык', 'Сары-Арыкский', 'Sary-Aryk']),
  aimak('aa-kara-jylga', 'kemin', ['Кара-Жылга', 'Кара-Жылгинский', 'Kara-Jylga']),
  aimak('aa-kok-jayyk', 'talas-rayon', ['Көк-Жайык', 'Кок-Жайыкский', 'Kök-Jayyk']),
  aimak('aa-chong-chynar', 'kara-buura', ['Чоң-Чынар', 'Чон-Чынарский', 'Chong-Chynar']),
  aimak('aa-ala-dobo', 'bakay-ata', ['Ала-Дөбө', 'Ала-Добоский', 'Ala-Döbö']),
  aimak('aa-jangy-talaa', 'manas', ['Жаңы-Талаа', 'Жаны-Талаинский', 'Jangy-Talaa']),
];

const village = (key: string, parent: string, names: Names, at: Point): Place =>
  place('village', key, parent, names, at, { invented: true });

const INVENTED_VILLAGES: readonly Place[] = [
  village('altyn-bulak', 'aa-altyn-bulak', ['Алтын-Булак', 'Алтын-Булак', 'Altyn-Bulak'], [42.792, 74.733]),
  village('jangy-chynar', 'aa-jangy-chynar', ['Жаңы-Чынар', 'Жаны-Чынар', 'Jangy-Chynar'], [42.811, 74.262]),
  village('bel-aryk', 'aa-jangy-chynar', ['Бел-Арык', 'Бел-Арык', 'Bel-Aryk'], [42.734, 74.341]),
  village('kok-dobo', 'aa-kok-dobo', ['Көк-Дөбө', 'Кок-Добо', 'Kök-Döbö'], [42.842, 74.938]),
  village('terek-suu', 'aa-kok-dobo', ['Терек-Суу', 'Терек-Суу', 'Terek-Suu'], [42.721, 75.031]),
  village('ak-chiy', 'aa-ak-chiy', ['Ак-Чий', 'Ак-Чий', 'Ak-Chiy'], [42.763, 74.07]),
  village('tal-bulak', 'aa-tal-bulak', ['Тал-Булак', 'Тал-Булак', 'Tal-Bulak'], [42.744, 73.832]),
  village('archa-say', 'aa-archa-say', ['Арча-Сай', 'Арча-Сай', 'Archa-Say'], [42.751, 73.582]),
  village('sary-aryk', 'aa-sary-aryk', ['Сары-Арык', 'Сары-Арык', 'Sary-Aryk'], [42.779, 75.334]),
  village('kara-jylga', 'aa-kara-jylga', ['Кара-Жылга', 'Кара-Жылга', 'Kara-Jylga'], [42.741, 75.811]),
  village('kok-jayyk', 'aa-kok-jayyk', ['Көк-Жайык', 'Кок-Жайык', 'Kök-Jayyk'], [42.488, 72.311]),
  village('tash-bulak', 'aa-kok-jayyk', ['Таш-Булак', 'Таш-Булак', 'Tash-Bulak'], [42.462, 72.412]),
  village(
    'jogorku-tash-bulak',
    'aa-kok-jayyk',
    ['Жогорку Таш-Булак', 'Жогорку Таш-Булак', 'Jogorku Tash-Bulak'],
    [42.441, 72.436],
  ),
  village('sary-bel', 'aa-kok-jayyk', ['Сары-Бел', 'Сары-Бел', 'Sary-Bel'], [42.431, 72.548]),
  village('ak-kashat', 'aa-kok-jayyk', ['Ак-Кашат', 'Ак-Кашат', 'Ak-Kashat'], [42.512, 72.131]),
  village('chong-chynar', 'aa-chong-chynar', ['Чоң-Чынар', 'Чон-Чынар', 'Chong-Chynar'], [42.596, 71.543]),
  village('jyluu-suu', 'aa-chong-chynar', ['Жылуу-Суу', 'Жылуу-Суу', 'Jyluu-Suu'], [42.531, 71.462]),
  village('ala-dobo', 'aa-ala-dobo', ['Ала-Дөбө', 'Ала-Добо', 'Ala-Döbö'], [42.508, 71.867]),
  village('uch-archa', 'aa-ala-dobo', ['Үч-Арча', 'Уч-Арча', 'Üch-Archa'], [42.447, 71.781]),
  village('jangy-talaa', 'aa-jangy-talaa', ['Жаңы-Талаа', 'Жаны-Талаа', 'Jangy-Talaa'], [42.643, 71.285]),
  village('kayyng-say', 'aa-jangy-talaa', ['Кайың-Сай', 'Кайын-Сай', 'Kayyng-Say'], [42.579, 71.168]),
];

/** The four aimaks in which INITIATIVE worked: real ones. */
const ALA_BUKA_AIMAKS: readonly Place[] = [
  place(
    'aimak',
    'aa-oruktu',
    'ala-buka',
    ['Өрүктү айыл аймагы', 'Орюктинский айылный аймак', 'Oruktu aiyl aimak'],
    null,
    {
      aliases: ['Орукту', 'Oruktu-Sai', 'Oruktu-Say'],
    },
  ),
  place(
    'aimak',
    'aa-ak-korgon',
    'ala-buka',
    ['Ак-Коргон айыл аймагы', 'Ак-Коргонский айылный аймак', 'Ak-Korgon aiyl aimak'],
    null,
  ),
  place(
    'aimak',
    'aa-ala-buka',
    'ala-buka',
    ['Ала-Бука айыл аймагы', 'Ала-Букинский айылный аймак', 'Ala-Buka aiyl aimak'],
    [41.402, 71.48],
  ),
  place(
    'aimak',
    'aa-pervomay',
    'ala-buka',
    ['Первомай айыл аймагы', 'Первомайский айылный аймак', 'Pervomay aiyl aimak'],
    null,
    { aliases: ['1-Май', '1-May', 'Биринчи Май'] },
  ),
];

/** Parents come before their children. */
export const PLACES: readonly Place[] = [
  ...TOP,
  ...RAYON_PLACES,
  ...INVENTED_AIMAKS,
  ...ALA_BUKA_AIMAKS,
  ...INVENTED_VILLAGES,
];

/** The place of this key; an unknown key is a mistake in the story and throws. */
export function placeOf(key: string): Place {
  const found = PLACES.find((one) => one.key === key);
  if (!found) throw new Error(`the story has no place "${key}"`);
  return found;
}

/** The oblast or city above a place, itself included. */
export function regionOf(key: string): Place {
  let here = placeOf(key);
  while (here.kind !== 'oblast' && here.kind !== 'city' && here.parent) here = placeOf(here.parent);
  return here;
}
