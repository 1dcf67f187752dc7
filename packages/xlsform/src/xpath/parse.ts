import { arityOf } from './functions.ts';

/** What is wrong with an expression, by message code, with the piece of it that shows where. */
export interface XPathFault {
  readonly code: 'XPATH_SYNTAX' | 'XPATH_FUNCTION' | 'XPATH_ARITY' | 'XPATH_TOO_DEEP';
  readonly value: string;
  readonly params: Record<string, string>;
}

/** What an expression uses. */
export interface XPathUse {
  readonly faults: readonly XPathFault[];
  /** Names given to instance('…') and pulldata('…'). */
  readonly instances: readonly string[];
}

interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'reference' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s+|("[^"]*"|'[^']*')|(\d+(?:\.\d*)?|\.\d+)|(\$\{[^}]*\})|([\p{L}_][\p{L}\p{M}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{M}\p{N}_.-]*)?)|(::|\/\/|\.\.|!=|<=|>=|[-+*/|=<>()[\],.@:$])/uy;

/** Deeper nesting than this is an attack, not a form. */
const MOST_DEPTH = 200;

class Fault extends Error {
  readonly fault: XPathFault;
  constructor(fault: XPathFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/**
 * Parses an XPath 1.0 expression as it stands in a workbook, where ${name} may stand for any path. Never throws;
 * what is wrong comes back as faults: at most one of syntax, and all unknown functions and wrong argument counts.
 */
export function parseXPath(expression: string): XPathUse {
  const faults: XPathFault[] = [];
  const instances: string[] = [];
  try {
    const tokens = tokenize(expression);
    new Grammar(expression, tokens, faults, instances).whole();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    faults.push(error.fault);
  }
  return { faults, instances };
}

function syntax(expression: string, at: number): Fault {
  const rest = expression.slice(at, at + 24);
  return new Fault({ code: 'XPATH_SYNTAX', value: expression, params: { near: rest === '' ? '…' : rest } });
}

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (!match) throw syntax(expression, at);
    const [, text, number, reference, name, sign] = match;
    if (text !== undefined) tokens.push({ kind: 'text', text, at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (reference !== undefined) tokens.push({ kind: 'reference', text: reference, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
  }
  tokens.push({ kind: 'end', text: '', at: expression.length });
  return tokens;
}

const OPERATORS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];
const NODE_TESTS = new Set(['text', 'node', 'comment', 'processing-instruction']);
const AXES = new Set(
  'ancestor ancestor-or-self attribute child descendant descendant-or-self following following-sibling namespace parent preceding preceding-sibling self'.split(
    ' ',
  ),
);

class Grammar {
  private next = 0;
  private depth = 0;
  private readonly expression: string;
  private readonly tokens: readonly Token[];
  private readonly faults: XPathFault[];
  private readonly instances: string[];

  constructor(expression: string, tokens: readonly Token[], faults: XPathFault[], instances: string[]) {
    this.expression = expression;
    this.tokens = tokens;
    this.faults = faults;
    this.instances = instances;
  }

  whole(): void {
    this.binary(0);
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  private peek(): Token {
    return this.tokens[this.next]!;
  }

  private is(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === 'sign' || token.kind === 'name');
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.next += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw this.unexpected();
  }

  private unexpected(): Fault {
    return syntax(this.expression, this.peek().at);
  }

  private binary(level: number): void {
    const operators = OPERATORS[level];
    if (!operators) {
      this.unary();
      return;
    }
    this.binary(level + 1);
    while (operators.some((operator) => this.take(operator))) this.binary(level + 1);
  }

  private unary(): void {
    while (this.take('-'));
    this.path();
    while (this.take('|')) this.path();
  }

  /** A location path, or a value with filters and a path after it. */
  private path(): void {
    this.depth += 1;
    if (this.depth > MOST_DEPTH) {
      throw new Fault({ code: 'XPATH_TOO_DEEP', value: this.expression.slice(0, 80), params: {} });
    }
    if (this.startsValue()) {
      this.value();
      this.filters();
      if (this.take('/') || this.take('//')) this.steps();
    } else if (this.take('/')) {
      if (this.startsStep()) this.steps();
    } else {
      this.take('//');
      this.steps();
    }
    this.depth -= 1;
  }

  private startsValue(): boolean {
    const { kind, text } = this.peek();
    if (kind === 'text' || kind === 'number' || kind === 'reference' || text === '(') return true;
    return kind === 'name' && this.tokens[this.next + 1]!.text === '(' && !NODE_TESTS.has(text);
  }

  private value(): void {
    const { kind } = this.peek();
    if (kind === 'name') this.call();
    else if (this.take('(')) {
      this.binary(0);
      this.expect(')');
    } else this.next += 1;
  }

  private call(): void {
    const name = this.peek().text;
    const start = this.peek().at;
    this.next += 2;
    const first = this.peek();
    let count = 0;
    if (!this.take(')')) {
      do {
        this.binary(0);
        count += 1;
      } while (this.take(','));
      this.expect(')');
    }
    if ((name === 'instance' || name === 'pulldata') && first.kind === 'text') {
      this.instances.push(first.text.slice(1, -1));
    }
    const arity = arityOf(name);
    const value = this.expression.slice(start, this.tokens[this.next - 1]!.at + 1);
    if (!arity) this.faults.push({ code: 'XPATH_FUNCTION', value: name, params: { name } });
    else if (count < arity[0] || count > arity[1]) {
      const most = arity[1] === Number.POSITIVE_INFINITY ? '…' : String(arity[1]);
      const wanted = arity[0] === arity[1] ? String(arity[0]) : `${arity[0]}–${most}`;
      this.faults.push({ code: 'XPATH_ARITY', value, params: { name, wanted, count: String(count) } });
    }
  }

  private filters(): void {
    while (this.take('[')) {
      this.binary(0);
      this.expect(']');
    }
  }

  private startsStep(): boolean {
    const { kind, text } = this.peek();
    return kind === 'name' || kind === 'reference' || text === '.' || text === '..' || text === '*' || text === '@';
  }

  private steps(): void {
    do this.step();
    while (this.take('/') || this.take('//'));
  }

  private step(): void {
    if (this.take('.') || this.take('..')) {
      this.filters();
      return;
    }
    this.take('@');
    const { kind, text } = this.peek();
    if (kind === 'name' && AXES.has(text) && this.tokens[this.next + 1]!.text === '::') this.next += 2;
    const test = this.peek();
    if (test.kind !== 'name' && test.kind !== 'reference' && test.text !== '*') throw this.unexpected();
    this.next += 1;
    if (test.kind === 'name' && NODE_TESTS.has(test.text) && this.take('(')) this.expect(')');
    else if (test.kind === 'name' && this.take(':')) this.expect('*');
    this.filters();
  }
}
