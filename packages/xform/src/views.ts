/** The tree of what is shown, made on demand over the live instance. */

import { isReadonly, isRequired, wrongWith } from './check.ts';
import { choicesAt } from './choices.ts';
import type { Machine } from './compute.ts';
import { type LiveNode, refOf } from './live.ts';
import type { BodyDef, ControlDef, GroupDef, NodeDef, RepeatDef, TextSource } from './model.ts';
import { type ItextReader, NO_TEXT, type ShownText, showText } from './texts.ts';
import type { Choice, ControlNode, FormNode, Issue, Media } from './types.ts';
import { toBoolean } from './values.ts';
import { evaluateCode } from './xpath-run.ts';

/** What views need of the open form. */
export interface Stage {
  readonly machine: Machine;
  readonly itext: ItextReader;
  /** Counts language changes. */
  readonly epoch: number;
  nextId(): number;
}

/** One shown node. All four kinds share it; which getters mean something depends on `kind`. */
export class View {
  readonly id: number;
  readonly kind: FormNode['kind'];
  readonly name: string;
  readonly parent: FormNode | undefined;
  /** Node that gives the context: of a repeat list, the node around its instances. */
  readonly node: LiveNode;
  readonly body: BodyDef | undefined;
  protected readonly stage: Stage;
  private cache: Map<string, unknown> = new Map();
  private seen = -1;
  private seenStage = -1;

  constructor(
    stage: Stage,
    kind: FormNode['kind'],
    node: LiveNode,
    body: BodyDef | undefined,
    parent: View | undefined,
  ) {
    this.stage = stage;
    this.id = stage.nextId();
    this.kind = kind;
    this.node = node;
    this.body = body;
    this.parent = parent as unknown as FormNode | undefined;
    const bound = body?.kind !== 'group' || body.bound;
    this.name = kind === 'repeat' ? body!.context.name : bound ? node.name : '';
  }

  /** A computed value, kept until the node may show something else. */
  protected keep<T>(key: string, make: () => T): T {
    if (this.seen !== this.node.epoch || this.seenStage !== this.stage.epoch) {
      this.cache = new Map();
      this.seen = this.node.epoch;
      this.seenStage = this.stage.epoch;
    }
    if (!this.cache.has(key)) this.cache.set(key, make());
    return this.cache.get(key) as T;
  }

  protected text(key: string, source: TextSource | undefined): ShownText {
    if (!source) return NO_TEXT;
    const { machine, itext } = this.stage;
    const { scope } = this.node.def;
    return this.keep(key, () => showText(source, machine.model, itext, machine.env, this.node, scope));
  }

  get ref(): string {
    const own = refOf(this.node);
    if (this.kind === 'repeat') return `${own}/${this.name}`;
    return this.name === '' ? `${own}/#${this.body!.index}` : own;
  }

  get appearance(): readonly string[] {
    return this.body?.appearance ?? [];
  }

  get label(): string {
    return this.text('label', this.body?.label).text;
  }

  get media(): Media {
    return this.text('label', this.body?.label).media;
  }

  get hint(): string {
    return this.text('hint', this.body?.hint).text;
  }

  get guidance(): string {
    return this.text('hint', this.body?.hint).guidance;
  }

  get relevant(): boolean {
    return this.node.relevant;
  }

  get readonly(): boolean {
    return this.keep('readonly', () => isReadonly(this.stage.machine, this.node));
  }
}

/** A group, a repeat instance, or the root. */
export class GroupView extends View {
  private made: readonly View[] | undefined;

  get children(): readonly View[] {
    this.made ??= this.bodies.map((body) => viewOf(this.stage, body, this));
    return this.made;
  }

  private get bodies(): readonly BodyDef[] {
    if (!this.body) return this.stage.machine.model.body;
    return (this.body as GroupDef | RepeatDef).children;
  }

  get position(): number {
    const { node } = this;
    return (node.up?.named(node.name).indexOf(node) ?? 0) + 1;
  }
}

export class RepeatView extends View {
  get def(): NodeDef {
    return this.body!.context;
  }

  get children(): readonly View[] {
    const { def, stage, body } = this;
    return this.node.named(def.name).map((node) => {
      const live = node as LiveNode;
      live.views ??= new Map();
      const known = live.views.get(body!.index) as View | undefined;
      if (known) return known;
      const made = new GroupView(stage, 'repeatInstance', live, body, this);
      live.views.set(body!.index, made);
      return made;
    });
  }

  get counted(): boolean {
    return (this.body as RepeatDef).count !== undefined;
  }

  get canAdd(): boolean {
    const body = this.body as RepeatDef;
    return !body.count && !body.fixed && !this.readonly;
  }

  get canRemove(): boolean {
    return this.canAdd && this.node.named(this.def.name).length > 0;
  }

  override get relevant(): boolean {
    if (!this.node.relevant) return false;
    const instances = this.node.named(this.def.name);
    if (instances.length > 0) return instances.some((instance) => instance.relevant);
    const { relevant } = this.def.bind;
    if (!relevant) return true;
    // Without an instance the condition is asked of one that might come.
    const { env } = this.stage.machine;
    return toBoolean(evaluateCode(relevant.code, env, phantom(this.def, this.node)));
  }
}

function phantom(def: NodeDef, parent: LiveNode): LiveNode {
  const Live = parent.constructor as new (def: NodeDef, parent: LiveNode, text: string) => LiveNode;
  return new Live(def, parent, '');
}

export class ControlView extends View implements ControlNode {
  declare readonly kind: 'control';

  private get def(): ControlDef {
    return this.body as ControlDef;
  }

  get control() {
    return this.def.control;
  }

  get dataType() {
    return this.node.def.bind.type;
  }

  get parameters() {
    return this.def.parameters;
  }

  get value(): string {
    return this.node.text;
  }

  get required(): boolean {
    return this.keep('required', () => isRequired(this.stage.machine, this.node));
  }

  get requiredMessage(): string {
    return this.text('requiredMessage', this.node.def.bind.requiredMessage).text;
  }

  get constraintMessage(): string {
    return this.text('constraintMessage', this.node.def.bind.constraintMessage).text;
  }

  get issue(): Issue | undefined {
    const kind = this.keep('issue', () => wrongWith(this.stage.machine, this.node, this.def));
    if (!kind) return undefined;
    const message = kind === 'required' ? this.requiredMessage : kind === 'constraint' ? this.constraintMessage : '';
    return { ref: this.ref, label: this.label, kind, message };
  }

  get valid(): boolean {
    return this.issue === undefined;
  }

  get choices(): readonly Choice[] {
    if (!this.def.itemset && this.def.items.length === 0) return [];
    const { machine, itext } = this.stage;
    return this.keep('choices', () => choicesAt(this.def, machine.model, itext, machine.env, this.node));
  }

  get tags() {
    return this.def.tags.map((tag, i) => ({ key: tag.key, label: this.text(`tag${i}`, tag.label).text }));
  }
}

/** The live node of a definition under a node around it. */
function inside(node: LiveNode, def: NodeDef): LiveNode | undefined {
  const chain: NodeDef[] = [];
  for (let at: NodeDef | undefined = def; at && at !== node.def; at = at.parent) chain.unshift(at);
  let found: LiveNode | undefined = node;
  for (const step of chain) found = found?.named(step.name)[0] as LiveNode | undefined;
  return found;
}

/** The view of a body element within another; made once. */
export function viewOf(stage: Stage, body: BodyDef, parent: View): View {
  const { node } = parent;
  const target = body.kind === 'repeat' ? body.context.parent! : body.context;
  const live = (body.kind === 'group' && !body.bound ? node : inside(node, target)) ?? node;
  live.views ??= new Map();
  // A repeat's list and its instances share a body element; the list's place is below zero.
  const key = body.kind === 'repeat' ? -body.index : body.index;
  const known = live.views.get(key) as View | undefined;
  if (known) return known;
  const made =
    body.kind === 'control'
      ? new ControlView(stage, 'control', live, body, parent)
      : body.kind === 'repeat'
        ? new RepeatView(stage, 'repeat', live, body, parent)
        : new GroupView(stage, 'group', live, body, parent);
  live.views.set(key, made);
  return made;
}

/** Visits a view and all below it, in the order of the form; `enter` false leaves a part out. */
export function eachView(view: View, visit: (view: View) => boolean): void {
  if (!visit(view)) return;
  if (view instanceof GroupView || view instanceof RepeatView)
    for (const child of view.children) eachView(child, visit);
}
