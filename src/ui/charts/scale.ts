/**
 * Round marks for an axis from 0 (or below) to beyond the greatest value: steps of 1, 2, 2.5 or 5 times a power of
 * ten, at most `count` of them.
 */
export function ticks(low: number, high: number, count = 5): number[] {
  const from = Math.min(0, low);
  const span = Math.max(high, 0) - from || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999_999) ?? 10);
  const first = Math.floor(from / step);
  const last = Math.ceil((from + span) / step - 0.000_001);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Digits after the comma that a step needs to be written exactly, up to 3. */
export function digitsOf(step: number): number {
  return [0, 1, 2].find((digits) => Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-9) ?? 3;
}
