import type { ControlNode, DataType } from '@demilge/xform';

/** An instance's date or time as the browser's own fields take it. */
export function toLocal(type: DataType, value: string): string {
  if (value === '') return '';
  if (type === 'date') return value.slice(0, 10);
  if (type === 'time') return value.slice(0, 5);
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return '';
  return `${day(moment)}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** What the browser's field gives as the instance holds it, with the device's own offset. */
export function fromLocal(type: DataType, text: string): string {
  if (text === '' || type === 'date') return text;
  if (type === 'time') return `${text.slice(0, 5)}:00.000${offset(new Date())}`;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? '' : `${text.slice(0, 16)}:00.000${offset(moment)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');
const day = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

function offset(at: Date): string {
  const east = -at.getTimezoneOffset();
  const size = Math.abs(east);
  return `${east < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The values of a list answer. */
export const given = (node: ControlNode): string[] => node.value.split(/\s+/).filter((value) => value !== '');
