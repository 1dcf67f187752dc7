import { folds } from '../../platform/i18n/index.ts';

const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ы: 'i',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};

/**
 * A word as it sounds, in Latin letters: Айгүл, Айгуль, Aigul and Aygül are one; so are Жумабек, Джумабек, Zhumabek and Jumabek.
 * Takes a folded word (see `folds`). Never empty for a word with a letter or digit.
 */
export function sound(word: string): string {
  let latin = '';
  for (const letter of word) latin += LETTERS[letter] ?? letter;
  const heard = latin
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/ı/g, 'i')
    .replace(/dzh|zh|dj/g, 'j')
    .replace(/kh|x/g, 'h')
    .replace(/gh/g, 'g')
    .replace(/q|c(?!h)/g, 'k')
    .replace(/w/g, 'v')
    .replace(/y/g, 'i')
    .replace(/ng/g, 'n')
    .replace(/(.)\1+/gu, '$1');
  return heard || word;
}

/** All words of a text as they sound. */
export function sounds(text: string): string[] {
  return folds(text).map(sound);
}

/** What stands in subject_word for these texts: every folded word, and each as it sounds after a '~'. */
export function searchWords(texts: readonly string[]): string[] {
  const words = new Set<string>();
  for (const text of texts)
    for (const word of folds(text)) {
      words.add(word.slice(0, 80));
      words.add(`~${sound(word)}`.slice(0, 80));
    }
  return [...words];
}

/**
 * What to look for in subject_word: the beginnings of the query's words. A word in Latin letters is looked for by its sound,
 * so that Aigul finds Айгүл; one in Cyrillic by its folded letters.
 */
export function searchPrefixes(query: string): string[] {
  const prefixes = folds(query)
    .slice(0, 6)
    .map((word) => (/^[\p{Script=Latin}]+$/u.test(word) ? `~${sound(word)}` : word).slice(0, 80));
  return [...new Set(prefixes)];
}
