/**
 * Where in an expression a reference stands: as which argument of which function, and whether inside a filter beside a
 * secondary instance, where paths that begin with ".." have to start from the question again.
 */
export interface Surroundings {
  /** The reference names the field or repeat of an indexed-repeat() and is written out in full. */
  readonly indexedRepeatTarget: boolean;
  /** The reference stands in brackets, in an expression that reads a secondary instance. */
  readonly inInstanceFilter: boolean;
}

interface Frame {
  readonly bracket: '(' | '[';
  readonly functionName: string;
  argument: number;
}

const OUTSIDE: Surroundings = { indexedRepeatTarget: false, inInstanceFilter: false };

/**
 * Walks an expression once and says what surrounds the given ascending positions. Works on unfinished expressions
 * too, since a label may hold one.
 */
export function surroundingsAt(expression: string, positions: readonly number[]): Surroundings[] {
  if (!/[([]/.test(expression)) return positions.map(() => OUTSIDE);
  const found: Surroundings[] = [];
  const frames: Frame[] = [];
  let next = 0;
  let quote = '';
  let word = '';
  // Where any secondary instance is read, the reference starts every reference in brackets from the question again.
  const readsInstance = /(?<![\w-])instance\s*\(/.test(expression);

  for (let at = 0; at <= expression.length && next < positions.length; at++) {
    if (at === positions[next]) {
      found.push(describe(frames, readsInstance));
      next += 1;
      at = expression.indexOf('}', at);
      word = '';
      continue;
    }
    const char = expression[at]!;
    if (quote) {
      if (char === quote) quote = '';
      continue;
    }
    if (char === '"' || char === "'") {
      quote = char;
      word = '';
    } else if (char === '(') {
      frames.push({ bracket: '(', functionName: word, argument: 0 });
      word = '';
    } else if (char === '[') {
      frames.push({ bracket: '[', functionName: '', argument: 0 });
      word = '';
    } else if (char === ')' || char === ']') {
      frames.pop();
      word = '';
    } else if (char === ',') {
      const frame = frames.at(-1);
      if (frame) frame.argument += 1;
      word = '';
    } else if (/[\p{L}\p{N}_.:-]/u.test(char)) {
      word += char;
    } else if (!/\s/.test(char)) word = '';
  }
  return found;
}

function describe(frames: readonly Frame[], readsInstance: boolean): Surroundings {
  const inner = frames.at(-1);
  const indexedRepeatTarget =
    inner?.functionName === 'indexed-repeat' && (inner.argument === 0 || inner.argument % 2 === 1);
  return { indexedRepeatTarget, inInstanceFilter: readsInstance && frames.some(({ bracket }) => bracket === '[') };
}
