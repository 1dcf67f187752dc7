/**
 * Look-alikes and missing letters of real pages (kyrgyzstan.md §8.2): a Russian keyboard drops ө ү ң, old fonts put others in
 * their place. Both sides of a search are folded; what is stored stays as it was written. й keeps its mark.
 */
const FOLDS: Readonly<Record<string, string>> = {
  ө: 'о',
  ү: 'у',
  ң: 'н',
  ё: 'е',
  ѳ: 'о',
  ɵ: 'о',
  ӊ: 'н',
  ў: 'н',
  ұ: 'у',
  қ: 'к',
  ғ: 'г',
  ъ: '',
  ь: '',
};
/** Latin letters that are typed for Cyrillic ones of the same shape; only inside a word that is otherwise Cyrillic. */
const LATIN_TWINS: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  k: 'к',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  t: 'т',
  m: 'м',
  h: 'н',
  b: 'в',
};

/** The form in which words are compared: lower case, folded letters, single spaces, no punctuation. */
export function fold(text: string): string {
  return folds(text).join(' ');
}

/** The folded words of a text. */
export function folds(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map(foldWord)
    .filter(Boolean);
}

function foldWord(word: string): string {
  const cyrillic = /\p{Script=Cyrillic}/u.test(word);
  let out = '';
  for (const letter of word) out += FOLDS[letter] ?? (cyrillic ? (LATIN_TWINS[letter] ?? letter) : letter);
  return out;
}

const ROMAN: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'ng',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** A readable address part: BGN/PCGN 1979 with ö→o and ü→u. Not reversible, so addresses also carry an id where it matters. */
export function slug(text: string): string {
  let out = '';
  for (const letter of text.normalize('NFC').toLowerCase()) out += ROMAN[letter] ?? letter;
  return (
    out
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80) || 'x'
  );
}
