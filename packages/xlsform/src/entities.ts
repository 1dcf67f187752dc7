import type { Place, Report } from './diagnostics.ts';
import { hasBrokenReference, isName, referencesIn } from './references.ts';
import { plain, type Table, type TableRow } from './table.ts';
import { descendants, type FormNode, lineage, repeatsAround } from './tree.ts';

/** One declared list of entities and what the form does with it. */
export interface EntityDeclaration {
  readonly list: string;
  readonly row: TableRow;
  readonly entityId: string | undefined;
  readonly createIf: string | undefined;
  readonly updateIf: string | undefined;
  readonly label: string | undefined;
  /** Whether each submission may make a new entity. */
  readonly creates: boolean;
  /** Whether each submission may change an existing entity. */
  readonly updates: boolean;
}

/** Reads the entities sheet and reports what cannot be declared together. */
export function readEntities(table: Table | undefined, report: Report): EntityDeclaration[] {
  const declarations: EntityDeclaration[] = [];
  if (!table) return declarations;
  for (const row of table.rows) {
    const place = (key: string): Place => ({
      sheet: 'entities',
      row: row.row,
      column: row.fields.get(key)?.header ?? key,
    });
    for (const [key, field] of row.fields) {
      if (typeof field.value === 'string' && hasBrokenReference(field.value)) {
        report.error('PYREF_001', place(key), { value: field.value });
      }
    }
    const list = plain(row, 'list_name');
    if (list === undefined) {
      report.error('NAMES_015', place('list_name'));
      continue;
    }
    if (!checkListName(list, place('list_name'), report)) continue;
    if (declarations.some((each) => each.list === list)) {
      report.error('NAMES_014', place('list_name'), { value: list });
      continue;
    }
    declarations.push(declare(row, list, place, report));
  }
  return declarations;
}

function checkListName(list: string, place: Place, report: Report): boolean {
  const before = list.startsWith('__') ? 'NAMES_010' : list.includes('.') ? 'NAMES_011' : undefined;
  const code = before ?? (isName(list) ? undefined : 'NAMES_008');
  if (code) report.error(code, place, { value: list });
  return code === undefined;
}

function declare(row: TableRow, list: string, place: (key: string) => Place, report: Report): EntityDeclaration {
  const entityId = plain(row, 'entity_id');
  const createIf = plain(row, 'create_if');
  const updateIf = plain(row, 'update_if');
  const label = plain(row, 'label');
  const updates = entityId !== undefined;
  const creates = createIf !== undefined || entityId === undefined;
  if (updateIf !== undefined && entityId === undefined) {
    report.error('ENTITY_007', place('entity_id'), { value: list });
  } else if (updates && creates && updateIf === undefined) {
    report.error('ENTITY_006', place('update_if'), { value: list });
  }
  if (creates && label === undefined) report.error('ENTITY_005', place('label'), { value: list });
  return { list, row, entityId, createIf, updateIf, label, creates, updates };
}

/** Which container's meta each list's entity stands in, and which property each question saves. */
export interface Allocation {
  readonly containers: ReadonlyMap<EntityDeclaration, FormNode>;
  /** Version of the entities specification that the form needs. */
  readonly version: string;
}

/** Property that a question saves, without the list's prefix. */
export function savedProperty(saveTo: string): string {
  return saveTo.slice(saveTo.indexOf('#') + 1);
}

interface Use {
  readonly scope: FormNode;
  readonly node: FormNode;
  readonly saves: boolean;
}

/** Finds for each declaration the form or repeat that it belongs to, and checks every save_to. */
export function allocateEntities(
  declarations: readonly EntityDeclaration[],
  root: FormNode,
  lookup: (name: string) => FormNode | undefined,
  report: Report,
): Allocation {
  const uses = new Map<EntityDeclaration, Use[]>(declarations.map((each) => [each, []]));
  const saved = new Map<string, FormNode>();
  for (const node of descendants(root)) {
    const saveTo = plain(node.row, 'bind.entities:saveto');
    if (saveTo !== undefined) checkSaveTo(node, saveTo, declarations, uses, saved, root, report);
  }
  for (const declaration of declarations) addReferences(declaration, uses.get(declaration)!, root, lookup);
  const containers = new Map<EntityDeclaration, FormNode>();
  const taken = new Set<FormNode>();
  for (const declaration of declarations) {
    const container = chooseContainer(declaration, uses.get(declaration)!, root, taken, report);
    containers.set(declaration, container);
    taken.add(container);
  }
  const simple = declarations.length === 1 && [...containers.values()].every((container) => container === root);
  return { containers, version: simple ? '2024.1.0' : '2025.1.0' };
}

function checkSaveTo(
  node: FormNode,
  saveTo: string,
  declarations: readonly EntityDeclaration[],
  uses: Map<EntityDeclaration, Use[]>,
  saved: Map<string, FormNode>,
  root: FormNode,
  report: Report,
): void {
  const field = node.row.fields.get('bind.entities:saveto')!;
  const place: Place = { sheet: 'survey', row: node.row.row, column: field.header };
  if (declarations.length === 0) {
    report.error('ENTITY_001', place, { value: saveTo });
    return;
  }
  if (node.kind !== 'question') {
    report.error('ENTITY_003', place, { value: saveTo });
    return;
  }
  const mark = saveTo.indexOf('#');
  const prefix = mark < 0 ? undefined : saveTo.slice(0, mark);
  const property = saveTo.slice(mark + 1);
  if (prefix === undefined && declarations.length > 1) {
    const suggestion = `${declarations[0]!.list}#${saveTo}`;
    report.error('ENTITY_008', place, { value: saveTo, suggestion });
    return;
  }
  const declaration =
    prefix === undefined ? declarations[0]! : declarations.find((candidate) => candidate.list === prefix);
  if (!declaration) {
    report.error('ENTITY_004', place, { value: prefix ?? '', among: declarations.map((each) => each.list) });
    return;
  }
  if (!checkProperty(property, place, report)) return;
  const key = `${declaration.list}#${property}`;
  const twin = saved.get(key);
  if (twin) report.error('ENTITY_002', place, { value: property, params: { other: String(twin.row.row) } });
  saved.set(key, node);
  const scope = repeatsAround(node).at(-1) ?? root;
  const list = uses.get(declaration)!;
  const other = list.find((use) => use.scope !== scope);
  if (other) {
    const params = { other: other.scope.path, scope: scope.path };
    report.error('ENTITY_011', place, { value: declaration.list, params });
    return;
  }
  list.push({ scope, node, saves: true });
}

function checkProperty(property: string, place: Place, report: Report): boolean {
  const lower = property.toLowerCase();
  let code: string | undefined;
  if (lower === 'name' || lower === 'label') code = 'NAMES_012';
  else if (property.startsWith('__')) code = 'NAMES_010';
  else if (!isName(property)) code = 'NAMES_008';
  if (code) report.error(code, place, { value: property });
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
      if (node) uses.push({ scope: repeatsAround(node).at(-1) ?? root, node, saves: false });
    }
  }
}

/**
 * The deepest repeat that the declaration's questions stand in. When two lists share that scope, the second moves
 * down into a group that holds all of its own questions.
 */
function chooseContainer(
  declaration: EntityDeclaration,
  uses: readonly Use[],
  root: FormNode,
  taken: ReadonlySet<FormNode>,
  report: Report,
): FormNode {
  const saving = uses.filter((use) => use.saves);
  const deepest = (saving.length > 0 ? saving : uses).reduce(
    (scope, use) => (repeatsAround(use.node).length > depthOf(scope) ? use.scope : scope),
    root,
  );
  const place: Place = { sheet: 'entities', row: declaration.row.row, column: 'list_name' };
  const strange = uses.find((use) => !use.saves && use.scope !== root && !lineage(deepest).includes(use.scope));
  if (strange) {
    const params = { other: strange.scope.path, scope: deepest.path };
    report.error('ENTITY_011', place, { value: declaration.list, params });
  }
  if (!taken.has(deepest)) return deepest;
  const lines = (saving.length > 0 ? saving : uses).map((use) => lineage(use.node).slice(0, -1));
  const shared = lines[0]?.filter((node, depth) => lines.every((line) => line[depth] === node)) ?? [];
  const free = shared.slice(shared.indexOf(deepest) + 1).find((node) => !taken.has(node));
  if (free) return free;
  report.error('ENTITY_009', place, { value: declaration.list });
  return deepest;
}

const depthOf = (scope: FormNode) => (scope.kind === 'repeat' ? repeatsAround(scope).length + 1 : 0);
