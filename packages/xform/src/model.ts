/** A parsed form, as the engine works on it. Built once by parse-form.ts and never changed by an open form. */
import type { ControlType, DataType } from './types.ts';
import type { XmlElement } from './xml.ts';
import { compileXPath } from './xpath-compile.ts';
import { type Expr, parseXPath } from './xpath-parse.ts';
import type { Code, Scope } from './xpath-run.ts';

/** An expression at its place in the form. Compiled when first run. */
export class Expression {
  readonly source: string;
  readonly ast: Expr;
  readonly scope: Scope;
  private compiled: Code | undefined;

  constructor(source: string, ast: Expr, scope: Scope) {
    this.source = source;
    this.ast = ast;
    this.scope = scope;
  }

  get code(): Code {
    this.compiled ??= compileXPath(this.ast, this.scope);
    return this.compiled;
  }
}

/** A piece of a label: fixed text, or the source of an `<output>`. */
export type TextPart = string | { readonly output: string };

/** Where a label's text comes from: written in place, or an itext id, or an expression that gives the id. */
export interface TextSource {
  readonly parts?: readonly TextPart[];
  readonly id?: string;
  readonly idFrom?: Expression;
}

export interface Bind {
  type: DataType;
  relevant?: Expression;
  calculate?: Expression;
  required?: Expression;
  readonly?: Expression;
  constraint?: Expression;
  requiredMessage?: TextSource;
  constraintMessage?: TextSource;
  preload?: string;
  preloadParams: string;
  saveto?: string;
  parameters: Record<string, string>;
}

/** Something that is computed when what it depends on changes. Vertices run in the order of their number. */
export interface Vertex {
  readonly kind: 'relevant' | 'calculate' | 'count' | 'filter';
  /** The node whose instances it is computed for (for `count`: the parent of the repeat). */
  readonly def: NodeDef;
  readonly expression: Expression;
  /** For `count`. */
  readonly repeat?: NodeDef;
  order: number;
  /** The value may differ at every run (now, random, uuid): kept when a saved instance is opened. */
  readonly volatile: boolean;
  readonly usesLanguage: boolean;
}

/** "When this node changes, that is to be computed anew": for all its nodes under the changed node's ancestor `pin` (undefined: all). */
export interface Edge<To> {
  readonly to: To;
  readonly pin: NodeDef | undefined;
}

/** A node of the instance's schema: all instances of a repeat share one. */
export interface NodeDef {
  readonly index: number;
  readonly kind: number;
  readonly name: string;
  /** Name with prefix, as it is written. */
  readonly qname: string;
  readonly ns: string;
  readonly path: string;
  readonly names: readonly string[];
  readonly parent: NodeDef | undefined;
  readonly children: NodeDef[];
  readonly byName: Map<string, NodeDef>;
  readonly attributes: NodeDef[];
  /** Text of the node in a new instance. */
  value: string;
  isRepeat: boolean;
  /** What a new instance of the repeat is made of. */
  template: XmlElement | undefined;
  /** Made only when the instance names it (deprecatedID). */
  optional: boolean;
  scope: Scope;
  bind: Bind;
  control: ControlDef | undefined;
  repeatBody: RepeatDef | undefined;
  relevant: Vertex | undefined;
  calculate: Vertex | undefined;
  filter: Vertex | undefined;
  count: Vertex | undefined;
  /** Dependents on the value or relevance of a node. */
  readonly edges: Edge<Vertex>[];
  /** Dependents on which instances there are (for repeats). */
  readonly structure: Edge<Vertex>[];
  /** Nodes whose labels, choices or states are to be looked at again. */
  readonly viewEdges: Edge<NodeDef>[];
  readonly viewStructure: Edge<NodeDef>[];
  readonly valueChanged: Action[];
  readonly newRepeat: Action[];
}

export interface Action {
  readonly kind: 'setvalue' | 'setgeopoint' | 'recordaudio';
  readonly events: readonly string[];
  readonly target: NodeDef;
  readonly value: Expression | string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface BodyBase {
  readonly index: number;
  /** The node whose instance gives the context of expressions. */
  readonly context: NodeDef;
  readonly label: TextSource | undefined;
  readonly hint: TextSource | undefined;
  readonly appearance: readonly string[];
  readonly at: number;
}

export interface GroupDef extends BodyBase {
  readonly kind: 'group';
  /** False for a group that has no node of its own. */
  readonly bound: boolean;
  readonly children: readonly BodyDef[];
}

export interface RepeatDef extends BodyBase {
  readonly kind: 'repeat';
  readonly children: readonly BodyDef[];
  readonly count: Expression | undefined;
  readonly fixed: boolean;
}

export interface ItemsetDef {
  readonly nodeset: Expression;
  readonly value: string;
  /** Child that holds the label, or with `translated` the itext id. */
  readonly label: string;
  readonly translated: boolean;
}

export interface ControlDef extends BodyBase {
  readonly kind: 'control';
  readonly control: ControlType;
  readonly parameters: Readonly<Record<string, string>>;
  readonly itemset: ItemsetDef | undefined;
  readonly items: readonly { readonly value: string; readonly label: TextSource | undefined }[];
  readonly tags: readonly { readonly key: string; readonly label: TextSource | undefined }[];
}

export type BodyDef = GroupDef | RepeatDef | ControlDef;

export interface Translation {
  readonly language: string;
  readonly texts: ReadonlyMap<string, XmlElement>;
}

export interface Model {
  readonly root: NodeDef;
  readonly rootElement: XmlElement;
  readonly nodes: readonly NodeDef[];
  readonly byPath: ReadonlyMap<string, NodeDef>;
  readonly body: readonly BodyDef[];
  readonly vertices: readonly Vertex[];
  readonly actions: readonly Action[];
  readonly translations: readonly Translation[];
  readonly internal: ReadonlyMap<string, XmlElement>;
  readonly external: ReadonlyMap<string, string>;
  /** Namespaces to declare on a written instance: prefix → address. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly instanceId: NodeDef;
  readonly deprecatedId: NodeDef;
  readonly instanceName: NodeDef | undefined;
  readonly expressions: Map<string, Expression>;
}

/** The expression at a place, parsed once. Expressions outside of repeats share one closure whatever their place. */
export function expressionAt(cache: Map<string, Expression>, source: string, scope: Scope): Expression {
  const placed = scope.repeats.length > 0 || source.includes('indexed-repeat');
  const key = placed ? `${scope.path.join('/')}\u0000${source}` : source;
  let found = cache.get(key);
  if (!found) {
    found = new Expression(source, cache.get(source)?.ast ?? parseXPath(source), scope);
    cache.set(key, found);
  }
  return found;
}
