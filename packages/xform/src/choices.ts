/** The answers that a select offers. */
import type { LiveNode } from './live.ts';
import { type ControlDef, expressionAt, type Model } from './model.ts';
import { type ItextReader, NO_MEDIA, showText } from './texts.ts';
import type { TreeNode } from './tree.ts';
import type { Choice } from './types.ts';
import { toText } from './values.ts';
import { asNodes, type Environment, evaluateCode } from './xpath-run.ts';

const SIMPLE = /^[^\s/@.[\]()]+$/;
const ITEM_SCOPE = { path: [], repeats: [] };

function part(item: TreeNode, ref: string, model: Model, env: Environment): string {
  if (SIMPLE.test(ref)) return item.named(ref)[0]?.string ?? '';
  return ref === '' ? '' : toText(evaluateCode(expressionAt(model.expressions, ref, ITEM_SCOPE).code, env, item));
}

function items(control: ControlDef, env: Environment, node: LiveNode): readonly TreeNode[] {
  const nodeset = control.itemset!.nodeset;
  return asNodes(evaluateCode(nodeset.code, env, node));
}

/** Only the values, for checking an answer. */
export function choiceValues(control: ControlDef, model: Model, env: Environment, node: LiveNode): Set<string> {
  const { itemset } = control;
  if (!itemset) return new Set(control.items.map((item) => item.value));
  return new Set(items(control, env, node).map((item) => part(item, itemset.value, model, env)));
}

class ListChoice implements Choice {
  readonly value: string;
  private readonly item: TreeNode;
  private readonly show: (item: TreeNode) => { text: string; media: Choice['media'] };
  private shown: { text: string; media: Choice['media'] } | undefined;

  constructor(value: string, item: TreeNode, show: ListChoice['show']) {
    this.value = value;
    this.item = item;
    this.show = show;
  }

  private get text() {
    this.shown ??= this.show(this.item);
    return this.shown;
  }

  get label(): string {
    return this.text.text;
  }

  get media() {
    return this.text.media;
  }

  get properties(): Record<string, string> {
    const out: Record<string, string> = {};
    for (const child of this.item.children) out[child.name] = child.string;
    return out;
  }
}

/** The choices of a control at a node; labels are made when they are read. */
export function choicesAt(
  control: ControlDef,
  model: Model,
  itext: ItextReader,
  env: Environment,
  node: LiveNode,
): Choice[] {
  const { itemset } = control;
  const { scope } = node.def;
  if (!itemset) {
    return control.items.map((item) => {
      const { text, media } = showText(item.label, model, itext, env, node, scope);
      return { value: item.value, label: text, media, properties: {} };
    });
  }
  const show = (item: TreeNode) => {
    const label = part(item, itemset.label, model, env);
    return itemset.translated
      ? showText({ id: label }, model, itext, env, node, scope)
      : { text: label, media: NO_MEDIA };
  };
  return items(control, env, node).map((item) => new ListChoice(part(item, itemset.value, model, env), item, show));
}
