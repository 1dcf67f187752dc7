import type { Place, Report } from './diagnostics.ts';
import { type Reference, referencesIn } from './references.ts';
import { descendants, type FormNode, repeatsAround } from './tree.ts';
import { surroundingsAt } from './xpath/scan.ts';

/** From where a reference is read. */
export interface Standpoint {
  readonly node: FormNode;
  /** Levels below the node: the label of a repeat's entity stands three below the repeat. */
  readonly below?: number;
  /** The expression is a filter on choices, where ".." has to start from the question. */
  readonly choiceFilter?: boolean;
  /** The repeat, or group in a repeat, whose turns are the choices; its questions are read from the turn considered. */
  readonly rowsOf?: FormNode | undefined;
}

export interface Resolver {
  /** Puts paths in the place of all references; reports those that lead nowhere or to more than one place. */
  substitute(expression: string, from: Standpoint, place: Place): string;
  /** The one node of that name, or undefined with a report. */
  find(name: string, place: Place): FormNode | undefined;
  /** The node of that name without a report. */
  peek(name: string): FormNode | undefined;
  /** Path of a node as seen from another. */
  path(target: FormNode, from: Standpoint): string;
  /** Whether any ${last-saved#…} was resolved. */
  readonly usesLastSaved: boolean;
}

/** Most references in one form: ten thousand questions in five languages with three each. */
const MOST_REFERENCES = 150_000;

export const LAST_SAVED = '__last-saved';

/** `beside` are nodes of the record that no row of the survey made; a question of the same name goes first. */
export function createResolver(root: FormNode, beside: readonly FormNode[], report: Report): Resolver {
  const byName = new Map<string, FormNode[]>();
  for (const node of descendants(root)) {
    const same = byName.get(node.name);
    if (same) same.push(node);
    else byName.set(node.name, [node]);
  }
  for (const node of beside) if (!byName.has(node.name)) byName.set(node.name, [node]);
  let usesLastSaved = false;
  let sought = 0;

  const find = (name: string, place: Place): FormNode | undefined => {
    sought += 1;
    if (sought > MOST_REFERENCES) {
      if (sought === MOST_REFERENCES + 1) {
        report.error('FORM_TOO_MANY_REFERENCES', place, { params: { references: String(MOST_REFERENCES) } });
      }
      return undefined;
    }
    const found = byName.get(name);
    if (!found) {
      report.error('PYREF_003', place, { value: name, among: byName.keys() });
      return undefined;
    }
    if (found.length > 1) {
      const rows = found.map((node) => node.row.row).join(', ');
      report.error('PYREF_004', place, { value: name, params: { rows } });
      return undefined;
    }
    return found[0];
  };

  const pathOf = (reference: Reference, from: Standpoint, place: Place, inFilter: boolean, full: boolean): string => {
    const target = find(reference.name, place);
    if (!target) return reference.name;
    if (reference.lastSaved) {
      usesLastSaved = true;
      return `instance('${LAST_SAVED}')${target.path}`;
    }
    const turn = from.rowsOf && pathInTurn(target, from.rowsOf);
    if (turn !== undefined) return turn;
    if (full) return target.path;
    const path = viewFrom(target, from);
    return path.startsWith('..') && (inFilter || from.choiceFilter) ? `current()/${path}` : path;
  };

  return {
    find,
    peek: (name) => byName.get(name)?.[0],
    path: viewFrom,
    substitute(expression, from, place) {
      if (sought > MOST_REFERENCES) return expression;
      const references = referencesIn(expression);
      if (references.length === 0) return expression;
      const around = surroundingsAt(
        expression,
        references.map(({ start }) => start),
      );
      let result = '';
      let last = 0;
      references.forEach((reference, index) => {
        const { inInstanceFilter, indexedRepeatTarget } = around[index]!;
        const path = pathOf(reference, from, place, inInstanceFilter, indexedRepeatTarget);
        result += `${expression.slice(last, reference.start)} ${path} `;
        last = reference.end;
      });
      return result + expression.slice(last);
    },
    get usesLastSaved() {
      return usesLastSaved;
    },
  };
}

/** Path of a node from the turn of a repeat that is being considered; undefined when it is not in that repeat. */
function pathInTurn(target: FormNode, holder: FormNode): string | undefined {
  let up = '.';
  for (let at: FormNode | undefined = holder; at; at = at.parent) {
    if (target.path.startsWith(`${at.path}/`)) return `${up}/${target.path.slice(at.path.length + 1)}`;
    if (at.kind === 'repeat') return undefined;
    up = up === '.' ? '..' : `${up}/..`;
  }
  return undefined;
}

/**
 * Path of a node from a standpoint: relative where both stand in the same repeat, so that each turn of the repeat
 * reads its own answers; absolute otherwise.
 */
function viewFrom(target: FormNode, from: Standpoint): string {
  const here = repeatsAround(from.node);
  if (from.below && from.node.kind === 'repeat') here.push(from.node);
  const there = repeatsAround(target);
  const ownRepeat = target.kind === 'repeat' && from.rowsOf === target && here.includes(target);
  const shared = here.length > 0 && there[0] === here[0];
  if (!shared && !ownRepeat) return target.path;
  const fromSteps = from.node.path.split('/').slice(1);
  for (let i = 0; i < (from.below ?? 0); i++) fromSteps.push('');
  const toSteps = target.path.split('/').slice(1);
  const most = Math.min(fromSteps.length, toSteps.length) - 1;
  let common = 0;
  while (common < most && fromSteps[common] === toSteps[common]) common += 1;
  return '../'.repeat(fromSteps.length - common) + toSteps.slice(common).join('/');
}
