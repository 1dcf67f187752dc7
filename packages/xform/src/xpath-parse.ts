/** XPath 1.0 text → syntax tree. */
import { XFormError } from './error.ts';

export type Axis =
  | 'child'
  | 'parent'
  | 'self'
  | 'attribute'
  | 'descendant'
  | 'descendant-or-self'
  | 'ancestor'
  | 'ancestor-or-self'
  | 'following-sibling'
  | 'preceding-sibling'
  | 'following'
  | 'preceding';

export interface Step {
  readonly axis: Axis;
  /** A local name, `*`, or `node()`, `text()`, `comment()`, `processing-instruction()`. */
  readonly test: string;
  readonly predicates: readonly Expr[];
}

export type Operator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod' | '|';

export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'negate'; readonly of: Expr }
  | { readonly kind: 'binary'; readonly op: Operator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] }
  /** `from` is '/' for an absolute path, '.' for a relative one, or the expression that the path continues. */
  | { readonly kind: 'path'; readonly from: '/' | '.' | Expr; readonly steps: readonly Step[] }
  | { readonly kind: 'filter'; readonly of: Expr; readonly predicates: readonly Expr[] };

type Token = { kind: 'number' | 'string' | 'name' | 'op' | 'end'; text: string; at: number };

const AXES: ReadonlySet<string> = new Set<Axis>([
  'child',
  'parent',
  'self',
  'attribute',
  'descendant',
  'descendant-or-self',
  'ancestor',
  'ancestor-or-self',
  'following-sibling',
  'preceding-sibling',
  'following',
  'preceding',
]);
const NODE_TYPES: ReadonlySet<string> = new Set(['node', 'text', 'comment', 'processing-instruction']);
const WORD_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'div', 'mod', '*']);
const LEVELS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];
const MAX_LENGTH = 200_000;
const MAX_DEPTH = 150;
/** Operators in one row (`a + b + …`) and steps in one path: both are walked by recursion. */
const MAX_CHAIN = 1_000;

const TOKEN =
  /[ \t\r\n\u00A0]+|(\d+(?:\.\d*)?|\.\d+)|("[^"]*"|'[^']*')|([\p{L}_][\p{L}\p{M}\p{N}_.\-\u00B7]*(?::(?!:)(?:\*|[\p{L}_][\p{L}\p{M}\p{N}_.\-\u00B7]*))?)|(::|\/\/|\.\.|!=|<=|>=|[/()[\].@,|+\-=<>*])/uy;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new XFormError('expression', `unexpected character at ${at + 1} in: ${text}`, { path: text });
    if (found[1] !== undefined) tokens.push({ kind: 'number', text: found[1], at });
    else if (found[2] !== undefined) tokens.push({ kind: 'string', text: found[2].slice(1, -1), at });
    else if (found[3] !== undefined) tokens.push({ kind: 'name', text: found[3], at });
    else if (found[4] !== undefined) tokens.push({ kind: 'op', text: found[4], at });
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}

/** The name without its prefix, as steps compare it. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const NO_PREDICATES: readonly Expr[] = [];
const ANYWHERE: Step = { axis: 'descendant-or-self', test: 'node()', predicates: NO_PREDICATES };
const STEP_STARTS: ReadonlySet<string> = new Set(['.', '..', '@', '*']);

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private i = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  private get token(): Token {
    return this.tokens[this.i]!;
  }

  private fail(): never {
    const { token, text } = this;
    const what =
      token.kind === 'end' ? 'the expression ends too early' : `unexpected "${token.text}" at ${token.at + 1}`;
    throw new XFormError('expression', `${what} in: ${text}`, { path: text });
  }

  private is(op: string): boolean {
    const { token } = this;
    return token.kind === 'op' && token.text === op;
  }

  private accept(op: string): boolean {
    if (!this.is(op)) return false;
    this.i++;
    return true;
  }

  private expect(op: string): void {
    if (!this.accept(op)) this.fail();
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) {
      throw new XFormError('expression', 'the expression is nested too deeply', { path: this.text });
    }
  }

  private link(length: number): void {
    if (length > MAX_CHAIN)
      throw new XFormError('expression', 'the expression is too long', { path: this.text.slice(0, 200) });
  }

  /** An expression inside brackets. */
  private inner(): Expr {
    this.enter();
    const out = this.binary(0);
    this.depth--;
    return out;
  }

  /** An operator of these at this place; a word is one only where an operator can stand, which is where this is asked. */
  private operator(ops: readonly string[]): Operator | undefined {
    const { token } = this;
    const could = token.kind === 'op' || (token.kind === 'name' && WORD_OPERATORS.has(token.text));
    return could && ops.includes(token.text) ? (token.text as Operator) : undefined;
  }

  private binary(level: number): Expr {
    const ops = LEVELS[level];
    if (!ops) return this.unary();
    let left = this.binary(level + 1);
    let length = 0;
    for (let op = this.operator(ops); op; op = this.operator(ops)) {
      this.i++;
      this.link(++length);
      left = { kind: 'binary', op, left, right: this.binary(level + 1) };
    }
    return left;
  }

  private unary(): Expr {
    if (this.accept('-')) {
      this.enter();
      const of = this.unary();
      this.depth--;
      return { kind: 'negate', of };
    }
    let left = this.path();
    let length = 0;
    while (this.accept('|')) {
      this.link(++length);
      left = { kind: 'binary', op: '|', left, right: this.path() };
    }
    return left;
  }

  private predicates(): readonly Expr[] {
    if (!this.is('[')) return NO_PREDICATES;
    const out: Expr[] = [];
    while (this.accept('[')) {
      out.push(this.inner());
      this.expect(']');
    }
    return out;
  }

  private step(): Step {
    if (this.accept('.')) return { axis: 'self', test: 'node()', predicates: this.predicates() };
    if (this.accept('..')) return { axis: 'parent', test: 'node()', predicates: this.predicates() };
    let axis: Axis = 'child';
    const after = this.tokens[this.i + 1];
    if (this.accept('@')) axis = 'attribute';
    else if (this.token.kind === 'name' && after?.kind === 'op' && after.text === '::') {
      if (!AXES.has(this.token.text)) this.fail();
      axis = this.token.text as Axis;
      this.i += 2;
    }
    if (this.accept('*')) return { axis, test: '*', predicates: this.predicates() };
    const { token } = this;
    if (token.kind !== 'name') this.fail();
    this.i++;
    if (NODE_TYPES.has(token.text) && this.is('(')) {
      this.i++;
      if (token.text === 'processing-instruction' && this.token.kind === 'string') this.i++;
      this.expect(')');
      return { axis, test: `${token.text}()`, predicates: this.predicates() };
    }
    return { axis, test: localName(token.text), predicates: this.predicates() };
  }

  private steps(first?: Step): Step[] {
    const out = first ? [first] : [];
    out.push(this.step());
    for (;;) {
      if (this.accept('//')) out.push(ANYWHERE);
      else if (!this.accept('/')) return out;
      this.link(out.length);
      out.push(this.step());
    }
  }

  private call(): Expr {
    const name = this.token.text;
    this.i += 2;
    const args: Expr[] = [];
    if (!this.accept(')')) {
      do args.push(this.inner());
      while (this.accept(','));
      this.expect(')');
    }
    return { kind: 'call', name, args };
  }

  private primary(): Expr | undefined {
    const { token } = this;
    if (token.kind === 'number') {
      this.i++;
      return { kind: 'number', value: Number(token.text) };
    }
    if (token.kind === 'string') {
      this.i++;
      return { kind: 'string', value: token.text };
    }
    if (this.accept('(')) {
      const inner = this.inner();
      this.expect(')');
      return inner;
    }
    const next = this.tokens[this.i + 1];
    const isCall = token.kind === 'name' && next?.kind === 'op' && next.text === '(' && !NODE_TYPES.has(token.text);
    return isCall ? this.call() : undefined;
  }

  private path(): Expr {
    if (this.accept('//')) return { kind: 'path', from: '/', steps: this.steps(ANYWHERE) };
    if (this.accept('/')) {
      const { token } = this;
      const goesOn = token.kind === 'name' || (token.kind === 'op' && STEP_STARTS.has(token.text));
      return { kind: 'path', from: '/', steps: goesOn ? this.steps() : [] };
    }
    let start = this.primary();
    if (!start) return { kind: 'path', from: '.', steps: this.steps() };
    const filters = this.predicates();
    if (filters.length > 0) start = { kind: 'filter', of: start, predicates: filters };
    if (this.accept('//')) return { kind: 'path', from: start, steps: this.steps(ANYWHERE) };
    return this.accept('/') ? { kind: 'path', from: start, steps: this.steps() } : start;
  }

  whole(): Expr {
    const out = this.binary(0);
    if (this.token.kind !== 'end') this.fail();
    return out;
  }
}

/** Parses one expression. Throws XFormError `expression` with the expression as path. */
export function parseXPath(text: string): Expr {
  if (text.length > MAX_LENGTH) throw new XFormError('expression', 'the expression is too long');
  return new Parser(text).whole();
}
