import { sounds } from './sound.ts';

/** What is compared of a person. `village` may be an id or a name, as long as it is the same sort on both sides. */
export type Likable = {
  readonly name: string;
  readonly sex?: string | null;
  readonly bornOn?: string | null;
  readonly bornYear?: number | null;
  readonly village?: string | null;
  readonly phone?: string | null;
};

/** `score` 0…1, and the message keys of what speaks for and against. It proposes; only a person decides. */
export type Likeness = {
  readonly score: number;
  readonly reasons: readonly string[];
  readonly against: readonly string[];
};

/** From here on a pair is shown to a person. */
export const LIKELY = 0.7;

/**
 * How alike two people are by given name, father's name, surname, birth, village and phone. Symmetric; the same person given twice
 * scores 1. Brothers and sisters share all but the given name and the birth, often one phone too, so another given name caps the
 * score far below LIKELY whatever else agrees.
 */
export function likeness(a: Likable, b: Likable): Likeness {
  const x = nameParts(a.name);
  const y = nameParts(b.name);
  const reasons: string[] = [];
  const against: string[] = [];
  if (x.given.length === 0 || y.given.length === 0) return { score: 0, reasons, against };
  let sum = 0;
  let weights = 0;
  let cap = 1;
  const weigh = (weight: number, value: number): void => {
    sum += weight * value;
    weights += weight;
  };
  const say = (key: string, value: number): void => {
    if (value >= 0.75) reasons.push(`subjects.like.${key}`);
    else if (value < 0.25) against.push(`subjects.unlike.${key}`);
  };

  const given = givenLikeness(x, y);
  weigh(4, given);
  say('given', given);
  if (given < 0.75) cap = 0.3;

  const father = fatherLikeness(x, y);
  if (father !== null) {
    weigh(2, father);
    say('father', father);
    if (x.father && y.father && father < 0.75) cap = Math.min(cap, 0.45);
  }
  if (x.surname && y.surname) {
    const surname = wordLikeness(x.surname, y.surname);
    weigh(1, surname);
    say('surname', surname);
  }

  const born = birthLikeness(a, b);
  if (born !== null) {
    weigh(2, born);
    say('birth', born);
    if (born === 0) cap = Math.min(cap, 0.45);
  } else if (birthYear(a) !== null || birthYear(b) !== null) weigh(1, 0.5);

  if (a.village && b.village) {
    const same = a.village === b.village ? 1 : 0;
    weigh(1.5, same || 0.2);
    say('village', same);
  } else if (a.village || b.village) weigh(0.5, 0.5);

  const phones = [phoneDigits(a.phone), phoneDigits(b.phone)];
  if (phones[0] && phones[1]) {
    weigh(0.5, phones[0] === phones[1] ? 1 : 0.4);
    if (phones[0] === phones[1]) reasons.push('subjects.like.phone');
  }
  if (a.sex && b.sex && a.sex !== b.sex) {
    cap = Math.min(cap, 0.25);
    against.push('subjects.unlike.sex');
  }
  return { score: Math.min(cap, sum / weights), reasons, against };
}

/** The parts of a full name as they sound, without endings. Loose words may each be the given name. */
export type NameParts = {
  readonly given: readonly string[];
  readonly father: string | null;
  readonly surname: string | null;
};

const PARTICLES = new Set(['ulu', 'ul', 'kizi', 'kiz']);
const ANCESTRAL = new Set(['tegin', 'tegini']);
const PATRONYMIC = /(?:ov|ev)(?:ich|na)$/;
const SURNAME = /(?:ov|ev)a?$/;

/**
 * Takes a name apart in each of its usual forms: «Жакшылык кызы Нургүл», «Нургүл Жакшылык кызы», «Бактыбек Нургүл Жакшылык кызы»,
 * «Бактыбекова Нургуль Жакшылыковна», «Бактыбек тегин Нургүл», «Нургүл Бактыбек» (which of the two is given is not known).
 */
export function nameParts(name: string): NameParts {
  const words = sounds(name);
  let father: string | null = null;
  let surname: string | null = null;
  let given: string | undefined;
  let rest = [...words];

  const particle = words.findIndex((word, i) => i > 0 && PARTICLES.has(word));
  if (particle > 0) {
    father = words[particle - 1] ?? null;
    given = words[particle + 1] ?? words[particle - 2];
    rest = [...words.slice(0, particle - 1), ...words.slice(particle + 1)];
  }
  const ancestral = rest.findIndex((word, i) => i > 0 && ANCESTRAL.has(word));
  if (ancestral > 0 && rest.length > 2) {
    surname = rest[ancestral - 1] ?? null;
    rest = [...rest.slice(0, ancestral - 1), ...rest.slice(ancestral + 1)];
    given = given && rest.includes(given) ? given : rest[ancestral - 1];
  }
  if (!father && rest.length > 1) {
    const at = rest.findIndex((word) => PATRONYMIC.test(word) && word.length > 6);
    if (at >= 0) {
      father = rest[at] ?? null;
      rest.splice(at, 1);
      const before = rest[at - 1];
      if (before !== undefined && !SURNAME.test(before)) given = before;
    }
  }
  if (!surname && rest.length > 1) {
    const at = rest.findIndex((word) => SURNAME.test(word) && word.length > 4 && word !== given);
    if (at >= 0) [surname = null] = rest.splice(at, 1);
  }
  if (given !== undefined && rest.includes(given)) {
    const others = rest.filter((word) => word !== given);
    surname ??= others[0] ?? null;
    rest = [given];
  }
  return {
    given: (rest.length > 0 ? rest : words).map(shorten),
    father: father && stem(father),
    surname: surname && stem(surname),
  };
}

/** Without the endings of surnames, patronymics and «-уулу», «-кызы» written together, and without closing vowels. */
function stem(word: string): string {
  return shorten(cut(cut(word, /(?:ulu|kizi|tegini?)$/), /(?:ov|ev)(?:ich|na|a)?$/));
}

/** Айжан and Айжана, Сергей and Серге(евна): closing vowels tell little. */
function shorten(word: string): string {
  return cut(word, /[aeiou]+$/);
}

function cut(word: string, ending: RegExp): string {
  const left = word.replace(ending, '');
  return left.length >= 3 ? left : word;
}

function givenLikeness(x: NameParts, y: NameParts): number {
  if (x.given.length === 1 || y.given.length === 1) return best(x.given, y.given);
  // Two names without a clue which word is given: every word of the shorter one must have its own partner.
  const [short, long] = x.given.length <= y.given.length ? [x.given, y.given] : [y.given, x.given];
  return Math.min(matching(short, long), short.length === long.length ? matching(long, short) : 1);
}

/** The worst of the best partners. */
function matching(from: readonly string[], to: readonly string[]): number {
  return Math.min(...from.map((word) => best([word], to)));
}

/** Null where there is nothing to compare; half where only one side names a father. */
function fatherLikeness(x: NameParts, y: NameParts): number | null {
  if (x.father && y.father) return wordLikeness(x.father, y.father);
  const p = otherWords(x);
  const q = otherWords(y);
  if (p.length === 0 && q.length === 0) return null;
  if (p.length === 0 || q.length === 0) return 0.5;
  // A surname is often the father's or grandfather's name: agreement says something, its absence little.
  return Math.max(best(p, q), 0.4);
}

function otherWords(parts: NameParts): string[] {
  const words = [parts.father, parts.surname].filter((word) => word !== null);
  return words.length > 0 ? words : parts.given.length > 1 ? [...parts.given] : [];
}

function best(p: readonly string[], q: readonly string[]): number {
  let highest = 0;
  for (const a of p) for (const b of q) highest = Math.max(highest, wordLikeness(a, b));
  return highest;
}

/** 1 for equal words, 0.8 for one slip in five letters or more, 0.75 for two in nine or more, else 0. */
function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 5 || Math.abs(a.length - b.length) > 2) return 0;
  const slips = distance(a, b);
  if (slips === 1) return 0.8;
  return slips === 2 && shorter >= 9 ? 0.75 : 0;
}

/** How many letters must be put in, left out, changed or swapped with a neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

function birthLikeness(a: Likable, b: Likable): number | null {
  if (a.bornOn && b.bornOn && a.bornOn === b.bornOn) return 1;
  const x = birthYear(a);
  const y = birthYear(b);
  if (x === null || y === null) return null;
  // Day and month of a known birthday may be swapped or misread; another year is another person, except by one.
  if (x === y) return a.bornOn && b.bornOn ? 0.6 : 1;
  return Math.abs(x - y) === 1 ? 0.5 : 0;
}

function birthYear(person: Likable): number | null {
  return person.bornYear ?? (person.bornOn ? Number(person.bornOn.slice(0, 4)) : null);
}

/** The last nine digits: +996 555 12 34 56 and 0555 123456 are one number. Null for less than six. */
export function phoneDigits(phone: string | null | undefined): string | null {
  const digits = (phone ?? '').replace(/\D/g, '');
  return digits.length >= 6 ? digits.slice(-9) : null;
}
