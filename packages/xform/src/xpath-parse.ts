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

/** Parses one expression. Throws XFormError `expression` with the expression as path. */
export function parseXPath(text: string): Expr {
  if (text.length > MAX_LENGTH) throw new XFormError('expression', 'the expression is too long');
  const tokens = tokenize(text);
  let i = 0;
  let depth = 0;

  const peek = () => tokens[i]!;
  const fail = (): never => {
    const token = peek();
    const what =
      token.kind === 'end' ? 'the expression ends too early' : `unexpected "${token.text}" at ${token.at + 1}`;
    throw new XFormError('expression', `${what} in: ${text}`, { path: text });
  };
  const isOp = (op: string) => peek().kind === 'op' && peek().text === op;
  const accept = (op: string) => isOp(op) && ++i > 0;
  const expect = (op: string) => {
    if (!accept(op)) fail();
  };
  const deeper = <T>(read: () => T): T => {
    if (++depth > MAX_DEPTH) throw new XFormError('expression', 'the expression is nested too deeply', { path: text });
    const out = read();
    depth--;
    return out;
  };

  /** An operator at this place: a word counts as one only where an operator can stand, which is where this is called. */
  const operatorIn = (ops: readonly string[]): Operator | undefined => {
    const token = peek();
    const could = token.kind === 'op' || (token.kind === 'name' && WORD_OPERATORS.has(token.text));
    return could && ops.includes(token.text) ? (token.text as Operator) : undefined;
  };

  const binary = (level: number): Expr => {
    const ops = LEVELS[level];
    if (!ops) return unary();
    let left = binary(level + 1);
    for (let op = operatorIn(ops); op; op = operatorIn(ops)) {
      i++;
      left = { kind: 'binary', op, left, right: binary(level + 1) };
    }
    return left;
  };

  const unary = (): Expr => {
    if (accept('-')) return deeper(() => ({ kind: 'negate', of: unary() }));
    let left = path();
    while (accept('|')) left = { kind: 'binary', op: '|', left, right: path() };
    return left;
  };

  const predicates = (): Expr[] => {
    const out: Expr[] = [];
    while (accept('[')) {
      out.push(deeper(() => binary(0)));
      expect(']');
    }
    return out;
  };

  const step = (): Step => {
    if (accept('.')) return { axis: 'self', test: 'node()', predicates: predicates() };
    if (accept('..')) return { axis: 'parent', test: 'node()', predicates: predicates() };
    let axis: Axis = 'child';
    if (accept('@')) axis = 'attribute';
    else if (peek().kind === 'name' && tokens[i + 1]!.text === '::' && tokens[i + 1]!.kind === 'op') {
      if (!AXES.has(peek().text)) fail();
      axis = peek().text as Axis;
      i += 2;
    }
    if (accept('*')) return { axis, test: '*', predicates: predicates() };
    const token = peek();
    if (token.kind !== 'name') fail();
    i++;
    if (NODE_TYPES.has(token.text) && isOp('(')) {
      i++;
      if (token.text === 'processing-instruction' && peek().kind === 'string') i++;
      expect(')');
      return { axis, test: `${token.text}()`, predicates: predicates() };
    }
    return { axis, test: localName(token.text), predicates: predicates() };
  };

  const startsStep = () => {
    const token = peek();
    return token.kind === 'name' || (token.kind === 'op' && ['.', '..', '@', '*'].includes(token.text));
  };

  const steps = (): Step[] => {
    const out = [step()];
    for (;;) {
      if (accept('//')) out.push({ axis: 'descendant-or-self', test: 'node()', predicates: [] });
      else if (!accept('/')) return out;
      out.push(step());
    }
  };

  const call = (): Expr => {
    const name = peek().text;
    i += 2;
    const args: Expr[] = [];
    if (!accept(')')) {
      do args.push(deeper(() => binary(0)));
      while (accept(','));
      expect(')');
    }
    return { kind: 'call', name, args };
  };

  const primary = (): Expr | undefined => {
    const token = peek();
    if (token.kind === 'number') {
      i++;
      return { kind: 'number', value: Number(token.text) };
    }
    if (token.kind === 'string') {
      i++;
      return { kind: 'string', value: token.text };
    }
    if (accept('(')) {
      const inner = deeper(() => binary(0));
      expect(')');
      return inner;
    }
    const next = tokens[i + 1];
    const isCall = token.kind === 'name' && next?.kind === 'op' && next.text === '(' && !NODE_TYPES.has(token.text);
    return isCall ? call() : undefined;
  };

  const path = (): Expr => {
    if (accept('//')) {
      return {
        kind: 'path',
        from: '/',
        steps: [{ axis: 'descendant-or-self', test: 'node()', predicates: [] }, ...steps()],
      };
    }
    if (accept('/')) return { kind: 'path', from: '/', steps: startsStep() ? steps() : [] };
    let start = primary();
    if (!start) return { kind: 'path', from: '.', steps: steps() };
    const filters = predicates();
    if (filters.length) start = { kind: 'filter', of: start, predicates: filters };
    if (accept('//')) {
      return {
        kind: 'path',
        from: start,
        steps: [{ axis: 'descendant-or-self', test: 'node()', predicates: [] }, ...steps()],
      };
    }
    return accept('/') ? { kind: 'path', from: start, steps: steps() } : start;
  };

  const result = binary(0);
  if (peek().kind !== 'end') fail();
  return result;
}
