/** What is shared by the compiler of expressions and its functions: the run of an expression and its surroundings. */
import type { Zone } from './dates.ts';
import { XFormError } from './error.ts';
import type { TreeNode } from './tree.ts';
import { toText, type Value } from './values.ts';
import type { Expr, Step } from './xpath-parse.ts';

/** What expressions may ask of the form around them. */
export interface Environment {
  readonly zone: Zone;
  readonly language: string;
  readonly version: string;
  now(): number;
  uuid(): string;
  random(): number;
  /** Document node of a secondary instance, or undefined. */
  instance(id: string): TreeNode | undefined;
  itext(id: string, node: TreeNode): string;
  choiceName(value: string, path: string, node: TreeNode): string;
  property(name: string): string;
  /** A seed that stays the same for this node as long as the instance lives. */
  seed(node: TreeNode): number;
}

/** One evaluation: where it began, and how much work it may still do. */
export interface Run {
  readonly env: Environment;
  readonly current: TreeNode;
  fuel: number;
}

export interface Code {
  (run: Run, node: TreeNode, position: number, size: number): Value;
  /** For plain paths: the first node, without making a list. */
  first?: (run: Run, node: TreeNode) => TreeNode | undefined;
}

/** The place of an expression: names of its context path, and which prefixes of that path are repeats (by their length). */
export interface Scope {
  readonly path: readonly string[];
  readonly repeats: readonly number[];
}

/** Nodes that one expression may visit. */
const FUEL = 1_000_000;

/** Nodes that may be visited in all, before a form is called too heavy. */
export interface Allowance {
  fuel: number;
}

export const EMPTY: readonly TreeNode[] = [];

export function spend(run: Run, amount: number): void {
  run.fuel -= amount;
  if (run.fuel < 0) throw new XFormError('too-much-work', 'the expression visits too many nodes');
}

export function asNodes(value: Value): readonly TreeNode[] {
  if (typeof value === 'object') return value;
  throw new XFormError('evaluation', 'a path is expected where a value stands');
}

/** Text of an expression's value, by the short way for plain paths. */
export function textCode(code: Code): (run: Run, node: TreeNode, position: number, size: number) => string {
  const { first } = code;
  if (first) return (run, node) => first(run, node)?.string ?? '';
  return (run, node, position, size) => toText(code(run, node, position, size));
}

/** The value of an expression at a node. `allowance` limits many evaluations together. */
export function evaluateCode(code: Code, env: Environment, node: TreeNode, allowance?: Allowance): Value {
  const fuel = Math.min(FUEL, allowance?.fuel ?? FUEL);
  const run: Run = { env, current: node, fuel };
  const value = code(run, node, 1, 1);
  if (allowance) allowance.fuel -= fuel - run.fuel;
  return value;
}

/** Items of a list by the text of their child: one table per list and child, made when first asked for. */
export function tableOf(parent: TreeNode, test: string, child: string): Map<string, TreeNode[]> {
  const key = `${test}/${child}`;
  parent.lookups ??= new Map();
  let table = parent.lookups.get(key);
  if (!table) {
    table = new Map();
    for (const item of parent.named(test)) {
      for (const part of item.named(child)) {
        const found = table.get(part.string);
        if (!found) table.set(part.string, [item]);
        else if (found[found.length - 1] !== item) found.push(item);
      }
    }
    parent.lookups.set(key, table);
  }
  return table;
}

/** Length of the deepest repeat that both the context and an absolute path lie strictly inside; 0 when there is none. */
export function sharedRepeat(steps: readonly Step[], scope: Scope): number {
  let common = 0;
  while (
    common < steps.length - 1 &&
    common < scope.path.length &&
    steps[common]!.axis === 'child' &&
    steps[common]!.test === scope.path[common] &&
    steps[common]!.predicates.length === 0
  ) {
    common++;
  }
  let shared = 0;
  for (const length of scope.repeats) if (length <= common && length > shared) shared = length;
  return shared;
}

/** A relative path of plain steps as an absolute one, so that it can be read without its own repeat instance. */
export function absolute(expr: Expr, scope: Scope): Expr {
  if (expr.kind !== 'path' || expr.from !== '.') return expr;
  const names = scope.path.map((name): Step => ({ axis: 'child', test: name, predicates: [] }));
  for (const step of expr.steps) {
    if (step.axis === 'parent') names.pop();
    else if (step.axis !== 'self') names.push(step);
  }
  return { kind: 'path', from: '/', steps: names };
}
