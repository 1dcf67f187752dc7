/** XPath's four kinds of value and their conversions, with the ODK addition that dates are also numbers of days. */
import { daysOf, type Zone } from './dates.ts';
import type { TreeNode } from './tree.ts';

export type Value = string | number | boolean | readonly TreeNode[];

const NUMBER = /^[ \t\r\n]*(-?(?:\d+\.?\d*|\.\d+))[ \t\r\n]*$/;

/** XPath's number as text: no exponent, `NaN`, `Infinity`. */
export function numberToString(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return value === 0 ? '0' : String(value);
  const text = String(value);
  const e = text.indexOf('e');
  if (e < 0 || !Number.isFinite(value)) return text;
  const sign = value < 0 ? '-' : '';
  const exponent = Number(text.slice(e + 1));
  const [whole = '', fraction = ''] = text.slice(sign.length, e).split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}${point < digits.length ? `.${digits.slice(point)}` : ''}`;
}

export function toText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return numberToString(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      return value.length ? value[0]!.string : '';
  }
}

/** A plain number, or the days since 1970 of a date or date and time, or NaN. */
export function textToNumber(text: string, zone: Zone): number {
  if (text === '') return Number.NaN;
  const found = NUMBER.exec(text);
  return found ? Number(found[1]) : daysOf(text, zone);
}

export function toNumber(value: Value, zone: Zone): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'string':
      return textToNumber(value, zone);
    default:
      return value.length ? textToNumber(value[0]!.string, zone) : Number.NaN;
  }
}

export function toBoolean(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0 && !Number.isNaN(value);
    default:
      return value.length > 0;
  }
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

function ordered(op: Comparison, a: number, b: number): boolean {
  switch (op) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '=':
      return a === b;
    default:
      return a !== b;
  }
}

function scalars(op: Comparison, a: Exclude<Value, readonly TreeNode[]>, b: typeof a, zone: Zone): boolean {
  if (op === '=' || op === '!=') {
    const equal =
      typeof a === 'boolean' || typeof b === 'boolean'
        ? toBoolean(a) === toBoolean(b)
        : typeof a === 'number' || typeof b === 'number'
          ? toNumber(a, zone) === toNumber(b, zone)
          : a === b;
    return equal === (op === '=');
  }
  return ordered(op, toNumber(a, zone), toNumber(b, zone));
}

/** XPath 1.0 §3.4: a node-set compares as "some node does". */
export function compare(op: Comparison, a: Value, b: Value, zone: Zone): boolean {
  if (typeof a !== 'object' && typeof b !== 'object') return scalars(op, a, b, zone);
  if (typeof a === 'boolean' || typeof b === 'boolean') return scalars(op, toBoolean(a), toBoolean(b), zone);
  if (typeof a === 'object' && typeof b === 'object') return compareSets(op, a, b, zone);
  if (typeof a === 'object') return a.some((node) => scalars(op, node.string, b as string | number, zone));
  return (b as readonly TreeNode[]).some((node) => scalars(op, a, node.string, zone));
}

function compareSets(op: Comparison, a: readonly TreeNode[], b: readonly TreeNode[], zone: Zone): boolean {
  if (a.length * b.length < 64) {
    return a.some((left) => b.some((right) => scalars(op, left.string, right.string, zone)));
  }
  // Long lists are compared by their sets of values, or by their extremes, so that the cost stays a sum and not a product.
  if (op === '=' || op === '!=') {
    const left = new Set(a.map((node) => node.string));
    const right = new Set(b.map((node) => node.string));
    if (op === '!=') return left.size > 1 || right.size > 1 || [...left][0] !== [...right][0];
    for (const text of left) if (right.has(text)) return true;
    return false;
  }
  const numbers = (nodes: readonly TreeNode[]) => {
    let low = Number.NaN;
    let high = Number.NaN;
    for (const node of nodes) {
      const n = textToNumber(node.string, zone);
      if (!(n >= low)) low = Number.isNaN(n) ? low : n;
      if (!(n <= high)) high = Number.isNaN(n) ? high : n;
    }
    return { low, high };
  };
  const l = numbers(a);
  const r = numbers(b);
  return op === '<' || op === '<=' ? ordered(op, l.low, r.high) : ordered(op, l.high, r.low);
}
