/** What an expression looks at, found by walking it over the form's schema instead of its answers. */
import { XFormError } from './error.ts';
import { type Expression, expressionAt, type NodeDef } from './model.ts';
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

const VOLATILE: ReadonlySet<string> = new Set(['now', 'today', 'random', 'uuid']);

function below(def: NodeDef): NodeDef[] {
  return def.children.flatMap((child) => [child, ...below(child)]);
}

/** Walks an expression from the node that it is evaluated for. Throws XFormError `function` or `arity`. */
export function analyse(
  expression: Expression,
  context: NodeDef,
  root: NodeDef,
  byPath: ReadonlyMap<string, NodeDef>,
  cache: Map<string, Expression>,
): Analysis {
  const found = new Map<string, Dependency>();
  let volatile = false;
  let usesLanguage = false;

  const note = (def: NodeDef, pin: NodeDef | undefined, structural: boolean) => {
    const key = `${def.index}|${pin?.index ?? ''}|${structural ? 1 : 0}`;
    if (!found.has(key)) found.set(key, { def, pin, structural });
  };
  const unique = (places: Place[]): Place[] => {
    if (places.length < 2) return places;
    const seen = new Map<string, Place>();
    for (const place of places) seen.set(`${place.def?.index ?? ''}|${place.pin?.index ?? ''}`, place);
    return [...seen.values()];
  };
  const up = ({ def, pin }: Place): Place | undefined => {
    if (!def) return undefined;
    // Leaving the instance that was shared so far: from here on only its parent is.
    const parent = def.parent;
    return { def: parent, pin: def === pin ? parent : pin };
  };
  const advance = (from: Place, step: Step): Place[] => {
    const { def, pin } = from;
    const fits = (node: NodeDef) => step.test === '*' || step.test === 'node()' || node.name === step.test;
    const children = def ? def.children : [root];
    switch (step.axis) {
      case 'child': {
        const named = def ? def.byName.get(step.test) : undefined;
        return (named ? [named] : children.filter(fits)).map((node) => ({ def: node, pin }));
      }
      case 'attribute':
        return (def?.attributes ?? []).filter(fits).map((node) => ({ def: node, pin }));
      case 'self':
        return !def || fits(def) ? [from] : [];
      case 'parent': {
        const parent = up(from);
        return parent ? [parent] : [];
      }
      case 'descendant':
      case 'descendant-or-self': {
        const all = def ? below(def) : [root, ...below(root)];
        const places = all.filter(fits).map((node) => ({ def: node, pin }));
        return step.axis === 'descendant' ? places : [from, ...places];
      }
      default: {
        // Siblings and ancestors: rare, so taken as "anything in the form of that name".
        return [root, ...below(root)].filter(fits).map((node) => ({ def: node, pin: undefined }));
      }
    }
  };
  const follow = (start: Place[], steps: readonly Step[]): Place[] => {
    let places = start;
    for (const step of steps) {
      places = unique(places.flatMap((place) => advance(place, step)));
      for (const predicate of step.predicates) walk(predicate, places);
    }
    return places;
  };
  const record = (places: Place[]) => {
    for (const { def, pin } of places) if (def) note(def, pin, false);
    return places;
  };
  const path = (expr: Extract<Expr, { kind: 'path' }>, places: Place[], bound: boolean): Place[] => {
    if (expr.from === '.') return record(follow(places, expr.steps));
    if (expr.from !== '/') {
      const start = walk(expr.from, places, false);
      return record(follow(start, expr.steps));
    }
    const shared = bound ? sharedRepeat(expr.steps, context.scope) : 0;
    let pin: NodeDef | undefined;
    if (shared > 0) {
      pin = context;
      while (pin && pin.names.length > shared) pin = pin.parent;
    }
    return record(follow([{ def: pin, pin }], expr.steps.slice(shared)));
  };
  const call = (expr: Extract<Expr, { kind: 'call' }>, places: Place[]): Place[] => {
    const { name, args } = expr;
    const shape = FUNCTIONS[name];
    if (!shape) throw new XFormError('function', `there is no function ${name}()`, { path: expression.source });
    if (args.length < shape.min || args.length > shape.max) {
      throw new XFormError('arity', `${name}() does not take ${args.length} arguments`, { path: expression.source });
    }
    if (VOLATILE.has(name)) volatile = true;
    if (name === 'jr:itext' || name === 'jr:choice-name' || name.startsWith('format-date')) usesLanguage = true;
    if (name === 'current') return [{ def: context, pin: context }];
    if (name === 'indexed-repeat') {
      args.forEach((arg, i) => {
        if (arg.kind === 'path' && (i === 0 || i % 2 === 1)) {
          for (const { def } of path(arg, places, false)) if (def) note(def, undefined, false);
        } else walk(arg, places);
      });
      return [];
    }
    if (name === 'position' && args[0]) {
      for (const { def } of walk(args[0], places)) if (def) note(def, def.parent, true);
      return [];
    }
    if (name === 'jr:choice-name' && args[1]?.kind === 'string') choiceName(args[1].value, places);
    const results = args.map((arg) => walk(arg, places));
    return name === 'randomize' ? (results[0] ?? []) : [];
  };
  const choiceName = (text: string, places: Place[]) => {
    for (const { def } of walk(parseXPath(text), places)) {
      const itemset = def?.control?.itemset;
      if (!def || !itemset) continue;
      const inside = analyse(expressionAt(cache, itemset.nodeset.source, def.scope), def, root, byPath, cache);
      for (const item of inside.dependencies) note(item.def, undefined, item.structural);
    }
  };
  /** Notes all that the expression looks at; gives the places that it leads to when it is a path. */
  function walk(expr: Expr, places: Place[], keep = true): Place[] {
    switch (expr.kind) {
      case 'path':
        return path(expr, places, true);
      case 'filter': {
        const inner = walk(expr.of, places, keep);
        for (const predicate of expr.predicates) walk(predicate, inner);
        return inner;
      }
      case 'negate':
        walk(expr.of, places);
        return [];
      case 'binary': {
        const left = walk(expr.left, places);
        const right = walk(expr.right, places);
        return expr.op === '|' ? [...left, ...right] : [];
      }
      case 'call': {
        const result = call(expr, places);
        return keep ? record(result) : result;
      }
      default:
        return [];
    }
  }

  walk(expression.ast, [{ def: context, pin: context }]);
  return { dependencies: [...found.values()], volatile, usesLanguage };
}

/** Repeats that a dependency crosses: it looks at all of their instances, not only at its own. */
export function crossed({ def, pin }: Dependency): NodeDef[] {
  const out: NodeDef[] = [];
  for (let at: NodeDef | undefined = def; at && at !== pin; at = at.parent) if (at.isRepeat) out.push(at);
  return out;
}
