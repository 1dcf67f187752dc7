/** What an expression looks at, found by walking it over the form's schema instead of its answers. */
import { XFormError } from './error.ts';
import { type Expression, expressionAt, type NodeDef } from './model.ts';
import { readPattern } from './regex.ts';
import { FUNCTIONS } from './xpath-functions.ts';
import { type Expr, parseXPath, type Step } from './xpath-parse.ts';
import { sharedRepeat } from './xpath-run.ts';

/** A node that is looked at, from within the same instance of `pin` (undefined: from anywhere). */
export interface Dependency {
  readonly def: NodeDef;
  readonly pin: NodeDef | undefined;
  /** Only the number and order of the repeat's instances matter. */
  readonly structural: boolean;
}

export interface Analysis {
  readonly dependencies: readonly Dependency[];
  readonly volatile: boolean;
  readonly usesLanguage: boolean;
}

/** `def` undefined is the document node. */
interface Place {
  readonly def: NodeDef | undefined;
  readonly pin: NodeDef | undefined;
}

const NODE_FUNCTIONS: ReadonlySet<string> = new Set(['instance', 'current', 'randomize', 'id', 'indexed-repeat']);
const TAKES_NODES: ReadonlySet<string> = new Set([
  'count',
  'count-non-empty',
  'position',
  'randomize',
  'name',
  'local-name',
  'namespace-uri',
]);
const VOLATILE: ReadonlySet<string> = new Set(['now', 'today', 'random', 'uuid']);

function below(def: NodeDef): NodeDef[] {
  return def.children.flatMap((child) => [child, ...below(child)]);
}

/** The schema that expressions are walked over. */
export interface Schema {
  readonly root: NodeDef;
  readonly byPath: ReadonlyMap<string, NodeDef>;
  readonly cache: Map<string, Expression>;
}

/** True for an expression whose value is a set of nodes. */
function givesNodes(expr: Expr): boolean {
  if (expr.kind === 'path' || expr.kind === 'filter') return true;
  if (expr.kind === 'binary') return expr.op === '|';
  return expr.kind === 'call' && NODE_FUNCTIONS.has(expr.name);
}

function unique(places: Place[]): Place[] {
  if (places.length < 2) return places;
  const seen = new Map<string, Place>();
  for (const place of places) seen.set(`${place.def?.index ?? ''}|${place.pin?.index ?? ''}`, place);
  return [...seen.values()];
}

class Walk implements Analysis {
  readonly dependencies: Dependency[] = [];
  volatile = false;
  usesLanguage = false;
  private readonly known = new Set<string>();
  private readonly expression: Expression;
  private readonly context: NodeDef;
  private readonly schema: Schema;

  constructor(expression: Expression, context: NodeDef, schema: Schema) {
    this.expression = expression;
    this.context = context;
    this.schema = schema;
    this.walk(expression.ast, [{ def: context, pin: context }]);
  }

  private mustGiveNodes(expr: Expr | undefined): void {
    if (!expr || givesNodes(expr)) return;
    const { source } = this.expression;
    throw new XFormError('expression', `a path is expected where a value stands in: ${source}`, { path: source });
  }

  private note(def: NodeDef, pin: NodeDef | undefined, structural: boolean): void {
    const key = `${def.index}|${pin?.index ?? ''}|${structural ? 1 : 0}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    this.dependencies.push({ def, pin, structural });
  }

  private record(places: Place[]): Place[] {
    for (const { def, pin } of places) if (def) this.note(def, pin, false);
    return places;
  }

  private advance(from: Place, { axis, test }: Step): Place[] {
    const { def, pin } = from;
    const { root } = this.schema;
    const at = (nodes: readonly NodeDef[], shared: NodeDef | undefined): Place[] => {
      const out: Place[] = [];
      for (const node of nodes) {
        if (test === '*' || test === 'node()' || node.name === test) out.push({ def: node, pin: shared });
      }
      return out;
    };
    switch (axis) {
      case 'child': {
        const named = def?.byName.get(test);
        return named ? [{ def: named, pin }] : at(def ? def.children : [root], pin);
      }
      case 'attribute':
        return at(def?.attributes ?? [], pin);
      case 'self':
        return !def || test === '*' || test === 'node()' || def.name === test ? [from] : [];
      case 'parent':
        // Leaving the instance that was shared so far: from here on only its parent is.
        return def ? [{ def: def.parent, pin: def === pin ? def.parent : pin }] : [];
      case 'descendant':
        return at(def ? below(def) : [root, ...below(root)], pin);
      case 'descendant-or-self':
        return [from, ...at(def ? below(def) : [root, ...below(root)], pin)];
      default:
        // Siblings and ancestors: rare, so taken as "anything in the form of that name".
        return at([root, ...below(root)], undefined);
    }
  }

  private follow(start: Place[], steps: readonly Step[]): Place[] {
    let places = start;
    for (const step of steps) {
      const [only] = places;
      places =
        places.length === 1 ? this.advance(only!, step) : unique(places.flatMap((place) => this.advance(place, step)));
      for (const predicate of step.predicates) this.walk(predicate, places);
    }
    return places;
  }

  private path(expr: Extract<Expr, { kind: 'path' }>, places: Place[], bound: boolean): Place[] {
    if (expr.from === '.') return this.record(this.follow(places, expr.steps));
    if (expr.from !== '/') {
      this.mustGiveNodes(expr.from);
      return this.record(this.follow(this.walk(expr.from, places, false), expr.steps));
    }
    const { context } = this;
    const shared = bound ? sharedRepeat(expr.steps, context.scope) : 0;
    let pin: NodeDef | undefined;
    if (shared > 0) {
      pin = context;
      while (pin && pin.names.length > shared) pin = pin.parent;
    }
    return this.record(this.follow([{ def: pin, pin }], shared > 0 ? expr.steps.slice(shared) : expr.steps));
  }

  private call({ name, args }: Extract<Expr, { kind: 'call' }>, places: Place[]): Place[] {
    const { context } = this;
    const shape = FUNCTIONS[name];
    const path = this.expression.source;
    if (!shape) throw new XFormError('function', `there is no function ${name}()`, { path });
    if (args.length < shape.min || args.length > shape.max) {
      throw new XFormError('arity', `${name}() does not take ${args.length} arguments`, { path });
    }
    if (TAKES_NODES.has(name)) this.mustGiveNodes(args[0]);
    // A pattern that cannot be matched is the author's to hear of, not the villager's.
    if (name === 'regex' && args[1]?.kind === 'string') readPattern(args[1].value);
    if (VOLATILE.has(name)) this.volatile = true;
    if (name === 'jr:itext' || name === 'jr:choice-name' || name.startsWith('format-date')) this.usesLanguage = true;
    if (name === 'current') return [{ def: context, pin: context }];
    if (name === 'indexed-repeat') {
      for (const [i, arg] of args.entries()) {
        if (arg.kind === 'path' && (i === 0 || i % 2 === 1)) {
          for (const { def } of this.path(arg, places, false)) if (def) this.note(def, undefined, false);
        } else this.walk(arg, places);
      }
      return [];
    }
    if (name === 'position' && args[0]) {
      for (const { def } of this.walk(args[0], places)) if (def) this.note(def, def.parent, true);
      return [];
    }
    if (name === 'jr:choice-name' && args[1]?.kind === 'string') this.choiceName(args[1].value, places);
    let first: Place[] | undefined;
    for (const arg of args) {
      const result = this.walk(arg, places);
      first ??= result;
    }
    return name === 'randomize' ? (first ?? []) : [];
  }

  /** The label of a choice depends on the list that the question offers. */
  private choiceName(text: string, places: Place[]): void {
    for (const { def } of this.walk(parseXPath(text), places)) {
      const itemset = def?.control?.itemset;
      if (!def || !itemset) continue;
      const list = expressionAt(this.schema.cache, itemset.nodeset.source, def.scope);
      for (const item of analyse(list, def, this.schema).dependencies) this.note(item.def, undefined, item.structural);
    }
  }

  /** Notes all that the expression looks at; gives the places that it leads to when it is a path. */
  private walk(expr: Expr, places: Place[], keep = true): Place[] {
    switch (expr.kind) {
      case 'path':
        return this.path(expr, places, true);
      case 'filter': {
        this.mustGiveNodes(expr.of);
        const inner = this.walk(expr.of, places, keep);
        for (const predicate of expr.predicates) this.walk(predicate, inner);
        return inner;
      }
      case 'negate':
        this.walk(expr.of, places);
        return [];
      case 'binary': {
        if (expr.op === '|') for (const side of [expr.left, expr.right]) this.mustGiveNodes(side);
        const left = this.walk(expr.left, places);
        const right = this.walk(expr.right, places);
        return expr.op === '|' ? [...left, ...right] : [];
      }
      case 'call': {
        const result = this.call(expr, places);
        return keep ? this.record(result) : result;
      }
      default:
        return [];
    }
  }
}

/** Walks an expression from the node that it is evaluated for. Throws XFormError `function` or `arity`. */
export function analyse(expression: Expression, context: NodeDef, schema: Schema): Analysis {
  return new Walk(expression, context, schema);
}

/** Repeats that a dependency crosses: it looks at all of their instances, not only at its own. */
export function crossed({ def, pin }: Dependency): NodeDef[] {
  const out: NodeDef[] = [];
  for (let at: NodeDef | undefined = def; at && at !== pin; at = at.parent) if (at.isRepeat) out.push(at);
  return out;
}
