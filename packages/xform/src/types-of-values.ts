/** What a value of each data type looks like, and how a computed value is written as one. */
import { dateText, dateTimeText, isDate, isDateTime, isTime, momentOf, momentOfDays, type Zone } from './dates.ts';
import { readPoint, readPoints } from './geo.ts';
import type { DataType } from './types.ts';
import { numberToString, toText, type Value } from './values.ts';

const INT = /^[+-]?\d{1,10}$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const INT_LIMIT = 2_147_483_648;

/** True when a non-empty value is one of its type. */
export function hasType(value: string, type: DataType): boolean {
  switch (type) {
    case 'int':
      return INT.test(value) && Number(value) < INT_LIMIT && Number(value) >= -INT_LIMIT;
    case 'decimal':
      return DECIMAL.test(value);
    case 'boolean':
      return value === 'true' || value === 'false' || value === '1' || value === '0';
    case 'date':
      return isDate(value) || isDateTime(value);
    case 'time':
      return isTime(value);
    case 'dateTime':
      return isDateTime(value) || isDate(value);
    case 'geopoint':
      return readPoint(value) !== undefined;
    case 'geotrace':
      return (readPoints(value)?.length ?? 0) >= 2;
    case 'geoshape': {
      const points = readPoints(value);
      const [first, last] = [points?.[0], points?.[points.length - 1]];
      return !!points && points.length >= 4 && first!.lat === last!.lat && first!.lon === last!.lon;
    }
    case 'binary':
      // A name of an attached file, or the form's own default picture.
      return /^jr:\/\/[^\s]+$/.test(value) || !/[/\\]/.test(value);
    default:
      return true;
  }
}

function wholeNumber(value: Value): string {
  const number = typeof value === 'number' ? value : Number(toText(value) || Number.NaN);
  if (!Number.isFinite(number)) return '';
  const whole = Math.trunc(number);
  return whole < INT_LIMIT && whole >= -INT_LIMIT ? numberToString(whole) : '';
}

/** A computed value as the text that its node holds: '' for what cannot be one of its type. */
export function castTo(type: DataType, value: Value, zone: Zone): string {
  switch (type) {
    case 'int':
      return wholeNumber(value);
    case 'decimal': {
      const number = typeof value === 'number' ? value : Number(toText(value) || Number.NaN);
      return Number.isFinite(number) ? numberToString(number) : '';
    }
    case 'date':
    case 'dateTime': {
      const write = type === 'date' ? dateText : dateTimeText;
      if (typeof value === 'number') {
        const at = momentOfDays(value);
        return at === undefined ? '' : write(at, zone);
      }
      const text = toText(value);
      if (type === 'dateTime' || isDate(text)) return text;
      const at = momentOf(text, zone);
      return at === undefined ? text : dateText(at, zone);
    }
    default:
      return typeof value === 'number' && Number.isNaN(value) ? '' : toText(value);
  }
}
