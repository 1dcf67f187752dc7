/**
 * The functions an expression in a form may call, with how many arguments each takes: those of the ODK XForms
 * specification and the XPath 1.0 functions it keeps, with the few that web clients add.
 */
type Arity = readonly [least: number, most: number];

const MANY = Number.POSITIVE_INFINITY;

const ARITY: Readonly<Record<string, Arity>> = {
  // texts
  string: [0, 1],
  concat: [1, MANY],
  join: [1, MANY],
  substr: [2, 3],
  substring: [2, 3],
  'substring-before': [2, 2],
  'substring-after': [2, 2],
  translate: [3, 3],
  'string-length': [0, 1],
  'normalize-space': [0, 1],
  contains: [2, 2],
  'starts-with': [2, 2],
  'ends-with': [2, 2],
  'upper-case': [1, 1],
  'lower-case': [1, 1],
  uuid: [0, 1],
  digest: [2, 3],
  'base64-decode': [1, 1],
  'extract-signed': [2, 2],
  pulldata: [4, 4],
  // truth
  if: [3, 3],
  coalesce: [2, MANY],
  once: [1, 1],
  true: [0, 0],
  false: [0, 0],
  boolean: [1, 1],
  'boolean-from-string': [1, 1],
  not: [1, 1],
  regex: [2, 2],
  checklist: [3, MANY],
  'weighted-checklist': [4, MANY],
  lang: [1, 1],
  // numbers
  number: [0, 1],
  random: [0, 0],
  int: [1, 1],
  sum: [1, MANY],
  max: [1, MANY],
  min: [1, MANY],
  round: [1, 2],
  floor: [1, 1],
  ceiling: [1, 1],
  abs: [1, 1],
  pow: [2, 2],
  log: [1, 1],
  log10: [1, 1],
  sin: [1, 1],
  cos: [1, 1],
  tan: [1, 1],
  asin: [1, 1],
  acos: [1, 1],
  atan: [1, 1],
  atan2: [2, 2],
  sqrt: [1, 1],
  exp: [1, 1],
  exp10: [1, 1],
  pi: [0, 0],
  // nodes
  count: [1, 1],
  'count-non-empty': [1, 1],
  position: [0, 1],
  last: [0, 0],
  instance: [1, 1],
  current: [0, 0],
  'indexed-repeat': [3, 15],
  randomize: [1, 2],
  id: [1, 1],
  name: [0, 1],
  'local-name': [0, 1],
  'namespace-uri': [0, 1],
  intersects: [1, 1],
  // choices
  selected: [2, 2],
  'is-selected': [2, 2],
  'selected-at': [2, 2],
  'count-selected': [1, 1],
  'jr:choice-name': [2, 2],
  'jr:itext': [1, 1],
  // dates
  today: [0, 0],
  now: [0, 0],
  date: [1, 1],
  'date-time': [1, 1],
  'decimal-date-time': [1, 1],
  'decimal-time': [1, 1],
  'format-date': [2, 2],
  'format-date-time': [2, 2],
  // places
  area: [1, 1],
  'enclosed-area': [1, 1],
  distance: [1, MANY],
  geofence: [2, 2],
  // properties
  property: [1, 1],
  version: [0, 0],
};

export const FUNCTION_NAMES: readonly string[] = Object.keys(ARITY);

/** How many arguments a function takes, or undefined when there is no such function. */
export function arityOf(name: string): Arity | undefined {
  return Object.hasOwn(ARITY, name) ? ARITY[name] : undefined;
}
