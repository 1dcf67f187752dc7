/**
 * Patterns of `regex()`, matched by following all possibilities at once. A pattern comes from a form and a text from a
 * stranger: the platform's own matcher tries one possibility after another and can be made to try for years.
 * Back-references and look-behind cannot be matched this way and are refused when the form is read.
 */
import { XFormError } from './error.ts';

type Test = (code: number) => boolean;

type Node =
  | { readonly kind: 'character'; readonly test: Test }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'inside' }
  | { readonly kind: 'ahead'; readonly of: Node; readonly wanted: boolean };

/** One instruction: what it needs and where it leads. */
type Step =
  | { readonly op: 'character'; readonly test: Test }
  | { readonly op: 'split'; a: number; b: number }
  | { readonly op: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'inside' }
  | { readonly op: 'ahead'; readonly program: readonly Step[]; readonly wanted: boolean }
  | { readonly op: 'match' };

const MAX_STEPS = 4_000;
const MAX_REPEAT = 1_000;
const MAX_WORK = 20_000_000;
const MAX_DEPTH = 60;

const isDigit: Test = (c) => c >= 48 && c <= 57;
const isWord: Test = (c) => isDigit(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
const isSpace: Test = (c) => /\s/.test(String.fromCodePoint(c));
const isLineEnd: Test = (c) => c === 10 || c === 13 || c === 0x2028 || c === 0x2029;
const not =
  (test: Test): Test =>
  (c) =>
    !test(c);
const CLASSES: Readonly<Record<string, Test>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, 0: 0 };

class PatternParser {
  private readonly text: string;
  private i = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  private fail(): never {
    throw new XFormError('expression', `the pattern cannot be read: ${this.text}`, { path: this.text });
  }

  private accept(part: string): boolean {
    if (!this.text.startsWith(part, this.i)) return false;
    this.i += part.length;
    return true;
  }

  private next(): number {
    const code = this.text.codePointAt(this.i);
    if (code === undefined) this.fail();
    this.i += code > 0xffff ? 2 : 1;
    return code;
  }

  whole(): Node {
    const out = this.choice();
    if (this.i < this.text.length) this.fail();
    return out;
  }

  private choice(): Node {
    if (++this.depth > MAX_DEPTH) this.fail();
    const parts = [this.sequence()];
    while (this.accept('|')) parts.push(this.sequence());
    this.depth--;
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.i < this.text.length && this.text[this.i] !== '|' && this.text[this.i] !== ')')
      parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): Node {
    const of = this.atom();
    let min: number;
    let max: number;
    const braces = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.text.slice(this.i, this.i + 16));
    if (this.accept('*')) [min, max] = [0, Number.POSITIVE_INFINITY];
    else if (this.accept('+')) [min, max] = [1, Number.POSITIVE_INFINITY];
    else if (this.accept('?')) [min, max] = [0, 1];
    else if (braces) {
      this.i += braces[0].length;
      min = Number(braces[1]);
      max = braces[2] === undefined ? min : braces[3] ? Number(braces[3]) : Number.POSITIVE_INFINITY;
      if (min > MAX_REPEAT || (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY) || max < min) this.fail();
    } else return of;
    if (!this.accept('?')) this.accept('+');
    if (of.kind === 'edge') this.fail();
    return { kind: 'repeat', of, min, max };
  }

  private atom(): Node {
    if (this.accept('(?:')) return this.group();
    if (this.accept('(?=')) return { kind: 'ahead', of: this.group(), wanted: true };
    if (this.accept('(?!')) return { kind: 'ahead', of: this.group(), wanted: false };
    if (this.text.startsWith('(?<', this.i) && !/^\(\?<[A-Za-z_]\w*>/.test(this.text.slice(this.i, this.i + 60)))
      this.fail();
    const named = /^\(\?<[A-Za-z_]\w*>/.exec(this.text.slice(this.i, this.i + 60));
    if (named) {
      this.i += named[0].length;
      return this.group();
    }
    if (this.accept('(?')) this.fail();
    if (this.accept('(')) return this.group();
    if (this.accept('^')) return { kind: 'edge', edge: 'start' };
    if (this.accept('$')) return { kind: 'edge', edge: 'end' };
    if (this.accept('.')) return { kind: 'character', test: not(isLineEnd) };
    if (this.accept('[')) return { kind: 'character', test: this.set() };
    if (this.accept('\\b')) return { kind: 'edge', edge: 'word' };
    if (this.accept('\\B')) return { kind: 'edge', edge: 'inside' };
    if (/^[*+?]/.test(this.text.slice(this.i, this.i + 1))) this.fail();
    if (this.accept('\\')) return { kind: 'character', test: this.escape() };
    const code = this.next();
    return { kind: 'character', test: (c) => c === code };
  }

  private group(): Node {
    const inner = this.choice();
    if (!this.accept(')')) this.fail();
    return inner;
  }

  /** What stands after a backslash: a class of characters or one character. */
  private escape(): Test {
    const known = CLASSES[this.text[this.i] ?? ''];
    if (known) {
      this.i++;
      return known;
    }
    const property = /^[pP]\{[A-Za-z_=]{1,40}\}/.exec(this.text.slice(this.i, this.i + 50));
    if (property) {
      this.i += property[0].length;
      return this.property(property[0]);
    }
    const code = this.escapedCharacter();
    return (c) => c === code;
  }

  private property(source: string): Test {
    // Java writes \p{IsCyrillic} and \p{L}; the platform knows scripts by `Script=`.
    const name = source.replace(/\{Is([A-Z]\w{2,})\}/, '{Script=$1}');
    try {
      const one = new RegExp(`^\\${name}$`, 'u');
      return (c) => one.test(String.fromCodePoint(c));
    } catch {
      this.fail();
    }
  }

  private escapedCharacter(): number {
    const hex = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(this.text.slice(this.i, this.i + 5));
    if (hex) {
      this.i += hex[0].length;
      return Number.parseInt(hex[1] ?? hex[2]!, 16);
    }
    const letter = this.text[this.i] ?? '';
    if (letter in CONTROLS) {
      this.i++;
      return CONTROLS[letter]!;
    }
    // A digit would be a back-reference; other letters have no meaning that we know.
    if (/[A-Za-z1-9]/.test(letter)) this.fail();
    return this.next();
  }

  /** A bracketed set, after its opening bracket. */
  private set(): Test {
    const negative = this.accept('^');
    const tests: Test[] = [];
    let first = true;
    while (first || !this.accept(']')) {
      first = false;
      if (this.i >= this.text.length) this.fail();
      if (this.text[this.i] === ']') continue;
      const low = this.member();
      if (
        typeof low === 'number' &&
        this.text[this.i] === '-' &&
        this.text[this.i + 1] !== ']' &&
        this.i + 1 < this.text.length
      ) {
        this.i++;
        const high = this.member();
        if (typeof high !== 'number' || high < low) this.fail();
        tests.push((c) => c >= low && c <= high);
      } else tests.push(typeof low === 'number' ? (c) => c === low : low);
    }
    const any: Test = (c) => tests.some((test) => test(c));
    return negative ? not(any) : any;
  }

  private member(): number | Test {
    if (!this.accept('\\')) return this.next();
    if (this.accept('b')) return 8;
    const letter = this.text[this.i] ?? '';
    return letter in CLASSES || letter === 'p' || letter === 'P' ? this.escape() : this.escapedCharacter();
  }
}

function assemble(node: Node, out: Step[]): void {
  if (out.length > MAX_STEPS) throw new XFormError('expression', 'the pattern is too long');
  switch (node.kind) {
    case 'character':
      out.push({ op: 'character', test: node.test });
      return;
    case 'edge':
      out.push({ op: 'edge', edge: node.edge });
      return;
    case 'ahead':
      out.push({ op: 'ahead', program: programOf(node.of), wanted: node.wanted });
      return;
    case 'sequence':
      for (const part of node.parts) assemble(part, out);
      return;
    case 'choice': {
      const jumps: { op: 'split'; a: number; b: number }[] = [];
      node.parts.forEach((part, i) => {
        if (i === node.parts.length - 1) assemble(part, out);
        else {
          const split: Step = { op: 'split', a: out.length + 1, b: 0 };
          out.push(split);
          assemble(part, out);
          const jump: Step = { op: 'split', a: 0, b: 0 };
          out.push(jump);
          jumps.push(jump);
          split.b = out.length;
        }
      });
      for (const jump of jumps) jump.a = jump.b = out.length;
      return;
    }
    case 'repeat': {
      for (let i = 0; i < node.min; i++) assemble(node.of, out);
      if (node.max === Number.POSITIVE_INFINITY) {
        const split: Step = { op: 'split', a: out.length + 1, b: 0 };
        const at = out.length;
        out.push(split);
        assemble(node.of, out);
        out.push({ op: 'split', a: at, b: at });
        split.b = out.length;
        return;
      }
      const splits: { op: 'split'; a: number; b: number }[] = [];
      for (let i = node.min; i < node.max; i++) {
        const split: Step = { op: 'split', a: out.length + 1, b: 0 };
        out.push(split);
        splits.push(split);
        assemble(node.of, out);
      }
      for (const split of splits) split.b = out.length;
    }
  }
}

function programOf(node: Node): readonly Step[] {
  const out: Step[] = [];
  assemble(node, out);
  out.push({ op: 'match' });
  return out;
}

interface Budget {
  left: number;
}

/** True when the program matches from `from` (or, when `anywhere`, from a later place). */
function run(
  program: readonly Step[],
  text: readonly number[],
  from: number,
  anywhere: boolean,
  budget: Budget,
): boolean {
  const seen = new Int32Array(program.length).fill(-1);
  let matched = false;
  const atEdge = (edge: string, at: number): boolean => {
    if (edge === 'start') return at === 0;
    if (edge === 'end') return at === text.length;
    const before = at > 0 && isWord(text[at - 1]!);
    const after = at < text.length && isWord(text[at]!);
    return (before !== after) === (edge === 'word');
  };
  /** All instructions that wait for a character, reachable from one without reading any. */
  const reach = (start: number, at: number, out: number[]) => {
    const stack = [start];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      if (seen[pc] === at) continue;
      seen[pc] = at;
      if (--budget.left < 0) throw new XFormError('too-much-work', 'the pattern takes too long');
      const step = program[pc]!;
      if (step.op === 'character') out.push(pc);
      else if (step.op === 'match') matched = true;
      else if (step.op === 'split') stack.push(step.b, step.a);
      else if (
        step.op === 'edge' ? atEdge(step.edge, at) : run(step.program, text, at, false, budget) === step.wanted
      ) {
        stack.push(pc + 1);
      }
    }
  };
  let waiting: number[] = [];
  reach(0, from, waiting);
  for (let at = from; !matched && at < text.length; at++) {
    const next: number[] = [];
    const code = text[at]!;
    for (const pc of waiting) {
      const step = program[pc]!;
      if (step.op === 'character' && step.test(code)) reach(pc + 1, at + 1, next);
    }
    if (anywhere) reach(0, at + 1, next);
    else if (next.length === 0) break;
    waiting = next;
  }
  return matched;
}

/** Programs that were read, as long as they are few steps together. */
const cache = new Map<string, readonly Step[]>();
const MAX_CACHED_STEPS = 20_000;
let cachedSteps = 0;

/** Reads a pattern. Throws XFormError `expression` for one that is wrong or uses back-references or look-behind. */
export function readPattern(pattern: string): readonly Step[] {
  let program = cache.get(pattern);
  if (!program) {
    if (pattern.length > 2_000)
      throw new XFormError('expression', 'the pattern is too long', { path: pattern.slice(0, 80) });
    program = programOf(new PatternParser(pattern).whole());
    cachedSteps += program.length;
    if (cachedSteps > MAX_CACHED_STEPS) {
      cache.clear();
      cachedSteps = program.length;
    }
    cache.set(pattern, program);
  }
  return program;
}

/** True when the text has a part that fits the pattern; nothing fits a computed pattern that cannot be read. */
export function fitsPattern(text: string, pattern: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0)!);
  let program: readonly Step[];
  try {
    program = readPattern(pattern);
  } catch {
    return false;
  }
  return run(program, codes, 0, true, { left: MAX_WORK });
}
