/** Every function that an ODK form may call, by name. Each says how many arguments it takes and how it is compiled. */
import { dateText, dateTimeText, dayFraction, formatMoment, momentOf, momentOfDays } from './dates.ts';
import { digest, fromBase64, signedMessage, toBase64, toHex } from './digest.ts';
import { areaOf, crossesItself, isInside, lengthOf, readPoint, readPoints } from './geo.ts';
import { seededShuffle, seedOf } from './random.ts';
import { fitsPattern } from './regex.ts';
import type { TreeNode } from './tree.ts';
import { textToNumber, toBoolean, toNumber, toText, type Value } from './values.ts';
import type { Expr } from './xpath-parse.ts';
import {
  absolute,
  asNodes,
  type Code,
  EMPTY,
  type Run,
  type Scope,
  sharedRepeat,
  spend,
  tableOf,
  textCode,
} from './xpath-run.ts';

export interface FunctionShape {
  readonly min: number;
  readonly max: number;
  compile(codes: readonly Code[], args: readonly Expr[], scope: Scope): Code;
}

const MANY = Number.POSITIVE_INFINITY;
/** Digesting one letter is as much work as visiting so many nodes. */
const DIGESTED = 2;

/** A function of texts. */
function ofText(min: number, max: number, run: (args: string[], run: Run, node: TreeNode) => Value): FunctionShape {
  return {
    min,
    max,
    compile(codes) {
      const texts = codes.map(textCode);
      return (r, n, p, s) => {
        spend(r, 1);
        return run(
          texts.map((text) => text(r, n, p, s)),
          r,
          n,
        );
      };
    },
  };
}

/** A function of numbers. */
function ofNumbers(min: number, max: number, run: (...args: number[]) => number): FunctionShape {
  return {
    min,
    max,
    compile: (codes) => (r, n, p, s) => run(...codes.map((code) => toNumber(code(r, n, p, s), r.env.zone))),
  };
}

/** A function of values of any kind. */
function ofValues(min: number, max: number, run: (args: Value[], run: Run, node: TreeNode) => Value): FunctionShape {
  return {
    min,
    max,
    compile: (codes) => (r, n, p, s) => {
      const values = codes.map((code) => code(r, n, p, s));
      spend(r, values.length);
      return run(values, r, n);
    },
  };
}

function constant(value: Value): FunctionShape {
  return { min: 0, max: 0, compile: () => () => value };
}

/** The nodes of a set that count: what is not asked is not among them. */
function asked(nodes: readonly TreeNode[], run: Run): readonly TreeNode[] {
  spend(run, nodes.length);
  return nodes.every((node) => node.relevant) ? nodes : nodes.filter((node) => node.relevant);
}

/** The texts of all values: every node of a node-set, every other value as it is. */
function texts(values: readonly Value[], run: Run): string[] {
  const out: string[] = [];
  for (const value of values) {
    if (typeof value === 'object') for (const node of asked(value, run)) out.push(node.string);
    else out.push(toText(value));
  }
  return out;
}

/** The numbers of all values; an answer that is not there yet is NaN, as in XPath. */
function numbers(values: readonly Value[], run: Run): number[] {
  const out: number[] = [];
  for (const value of values) {
    if (typeof value === 'object')
      for (const node of asked(value, run)) out.push(textToNumber(node.string, run.env.zone));
    else out.push(toNumber(value, run.env.zone));
  }
  return out;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** ODK's substr: from a 0-based start to before the end; negative places count from the end. */
function substr(text: string, from: number, to: number): string {
  return Number.isNaN(from) || Number.isNaN(to) ? '' : text.slice(Math.trunc(from), Math.trunc(to));
}

/** XPath's substring: 1-based, rounded, by characters. */
function substring(text: string, from: number, length: number): string {
  const start = Math.round(from);
  const end = start + Math.round(length);
  let out = '';
  let at = 0;
  for (const character of text) {
    at++;
    if (at >= start && (at < end || length === Number.POSITIVE_INFINITY)) out += character;
  }
  return out;
}

function translate(text: string, from: string, to: string): string {
  const target = [...to];
  const map = new Map<string, string>();
  [...from].forEach((character, i) => {
    if (!map.has(character)) map.set(character, target[i] ?? '');
  });
  let out = '';
  for (const character of text) out += map.get(character) ?? character;
  return out;
}

/** XPath's round: halves go up; with a number of decimals as ODK adds it. */
function round(value: number, decimals = 0): number {
  if (!Number.isFinite(value) || Number.isNaN(decimals)) return value;
  if (decimals === 0) return Math.round(value);
  const places = Math.max(-30, Math.min(30, Math.trunc(decimals)));
  const [digits = '0', exponent = '0'] = String(value).split('e');
  const shifted = Math.round(Number(`${digits}e${Number(exponent) + places}`));
  if (!Number.isFinite(shifted)) return value;
  const [back = '0', grown = '0'] = String(shifted).split('e');
  return Number(`${back}e${Number(grown) - places}`);
}

/** The moment that a value names: a date, a date and time, or a number of days. */
function moment(value: Value, run: Run): number | undefined {
  const text = toText(value);
  return momentOf(text, run.env.zone) ?? momentOfDays(toNumber(value, run.env.zone));
}

function format(values: Value[], run: Run): string {
  const at = moment(values[0]!, run);
  return at === undefined ? '' : formatMoment(at, toText(values[1]!), run.env.zone, run.env.language);
}

function points(values: readonly Value[], run: Run) {
  return readPoints(texts(values, run).join(';'));
}

/** The largest or smallest of numbers; NaN when there is none or one is NaN. */
function extreme(all: readonly number[], isBetter: (a: number, b: number) => boolean): number {
  let best = Number.NaN;
  for (const number of all) {
    if (Number.isNaN(number)) return number;
    if (Number.isNaN(best) || isBetter(best, number)) best = number;
  }
  return best;
}

/** Whether a list has a value; an empty list "has" the empty value, which is how forms ask for "not answered". */
function isSelected([list, value]: string[]): boolean {
  const wanted = value!.trim();
  return wanted === '' ? list!.trim() === '' : words(list!).includes(wanted);
}

const area = ofValues(1, 1, (values, run) => hundredths(areaOf(points(values, run) ?? [])));

/** Metres and square metres to the hundredth. */
function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function listNodes(value: Value): readonly TreeNode[] {
  return asNodes(value);
}

function guid(length: number, run: Run): string {
  if (Number.isNaN(length)) return run.env.uuid();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let out = '';
  const count = Math.max(0, Math.min(1000, Math.trunc(length)));
  for (let i = 0; i < count; i++) out += letters[Math.floor(run.env.random() * letters.length)];
  return out;
}

function checked(values: Value[], run: Run, weigh: boolean): boolean {
  const [low, high] = values.slice(0, 2).map((value) => toNumber(value, run.env.zone)) as [number, number];
  const rest = numbers(values.slice(2), run);
  let sum = 0;
  for (let i = 0; i < rest.length; i += weigh ? 2 : 1) {
    if (rest[i]! > 0) sum += weigh ? (rest[i + 1] ?? 0) : 1;
  }
  return (low < 0 || sum >= low) && (high < 0 || sum <= high);
}

/** The names of a path of plain child steps, made absolute; undefined for any other expression. */
function plainPath(expr: Expr, scope: Scope): string[] | undefined {
  const path = absolute(expr, scope);
  if (path.kind !== 'path' || path.from !== '/') return undefined;
  const plain = path.steps.every(
    (step) => step.axis === 'child' && step.predicates.length === 0 && !step.test.includes('('),
  );
  return plain ? path.steps.map((step) => step.test) : undefined;
}

const indexedRepeat: FunctionShape = {
  min: 3,
  max: 15,
  compile(codes, args, scope) {
    const target = plainPath(args[0]!, scope);
    const repeats = args.flatMap((arg, i) => (i % 2 === 1 ? [plainPath(arg, scope)] : []));
    const outer = absolute(args[1]!, scope);
    const shared = outer.kind === 'path' ? sharedRepeat(outer.steps, scope) : 0;
    return (r, n, p, s) => {
      let at: TreeNode | undefined = shared > 0 ? r.current : r.current.document;
      if (shared > 0) for (let i = scope.path.length - shared; i > 0 && at; i--) at = at.parent;
      let depth = shared;
      for (let i = 0; i < repeats.length; i++) {
        const path = repeats[i];
        const code = codes[i * 2 + 2];
        if (!path || !code) return EMPTY;
        for (const name of path.slice(depth, -1)) at = at?.named(name)[0];
        const index = toNumber(code(r, n, p, s), r.env.zone);
        at = at?.named(path[path.length - 1]!)[index - 1];
        depth = path.length;
      }
      for (const name of target?.slice(depth) ?? []) at = at?.named(name)[0];
      return at && target ? [at] : EMPTY;
    };
  },
};

const position: FunctionShape = {
  min: 0,
  max: 1,
  compile([code]) {
    if (!code) return (_r, _n, p) => p;
    return (r, n, p, s) => {
      const [node] = asNodes(code(r, n, p, s));
      if (!node?.parent) return node ? 1 : Number.NaN;
      return node.parent.named(node.name).indexOf(node) + 1;
    };
  },
};

const once: FunctionShape = {
  min: 1,
  max: 1,
  compile:
    ([code]) =>
    (r, n, p, s) =>
      n.text !== '' ? n.text : toText(code!(r, n, p, s)),
};

const conditional: FunctionShape = {
  min: 3,
  max: 3,
  compile:
    ([test, yes, no]) =>
    (r, n, p, s) =>
      (toBoolean(test!(r, n, p, s)) ? yes! : no!)(r, n, p, s),
};

const coalesce: FunctionShape = {
  min: 1,
  max: MANY,
  compile(codes) {
    const all = codes.map(textCode);
    return (r, n, p, s) => {
      for (const text of all) {
        const found = text(r, n, p, s);
        if (found !== '') return found;
      }
      return '';
    };
  },
};

/** A function of the context node when it has no argument. */
function ofNode(run: (node: TreeNode | undefined, run: Run) => Value): FunctionShape {
  return {
    min: 0,
    max: 1,
    compile:
      ([code]) =>
      (r, n, p, s) =>
        run(code ? asNodes(code(r, n, p, s))[0] : n, r),
  };
}

function optionalText(run: (text: string) => Value): FunctionShape {
  return {
    min: 0,
    max: 1,
    compile([code]) {
      const text = code ? textCode(code) : undefined;
      return (r, n, p, s) => run(text ? text(r, n, p, s) : n.string);
    },
  };
}

function pullData([id, wanted, by, value]: string[], run: Run): string {
  const root = run.env.instance(id!.replace(/\.csv$/, ''))?.children[0];
  const item = root && tableOf(root, 'item', by!).get(value!)?.[0];
  return item?.named(wanted!)[0]?.string ?? '';
}

const TABLE: Record<string, FunctionShape> = {
  // text
  string: {
    min: 0,
    max: 1,
    compile: ([code]) => {
      const text = code && textCode(code);
      return (r, n, p, s) => (text ? text(r, n, p, s) : n.string);
    },
  },
  concat: ofValues(1, MANY, (values, run) => {
    const all = texts(values, run);
    spend(run, all.length);
    return all.join('').slice(0, 1_000_000);
  }),
  join: ofValues(1, MANY, ([separator, ...rest], run) => texts(rest, run).join(toText(separator!)).slice(0, 1_000_000)),
  substr: ofText(2, 3, ([text, from, to], { env: { zone } }) =>
    substr(text!, textToNumber(from!, zone), to === undefined ? text!.length : textToNumber(to, zone)),
  ),
  substring: ofText(2, 3, ([text, from, length], { env: { zone } }) =>
    substring(
      text!,
      textToNumber(from!, zone),
      length === undefined ? Number.POSITIVE_INFINITY : textToNumber(length, zone),
    ),
  ),
  'substring-before': ofText(2, 2, ([text, mark]) => text!.slice(0, Math.max(0, text!.indexOf(mark!)))),
  'substring-after': ofText(2, 2, ([text, mark]) => {
    const at = text!.indexOf(mark!);
    return at < 0 ? '' : text!.slice(at + mark!.length);
  }),
  translate: ofText(3, 3, ([text, from, to]) => translate(text!, from!, to!)),
  'string-length': optionalText((text) => text.length),
  'normalize-space': optionalText((text) => text.trim().replace(/\s+/g, ' ')),
  'upper-case': ofText(1, 1, ([text]) => text!.toUpperCase()),
  'lower-case': ofText(1, 1, ([text]) => text!.toLowerCase()),
  contains: ofText(2, 2, ([text, part]) => text!.includes(part!)),
  'starts-with': ofText(2, 2, ([text, part]) => text!.startsWith(part!)),
  'ends-with': ofText(2, 2, ([text, part]) => text!.endsWith(part!)),
  uuid: ofNumbersText(0, 1, (args, run) => guid(args[0] ?? Number.NaN, run)),
  digest: ofText(2, 3, ([text, algorithm, encoding], run) => {
    spend(run, text!.length * DIGESTED);
    const bytes = digest(text!, algorithm!);
    if (!bytes) return '';
    return encoding === 'hex' ? toHex(bytes) : toBase64(bytes);
  }),
  'base64-decode': ofText(1, 1, ([text]) => fromBase64(text!)),
  'extract-signed': ofText(2, 2, ([content, key], run) => {
    spend(run, content!.length * DIGESTED);
    return signedMessage(content!, key!);
  }),
  pulldata: ofText(4, 4, pullData),
  regex: ofText(2, 2, ([text, pattern]) => fitsPattern(text!, pattern!)),
  property: ofText(1, 1, ([name], run) => run.env.property(name!)),
  version: ofText(0, 0, (_, run) => run.env.version),

  // truth
  if: conditional,
  coalesce,
  once,
  true: constant(true),
  false: constant(false),
  boolean: ofValues(1, 1, ([value]) => toBoolean(value!)),
  'boolean-from-string': ofText(1, 1, ([text]) => text === 'true' || text === '1'),
  not: ofValues(1, 1, ([value]) => !toBoolean(value!)),
  checklist: ofValues(2, MANY, (values, run) => checked(values, run, false)),
  'weighted-checklist': ofValues(2, MANY, (values, run) => checked(values, run, true)),

  // numbers
  number: {
    min: 0,
    max: 1,
    compile:
      ([code]) =>
      (r, n, p, s) =>
        code ? toNumber(code(r, n, p, s), r.env.zone) : textToNumber(n.string, r.env.zone),
  },
  random: { min: 0, max: 0, compile: () => (r) => r.env.random() },
  int: ofNumbers(1, 1, Math.trunc),
  floor: ofNumbers(1, 1, Math.floor),
  ceiling: ofNumbers(1, 1, Math.ceil),
  round: ofNumbers(1, 2, round),
  abs: ofNumbers(1, 1, Math.abs),
  pow: ofNumbers(2, 2, (base, exponent) => base ** exponent),
  sqrt: ofNumbers(1, 1, Math.sqrt),
  exp: ofNumbers(1, 1, Math.exp),
  exp10: ofNumbers(1, 1, (x) => 10 ** x),
  log: ofNumbers(1, 1, Math.log),
  log10: ofNumbers(1, 1, Math.log10),
  sin: ofNumbers(1, 1, Math.sin),
  cos: ofNumbers(1, 1, Math.cos),
  tan: ofNumbers(1, 1, Math.tan),
  asin: ofNumbers(1, 1, Math.asin),
  acos: ofNumbers(1, 1, Math.acos),
  atan: ofNumbers(1, 1, Math.atan),
  atan2: ofNumbers(2, 2, Math.atan2),
  pi: constant(Math.PI),
  sum: ofValues(1, MANY, (values, run) => numbers(values, run).reduce((a, b) => a + b, 0)),
  max: ofValues(1, MANY, (values, run) => extreme(numbers(values, run), (a, b) => b > a)),
  min: ofValues(1, MANY, (values, run) => extreme(numbers(values, run), (a, b) => b < a)),

  // nodes
  count: ofValues(1, 1, ([value], run) => asked(listNodes(value!), run).length),
  'count-non-empty': ofValues(
    1,
    1,
    ([value], run) => asked(listNodes(value!), run).filter((node) => node.string !== '').length,
  ),
  position,
  last: { min: 0, max: 0, compile: () => (_r, _n, _p, size) => size },
  current: { min: 0, max: 0, compile: () => (r) => [r.current] },
  instance: ofText(1, 1, ([id], run) => {
    const document = run.env.instance(id!);
    return document ? [document] : EMPTY;
  }),
  id: ofValues(1, 1, () => EMPTY),
  name: ofNode((node) => node?.name ?? ''),
  'local-name': ofNode((node) => node?.name ?? ''),
  'namespace-uri': ofNode(() => ''),
  lang: ofText(1, 1, () => false),
  randomize: ofValues(1, 2, ([value, seed], run) => {
    const nodes = listNodes(value!);
    spend(run, nodes.length);
    return seededShuffle(nodes, seed === undefined ? run.env.seed(run.current) : seedOf(seed, run.env.zone));
  }),
  'indexed-repeat': indexedRepeat,

  // dates
  today: { min: 0, max: 0, compile: () => (r) => dateText(r.env.now(), r.env.zone) },
  now: { min: 0, max: 0, compile: () => (r) => dateTimeText(r.env.now(), r.env.zone) },
  date: ofValues(1, 1, ([value], run) => {
    const at = moment(value!, run);
    return at === undefined ? '' : dateText(at, run.env.zone);
  }),
  'date-time': ofValues(1, 1, ([value], run) => {
    const at = moment(value!, run);
    return at === undefined ? '' : dateTimeText(at, run.env.zone);
  }),
  'decimal-date-time': ofValues(1, 1, ([value], run) => toNumber(value!, run.env.zone)),
  'decimal-time': ofText(1, 1, ([text], { env }) => dayFraction(text!, env.zone, env.now())),
  'format-date': ofValues(2, 2, format),
  'format-date-time': ofValues(2, 2, format),

  // selects
  selected: ofText(2, 2, isSelected),
  'is-selected': ofText(2, 2, isSelected),
  'selected-at': ofText(2, 2, ([list, index], run) => words(list!)[textToNumber(index!, run.env.zone)] ?? ''),
  'count-selected': ofText(1, 1, ([list]) => words(list!).length),
  'jr:choice-name': ofText(2, 2, ([value, path], run) => run.env.choiceName(value!, path!, run.current)),
  'jr:itext': ofText(1, 1, ([id], run) => run.env.itext(id!, run.current)),

  // places
  area,
  'enclosed-area': area,
  distance: ofValues(1, MANY, (values, run) => hundredths(lengthOf(points(values, run) ?? []))),
  geofence: ofText(2, 2, ([point, shape]) => {
    const at = readPoint(point!);
    const around = readPoints(shape!);
    return at !== undefined && around !== undefined && isInside(at, around);
  }),
  intersects: ofText(1, 1, ([line]) => crossesItself(readPoints(line!) ?? [])),
};

function ofNumbersText(min: number, max: number, run: (args: number[], run: Run) => string): FunctionShape {
  return {
    min,
    max,
    compile: (codes) => (r, n, p, s) =>
      run(
        codes.map((code) => toNumber(code(r, n, p, s), r.env.zone)),
        r,
      ),
  };
}

/** Functions by name; looked up without a prototype, so that `constructor()` is as unknown as any other word. */
export const FUNCTIONS: Readonly<Record<string, FunctionShape | undefined>> = Object.assign(
  Object.create(null) as Record<string, FunctionShape>,
  TABLE,
);
