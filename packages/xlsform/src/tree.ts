import type { TableRow } from './table.ts';
import type { QuestionType, SelectCell } from './types.ts';

/** A node of the form: the form itself, a group, a repeat, or a question. */
export interface FormNode {
  readonly kind: 'form' | 'group' | 'repeat' | 'question';
  readonly name: string;
  readonly parent: FormNode | undefined;
  readonly children: FormNode[];
  /** Path in the primary instance, "/data/household/name". */
  readonly path: string;
  /** Row of the survey sheet that it comes from. */
  readonly row: TableRow;
  readonly type: QuestionType | undefined;
  readonly select: SelectCell | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  /** Made by the compiler, not by a row of its own. */
  readonly generated: boolean;
  /** Attributes of the bind and the control that a type's parameters bring. */
  readonly bind: Record<string, string>;
  readonly control: Record<string, string>;
  /** jr:count of a repeat, as the author's expression: one reference. */
  repeatCount: string | undefined;
}

/** The repeats that a node stands in, outermost first, without the node itself. */
export function repeatsAround(node: FormNode): FormNode[] {
  const repeats: FormNode[] = [];
  for (let at = node.parent; at; at = at.parent) if (at.kind === 'repeat') repeats.unshift(at);
  return repeats;
}

/** Every node below, in the order of the form. */
export function* descendants(node: FormNode): Generator<FormNode> {
  for (const child of node.children) {
    yield child;
    yield* descendants(child);
  }
}

/** Steps from the form down to the node, itself included. */
export function lineage(node: FormNode): FormNode[] {
  const line: FormNode[] = [];
  for (let at: FormNode | undefined = node; at; at = at.parent) line.unshift(at);
  return line;
}
