/** Whether an answer is accepted: its type, its place in the list, its range, its constraint; and whether it is asked for. */
import { choiceValues } from './choices.ts';
import type { LiveNode } from './live.ts';
import type { ControlDef, Expression, Model } from './model.ts';
import type { IssueKind } from './types.ts';
import { hasType } from './types-of-values.ts';
import { toBoolean } from './values.ts';
import { type Environment, evaluateCode } from './xpath-run.ts';

/** What a check needs to know around the node. `misses` counts lists that are not there: what needs one is not judged. */
export interface Judge {
  readonly model: Model;
  readonly env: Environment;
  misses(): number;
}

/** The truth of a condition at a node, or undefined when it needs a list that is not there. */
export function truthAt(judge: Judge, expression: Expression, node: LiveNode): boolean | undefined {
  const before = judge.misses();
  const truth = toBoolean(evaluateCode(expression.code, judge.env, node));
  return judge.misses() > before ? undefined : truth;
}

export function isRequired(judge: Judge, node: LiveNode): boolean {
  const { required } = node.def.bind;
  return required !== undefined && truthAt(judge, required, node) === true;
}

export function isReadonly(judge: Judge, node: LiveNode): boolean {
  for (let at: LiveNode | undefined = node; at; at = at.up) {
    const { readonly } = at.def.bind;
    if (readonly && truthAt(judge, readonly, at) === true) return true;
  }
  return false;
}

function isOffered(judge: Judge, control: ControlDef, node: LiveNode): boolean {
  if (control.control !== 'select1' && control.control !== 'select' && control.control !== 'rank') return true;
  if (control.appearance.some((word) => word.startsWith('search('))) return true;
  const before = judge.misses();
  const offered = choiceValues(control, judge.model, judge.env, node);
  if (judge.misses() > before) return true;
  const given = control.control === 'select1' ? [node.text] : node.text.split(/\s+/).filter((value) => value !== '');
  if (control.control === 'rank' && new Set(given).size !== given.length) return false;
  return given.every((value) => offered.has(value));
}

function isInRange(control: ControlDef, value: string): boolean {
  if (control.control !== 'range') return true;
  const number = Number(value);
  const [start, end] = [Number(control.parameters.start ?? Number.NaN), Number(control.parameters.end ?? Number.NaN)];
  if (Number.isNaN(start) || Number.isNaN(end)) return true;
  return number >= Math.min(start, end) && number <= Math.max(start, end);
}

/** The first thing that is wrong with a node's answer; undefined when nothing is or the node is not relevant. */
export function wrongWith(judge: Judge, node: LiveNode, control: ControlDef | undefined): IssueKind | undefined {
  if (!node.relevant) return undefined;
  const { bind } = node.def;
  if (node.text === '') return control && isRequired(judge, node) ? 'required' : undefined;
  if (!hasType(node.text, bind.type)) return 'type';
  if (!control) return undefined;
  if (!isOffered(judge, control, node)) return 'choice';
  if (!isInRange(control, node.text)) return 'constraint';
  return bind.constraint && truthAt(judge, bind.constraint, node) === false ? 'constraint' : undefined;
}
