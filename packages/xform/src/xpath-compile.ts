/** Syntax tree → closures. An expression is compiled once per place in the form and run for each of its nodes. */
import { XFormError } from './error.ts';
import { ATTRIBUTE, compareOrder, ELEMENT, TEXT, TreeNode } from './tree.ts';
import { type Comparison, compare, toBoolean, toNumber, toText } from './values.ts';
import { FUNCTIONS } from './xpath-functions.ts';
import type { Axis, Expr, Step } from './xpath-parse.ts';
import { asNodes, type Code, EMPTY, type Run, type Scope, sharedRepeat, spend, tableOf } from './xpath-run.ts';

/** Shorter lists are searched, longer ones get a table. */
const LOOKUP_FROM = 16;
const NOWHERE: Scope = { path: [], repeats: [] };

function matches(test: string, node: TreeNode, axis: Axis): boolean {
  if (test === 'node()') return true;
  if (test === 'text()') return node.kind === TEXT;
  if (node.kind !== (axis === 'attribute' ? ATTRIBUTE : ELEMENT)) return false;
  return test === '*' || node.name === test;
}

function descendants(node: TreeNode, out: TreeNode[]): void {
  for (const child of node.children) {
    out.push(child);
    descendants(child, out);
  }
}

/** Nodes along an axis in that axis' own order. */
function along(axis: Axis, node: TreeNode): readonly TreeNode[] {
  const out: TreeNode[] = [];
  switch (axis) {
    case 'child':
      return node.children;
    case 'attribute':
      return node.attributes;
    case 'self':
      return [node];
    case 'parent':
      return node.parent ? [node.parent] : EMPTY;
    case 'descendant-or-self':
      out.push(node);
      descendants(node, out);
      return out;
    case 'descendant':
      descendants(node, out);
      return out;
    case 'ancestor-or-self':
    case 'ancestor':
      for (let at = axis === 'ancestor' ? node.parent : node; at; at = at.parent) out.push(at);
      return out;
    case 'following-sibling':
    case 'preceding-sibling': {
      const siblings = node.kind === ELEMENT && node.parent ? node.parent.children : EMPTY;
      const at = siblings.indexOf(node);
      return axis === 'following-sibling' ? siblings.slice(at + 1) : siblings.slice(0, Math.max(at, 0)).reverse();
    }
    default: {
      for (let at: TreeNode = node; at.parent; at = at.parent) {
        const siblings = at.parent.children;
        const index = siblings.indexOf(at);
        const others =
          axis === 'following' ? siblings.slice(index + 1) : siblings.slice(0, Math.max(index, 0)).reverse();
        for (const other of others) {
          const inside: TreeNode[] = [other];
          descendants(other, inside);
          out.push(...(axis === 'following' ? inside : inside.reverse()));
        }
      }
      return out;
    }
  }
}

/** True when the value is the same whichever item of a list is looked at. */
function isIndependent(expr: Expr): boolean {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return true;
    case 'negate':
      return isIndependent(expr.of);
    case 'binary':
      return isIndependent(expr.left) && isIndependent(expr.right);
    case 'path':
      return expr.from === '/' || (expr.from !== '.' && isIndependent(expr.from));
    case 'filter':
      return isIndependent(expr.of);
    case 'call':
      if (expr.name === 'current' || expr.name === 'instance') return true;
      return expr.args.length > 0 && expr.name !== 'once' && expr.args.every(isIndependent);
  }
}

function usesPosition(expr: Expr): boolean {
  switch (expr.kind) {
    case 'call':
      return (
        (expr.args.length === 0 && (expr.name === 'position' || expr.name === 'last')) || expr.args.some(usesPosition)
      );
    case 'negate':
      return usesPosition(expr.of);
    case 'binary':
      return usesPosition(expr.left) || usesPosition(expr.right);
    default:
      return false;
  }
}

/** A condition `name = value` inside a predicate that a table can answer. */
interface Lookup {
  readonly child: string;
  readonly value: Code;
}

function lookupOf(predicate: Expr, scope: Scope): Lookup | undefined {
  if (predicate.kind !== 'binary') return undefined;
  if (predicate.op === 'and') {
    if (usesPosition(predicate)) return undefined;
    return lookupOf(predicate.left, scope) ?? lookupOf(predicate.right, scope);
  }
  if (predicate.op !== '=') return undefined;
  for (const [name, value] of [
    [predicate.left, predicate.right],
    [predicate.right, predicate.left],
  ] as const) {
    if (name.kind !== 'path' || name.from !== '.' || !isIndependent(value)) continue;
    const steps =
      name.steps[0]?.axis === 'self' && name.steps[0].predicates.length === 0 ? name.steps.slice(1) : name.steps;
    const [step] = steps;
    if (steps.length === 1 && step!.axis === 'child' && step!.predicates.length === 0 && /^[^*(]+$/.test(step!.test)) {
      return { child: step!.test, value: compileIn(value, scope) };
    }
  }
  return undefined;
}

type StepCode = (run: Run, from: readonly TreeNode[]) => readonly TreeNode[];

function compileStep(step: Step, scope: Scope): StepCode {
  const { axis, test } = step;
  const predicates = step.predicates.map((predicate) => compileIn(predicate, scope));
  const named = axis === 'child' && /^[^*(]+$/.test(test);
  const lookup = named && step.predicates[0] ? lookupOf(step.predicates[0], scope) : undefined;
  const reverse = axis.startsWith('preceding') || axis.startsWith('ancestor');

  const candidates = (run: Run, node: TreeNode): readonly TreeNode[] => {
    if (named) {
      const all = node.named(test);
      if (!lookup || all.length < LOOKUP_FROM || node.lookups === null) {
        spend(run, all.length);
        return all;
      }
      const wanted = lookup.value(run, node, 1, 1);
      const key =
        typeof wanted === 'string'
          ? wanted
          : typeof wanted === 'object' && wanted.length < 2
            ? toText(wanted)
            : undefined;
      if (key === undefined) {
        spend(run, all.length);
        return all;
      }
      if (typeof wanted === 'object' && wanted.length === 0) return EMPTY;
      return tableOf(node, test, lookup.child).get(key) ?? EMPTY;
    }
    if (test === 'text()' && axis === 'child') {
      return node.text === '' ? EMPTY : [new TreeNode(TEXT, '', node, node.text)];
    }
    const all = along(axis, node);
    spend(run, all.length + 1);
    return axis === 'self' && test === 'node()' ? all : all.filter((item) => matches(test, item, axis));
  };

  return (run, from) => {
    if (from.length === 1 && predicates.length === 0 && !reverse) return candidates(run, from[0]!);
    const out: TreeNode[] = [];
    for (const node of from) {
      let kept = candidates(run, node);
      for (const predicate of predicates) kept = filterNodes(run, kept, predicate);
      for (const item of kept) out.push(item);
    }
    if (from.length > 1 && axis !== 'child' && axis !== 'attribute' && axis !== 'self') return inOrder(out);
    return reverse ? out.reverse() : out;
  };
}

function inOrder(nodes: TreeNode[]): TreeNode[] {
  return [...new Set(nodes)].sort(compareOrder);
}

function filterNodes(run: Run, nodes: readonly TreeNode[], predicate: Code): TreeNode[] {
  const out: TreeNode[] = [];
  const size = nodes.length;
  spend(run, size);
  for (let i = 0; i < size; i++) {
    const value = predicate(run, nodes[i]!, i + 1, size);
    if (typeof value === 'number' ? value === i + 1 : toBoolean(value)) out.push(nodes[i]!);
  }
  return out;
}

function compilePath(expr: Extract<Expr, { kind: 'path' }>, scope: Scope): Code {
  let { steps } = expr;
  let start: (run: Run, node: TreeNode) => readonly TreeNode[];
  let begin: ((run: Run, node: TreeNode) => TreeNode | undefined) | undefined;
  if (expr.from === '/') {
    // Inside a repeat an absolute path means "of this same instance": an ODK rule, not XPath's.
    const shared = sharedRepeat(steps, scope);
    if (shared > 0) {
      const climb = scope.path.length - shared;
      steps = steps.slice(shared);
      begin = (run) => {
        let node: TreeNode | undefined = run.current;
        for (let i = 0; i < climb && node; i++) node = node.parent;
        return node;
      };
    } else begin = (run) => run.current.document;
  } else if (expr.from === '.') begin = (_, node) => node;
  if (begin) {
    const one = begin;
    start = (run, node) => {
      const found = one(run, node);
      return found ? [found] : EMPTY;
    };
  } else {
    const inner = compileIn(expr.from as Expr, scope);
    start = (run, node) => asNodes(inner(run, node, 1, 1));
  }

  const last = steps[steps.length - 1];
  const hides = last !== undefined && last.axis !== 'self' && last.axis !== 'parent';
  const codes = steps.map((step) => compileStep(step, scope));
  const code: Code = (run, node) => {
    let nodes = start(run, node);
    for (const step of codes) {
      if (nodes.length === 0) return EMPTY;
      nodes = step(run, nodes);
    }
    return hides ? visible(nodes) : nodes;
  };
  const plain = steps.every(
    (step) =>
      step.predicates.length === 0 &&
      ((step.axis === 'child' && /^[^*(]+$/.test(step.test)) ||
        (step.test === 'node()' && (step.axis === 'parent' || step.axis === 'self'))),
  );
  if (begin && plain) {
    const one = begin;
    code.first = (run, node) => {
      const from = one(run, node);
      return from && walkFirst(from, steps, 0);
    };
  }
  return code;
}

/**
 * What is not asked is not there: it does not count, and it is no part of a list. A single question stays as a node
 * whose text is '', so that "equals ''" is true of it.
 */
function visible(nodes: readonly TreeNode[]): readonly TreeNode[] {
  if (nodes.length === 1) return nodes[0]!.relevant || nodes[0]!.children.length === 0 ? nodes : EMPTY;
  return nodes.some((item) => !item.relevant) ? nodes.filter((item) => item.relevant) : nodes;
}

/** The first visible node of a plain path. */
function walkFirst(node: TreeNode, steps: readonly Step[], at: number): TreeNode | undefined {
  const step = steps[at];
  if (!step) return node.relevant ? node : undefined;
  if (step.axis === 'self') return walkFirst(node, steps, at + 1);
  if (step.axis === 'parent') return node.parent && walkFirst(node.parent, steps, at + 1);
  for (const child of node.named(step.test)) {
    const found = walkFirst(child, steps, at + 1);
    if (found) return found;
  }
  return undefined;
}

function compileBinary(expr: Extract<Expr, { kind: 'binary' }>, scope: Scope): Code {
  const { op } = expr;
  const left = compileIn(expr.left, scope);
  const right = compileIn(expr.right, scope);
  switch (op) {
    case 'or':
      return (r, n, p, s) => toBoolean(left(r, n, p, s)) || toBoolean(right(r, n, p, s));
    case 'and':
      return (r, n, p, s) => toBoolean(left(r, n, p, s)) && toBoolean(right(r, n, p, s));
    case '|':
      return (r, n, p, s) => inOrder([...asNodes(left(r, n, p, s)), ...asNodes(right(r, n, p, s))]);
    case '+':
    case '-':
    case '*':
    case 'div':
    case 'mod':
      return (r, n, p, s) => {
        const a = toNumber(left(r, n, p, s), r.env.zone);
        const b = toNumber(right(r, n, p, s), r.env.zone);
        return op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : op === 'div' ? a / b : a % b;
      };
    default: {
      const comparison: Comparison = op;
      return (r, n, p, s) => {
        const x = left(r, n, p, s);
        const y = right(r, n, p, s);
        if (typeof x === 'object') spend(r, x.length);
        if (typeof y === 'object') spend(r, y.length);
        return compare(comparison, x, y, r.env.zone);
      };
    }
  }
}

function compileIn(expr: Expr, scope: Scope): Code {
  switch (expr.kind) {
    case 'number':
    case 'string': {
      const { value } = expr;
      return () => value;
    }
    case 'negate': {
      const of = compileIn(expr.of, scope);
      return (r, n, p, s) => -toNumber(of(r, n, p, s), r.env.zone);
    }
    case 'binary':
      return compileBinary(expr, scope);
    case 'path':
      return compilePath(expr, scope);
    case 'filter': {
      const of = compileIn(expr.of, scope);
      const predicates = expr.predicates.map((predicate) => compileIn(predicate, scope));
      return (r, n, p, s) => {
        let nodes = asNodes(of(r, n, p, s));
        for (const predicate of predicates) nodes = filterNodes(r, nodes, predicate);
        return nodes;
      };
    }
    case 'call': {
      const known = FUNCTIONS[expr.name];
      if (!known) {
        throw new XFormError('function', `there is no function ${expr.name}()`, { path: expr.name });
      }
      if (expr.args.length < known.min || expr.args.length > known.max) {
        throw new XFormError('arity', `${expr.name}() does not take ${expr.args.length} arguments`, {
          path: expr.name,
        });
      }
      return known.compile(
        expr.args.map((arg) => compileIn(arg, scope)),
        expr.args,
        scope,
      );
    }
  }
}

/** Compiles an expression for its place. Throws XFormError `function` or `arity`. */
export function compileXPath(expr: Expr, scope: Scope = NOWHERE): Code {
  return compileIn(expr, scope);
}
