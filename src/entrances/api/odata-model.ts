import type { FormData, Row } from './form.ts';
import type { Cell, CellType, Column, Table } from './tables.ts';
import { xmlText } from './xlsx.ts';

/** A table as a feed names it. */
export type EntitySet = {
  /** 'Submissions', or of a repeat 'Submissions_household_member'. */
  readonly name: string;
  readonly table: Table;
  /** The set that its rows belong to; null for the records themselves. */
  readonly parent: EntitySet | null;
  readonly properties: readonly Property[];
};
export type Property = { readonly name: string; readonly column: Column };

const EDM: Readonly<Record<CellType, string>> = {
  text: 'Edm.String',
  integer: 'Edm.Int64',
  decimal: 'Edm.Double',
  date: 'Edm.Date',
  dateTime: 'Edm.DateTimeOffset',
};

/** What every record tells besides its answers. */
export const SYSTEM: readonly { readonly name: string; readonly type: CellType; readonly of: (row: Row) => Cell }[] = [
  { name: 'submissionDate', type: 'dateTime', of: ({ record }) => record.receivedAt.toISOString() },
  { name: 'occurredOn', type: 'date', of: ({ record }) => record.occurredOn },
  { name: 'submitterName', type: 'text', of: ({ sender }) => sender },
  { name: 'reviewState', type: 'text', of: ({ record }) => record.verdict },
  { name: 'formVersion', type: 'text', of: ({ record }) => record.formVersion },
  { name: 'door', type: 'text', of: ({ record }) => record.door },
  { name: 'activityId', type: 'text', of: ({ record }) => record.activityId },
  { name: 'subjectId', type: 'text', of: ({ record }) => record.subjectId },
];

/** The sets of a form, the records first. */
export function entitySets({ root }: FormData): readonly EntitySet[] {
  const sets: EntitySet[] = [];
  const add = (table: Table, parent: EntitySet | null): void => {
    const name = `Submissions${table.name && `_${identifier(table.name)}`}`;
    const set = { name, table, parent, properties: propertiesOf(table) };
    sets.push(set);
    for (const child of table.tables) add(child, set);
  };
  add(root, null);
  return sets;
}

/** A name that OData takes: letters, digits and '_', not a digit first, at most 128. */
function identifier(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}_]/gu, '_').slice(0, 120);
  return /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
}

function propertiesOf(table: Table): readonly Property[] {
  const taken = new Set(['__id', '__system', '__parent', '__submission']);
  return table.columns.map((column) => {
    const wanted = identifier(column.name);
    let name = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
    taken.add(name);
    return { name, column };
  });
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d)$/;

/** The cell as its type allows it; what was sent otherwise (it was set aside) is no value to a feed. */
export function edmValue(type: CellType, value: Cell): Cell {
  if (value === null) return null;
  if (type === 'integer') return Number.isInteger(value) ? value : null;
  if (type === 'decimal') return typeof value === 'number' ? value : null;
  if (type === 'date') return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? value : null;
  if (type === 'dateTime') return MOMENT.test(String(value)) ? value : null;
  return String(value);
}

const property = (name: string, type: CellType): string => `<Property Name="${xmlText(name)}" Type="${EDM[type]}"/>`;

/** The description of a form's feed (CSDL 4.0). */
export function metadataXml(data: FormData): string {
  const sets = entitySets(data);
  const types = sets.map((set) =>
    [
      `<EntityType Name="${xmlText(set.name)}"><Key><PropertyRef Name="__id"/></Key>`,
      '<Property Name="__id" Type="Edm.String" Nullable="false"/>',
      set.parent
        ? '<Property Name="__parent" Type="Edm.String"/><Property Name="__submission" Type="Edm.String"/>'
        : '<Property Name="__system" Type="Demilge.System" Nullable="false"/>',
      ...set.properties.map(({ name, column }) => property(name, column.type)),
      '</EntityType>',
    ].join(''),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>',
    '<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Demilge">',
    '<ComplexType Name="System">',
    ...SYSTEM.map(({ name, type }) => property(name, type)),
    '</ComplexType>',
    ...types,
    '<EntityContainer Name="Form">',
    ...sets.map((set) => `<EntitySet Name="${xmlText(set.name)}" EntityType="Demilge.${xmlText(set.name)}"/>`),
    '</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>',
  ].join('');
}

/** Whether a set exists under this name. */
export function setNamed(data: FormData, name: string): EntitySet | undefined {
  return entitySets(data).find((set) => set.name === name);
}
