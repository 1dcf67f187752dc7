import type { Place, Report } from './diagnostics.ts';
import type { EntityDeclaration } from './entities.ts';
import { isName, referencesIn } from './references.ts';
import { plain } from './table.ts';
import { descendants, type FormNode, lineage, repeatsAround } from './tree.ts';

/** Which container's meta each list's entity stands in. */
export interface Allocation {
  readonly containers: ReadonlyMap<EntityDeclaration, FormNode>;
  /** Version of the entities specification that the form needs. */
  readonly version: string;
}

/** Property that a question saves, without the list's prefix. */
export function savedProperty(saveTo: string): string {
  return saveTo.slice(saveTo.indexOf('#') + 1);
}

/** One question that a list saves or reads. */
interface Use {
  readonly node: FormNode;
  /** The repeat around it, or the form. */
  readonly scope: FormNode;
  readonly saves: boolean;
}

type Uses = ReadonlyMap<EntityDeclaration, Use[]>;

/** Finds for each declaration the form, repeat or group that its entity belongs to, and checks every save_to. */
export function allocateEntities(
  declarations: readonly EntityDeclaration[],
  root: FormNode,
  lookup: (name: string) => FormNode | undefined,
  report: Report,
): Allocation {
  const uses: Uses = new Map(declarations.map((each) => [each, []]));
  const saved = new Map<string, FormNode>();
  const order = new Map<FormNode, number>();
  for (const node of descendants(root)) {
    order.set(node, order.size);
    const saveTo = plain(node.row, 'bind.entities:saveto');
    if (saveTo !== undefined) checkSaveTo(node, saveTo, { declarations, uses, saved, root, report });
  }
  for (const declaration of declarations) addReferences(declaration, uses.get(declaration)!, root, lookup);
  for (const list of uses.values()) list.sort((a, b) => (order.get(a.node) ?? -1) - (order.get(b.node) ?? -1));
  const containers = placeEntities(declarations, uses, root, report);
  const simple = declarations.length === 1 && containers.get(declarations[0]!) === root;
  return { containers, version: simple ? '2024.1.0' : '2025.1.0' };
}

interface Saving {
  readonly declarations: readonly EntityDeclaration[];
  readonly uses: Uses;
  readonly saved: Map<string, FormNode>;
  readonly root: FormNode;
  readonly report: Report;
}

function checkSaveTo(node: FormNode, saveTo: string, saving: Saving): void {
  const { declarations, uses, saved, root, report } = saving;
  const place = saveToPlace(node);
  if (declarations.length === 0) {
    report.error('ENTITY_001', place, { value: saveTo });
    return;
  }
  if (node.kind !== 'question') {
    report.error('ENTITY_003', place, { value: saveTo });
    return;
  }
  const declaration = savingList(saveTo, place, declarations, report);
  const property = savedProperty(saveTo);
  if (!declaration || !checkProperty(saveTo, place, report)) return;
  const key = `${declaration.list}#${property}`;
  const twin = saved.get(key);
  if (twin) report.error('ENTITY_002', place, { value: property, params: { other: String(twin.row.row) } });
  saved.set(key, node);
  uses.get(declaration)!.push({ node, scope: scopeOf(node, root), saves: true });
}

/** The list that a save_to names before its "#", or the only one there is. */
function savingList(
  saveTo: string,
  place: Place,
  declarations: readonly EntityDeclaration[],
  report: Report,
): EntityDeclaration | undefined {
  const parts = saveTo.split('#');
  if (parts.length > 2) {
    report.error('ENTITY_013', place, { value: saveTo });
    return undefined;
  }
  if (parts.length === 1) {
    if (declarations.length === 1) return declarations[0];
    report.error('ENTITY_008', place, { value: saveTo, suggestion: `${declarations[0]!.list}#${saveTo}` });
    return undefined;
  }
  const named = declarations.find((each) => each.list === parts[0]);
  if (!named) report.error('ENTITY_004', place, { value: parts[0], among: declarations.map((each) => each.list) });
  return named;
}

const saveToPlace = (node: FormNode): Place => ({
  sheet: 'survey',
  row: node.row.row,
  column: node.row.fields.get('bind.entities:saveto')!.header,
});

const scopeOf = (node: FormNode, root: FormNode) => repeatsAround(node).at(-1) ?? root;

function checkProperty(saveTo: string, place: Place, report: Report): boolean {
  const property = savedProperty(saveTo);
  const lower = property.toLowerCase();
  let code: string | undefined;
  if (lower === 'name' || lower === 'label') code = 'NAMES_012';
  else if (property.startsWith('__')) code = 'NAMES_010';
  else if (!isName(property)) code = 'NAMES_008';
  if (code) report.error(code, place, { value: saveTo });
  return code === undefined;
}

function addReferences(
  declaration: EntityDeclaration,
  uses: Use[],
  root: FormNode,
  lookup: (name: string) => FormNode | undefined,
): void {
  const { entityId, createIf, updateIf, label } = declaration;
  for (const text of [entityId, createIf, updateIf, label]) {
    for (const { name } of text === undefined ? [] : referencesIn(text)) {
      const node = lookup(name);
      if (node) uses.push({ node, scope: scopeOf(node, root), saves: false });
    }
  }
}

/** What the entities placed so far leave to the next ones. */
interface Places {
  readonly taken: Set<FormNode>;
  /** Containers between an entity and the questions that it saves: another entity there would come between. */
  readonly passed: Set<FormNode>;
}

/**
 * Puts each list's entity into a container of its own. Lists that save questions go first, since they have no
 * choice: the nearest container around all that they save. The others take the deepest free one on the way up from
 * what they read.
 */
function placeEntities(
  declarations: readonly EntityDeclaration[],
  uses: Uses,
  root: FormNode,
  report: Report,
): Map<EntityDeclaration, FormNode> {
  const places: Places = { taken: new Set(), passed: new Set() };
  const found = new Map<EntityDeclaration, FormNode>();
  const scopes = new Map(declarations.map((each) => [each, checkedScope(each, uses.get(each)!, root, report)]));
  const savers = declarations.filter((each) => uses.get(each)!.some((use) => use.saves));
  for (const declaration of [...savers, ...declarations.filter((each) => !savers.includes(each))]) {
    const scope = scopes.get(declaration)!;
    const inside = uses.get(declaration)!.filter((use) => use.scope === scope);
    const alone = declarations.length === 1 && scope === root;
    found.set(declaration, alone ? root : placeEntity(declaration, inside, scope, places, report));
  }
  return new Map(declarations.map((each) => [each, found.get(each)!]));
}

/** The innermost repeat that a list's questions stand in; reports those that stand beside it. */
function checkedScope(
  { list, row }: EntityDeclaration,
  uses: readonly Use[],
  root: FormNode,
  report: Report,
): FormNode {
  const depth = (scope: FormNode) => (scope === root ? 0 : repeatsAround(scope).length + 1);
  const deepest = uses.reduce((scope, use) => (depth(use.scope) > depth(scope) ? use.scope : scope), root);
  const around = lineage(deepest);
  for (const { node, scope, saves } of uses) {
    const params = { other: deepest.path, scope: scope.path };
    if (saves && scope !== deepest) report.error('ENTITY_011', saveToPlace(node), { value: list, params });
    if (saves || around.includes(scope)) continue;
    const place = { sheet: 'entities', row: row.row, column: 'list_name' };
    report.error('ENTITY_012', place, { value: list, params: { ...params, question: node.name } });
  }
  return deepest;
}

function placeEntity(
  declaration: EntityDeclaration,
  inside: readonly Use[],
  scope: FormNode,
  { taken, passed }: Places,
  report: Report,
): FormNode {
  const saving = inside.filter((use) => use.saves).map((use) => containersAround(use.node, scope));
  const reading = inside.map((use) => containersAround(use.node, scope));
  const shared = saving[0]?.filter((container) => saving.every((line) => line.includes(container))) ?? [];
  const candidates =
    shared.length > 0
      ? shared.slice(0, 1)
      : reading.reduce((deepest, line) => (line.length > deepest.length ? line : deepest), [scope]);
  const free = candidates.find((container) => !taken.has(container) && !passed.has(container));
  const between = saving.flatMap((line) => line.slice(0, line.indexOf(free ?? scope)));
  if (!free || between.some((container) => taken.has(container))) {
    const place = { sheet: 'entities', row: declaration.row.row, column: 'list_name' };
    report.error('ENTITY_009', place, { value: declaration.list });
    return scope;
  }
  taken.add(free);
  for (const container of between) passed.add(container);
  return free;
}

/** The groups around a question up to its repeat or the form, innermost first; a flat form has no groups. */
function containersAround(node: FormNode, scope: FormNode): FormNode[] {
  const containers: FormNode[] = [];
  for (let at = node.parent; at; at = at.parent) {
    if (at.path !== at.parent?.path) containers.push(at);
    if (at === scope) break;
  }
  return containers;
}
