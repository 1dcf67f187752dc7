import { TITLE_IN } from './columns.ts';
import type { Report } from './diagnostics.ts';
import { hasBrokenReference, isName } from './references.ts';
import { plain, type Table, type TableRow } from './table.ts';

/** What the settings sheet says about the form as a whole. */
export interface Settings {
  readonly formId: string;
  readonly title: string;
  /** The title in other languages by their codes, from form_title_xx columns: our own, other converters pass them over. */
  readonly titles: Readonly<Record<string, string>>;
  readonly version: string;
  /** Name of the root node of an answer. */
  readonly rootName: string;
  readonly defaultLanguage: string;
  readonly instanceName: string | undefined;
  readonly style: string | undefined;
  readonly submission: Readonly<Record<string, string>> | undefined;
  readonly omitInstanceId: boolean;
  /** How the record's own id comes about: its jr:preload. */
  readonly instanceId: string;
  readonly instanceXmlns: string | undefined;
  /** Prefix → address, from the namespaces column. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** Attributes of the root node, from attribute::x columns and the compact record's prefix and delimiter. */
  readonly rootAttributes: Readonly<Record<string, string>>;
  readonly allowChoiceDuplicates: boolean;
  readonly flat: boolean;
  /** Row and headers of the sheet, for diagnostics; undefined when there is none. */
  readonly row: TableRow | undefined;
}

const YES = new Set(['yes', 'true', 'true()', '1']);
const NO = new Set(['no', 'false', 'false()', '0']);

/** Whether a cell says yes; anything else is no. */
export const saysYes = (text: string | undefined) => text !== undefined && YES.has(text.toLowerCase());
/** Whether a cell says no. */
export const saysNo = (text: string | undefined) => text !== undefined && NO.has(text.toLowerCase());

/** Reads the first row of the settings sheet; `overrides` are the set_form_… rows of an old survey sheet. */
export function readSettings(
  table: Table | undefined,
  overrides: ReadonlyMap<string, string>,
  fileStem: string,
  report: Report,
): Settings {
  const row = table?.rows[0];
  const get = (key: string) => plain(row, key) ?? overrides.get(key);
  const place = (key: string) => ({
    sheet: 'settings',
    row: row?.row ?? 2,
    column: row?.fields.get(key)?.header ?? key,
  });
  for (const [key, field] of row?.fields ?? []) {
    if (typeof field.value === 'string' && hasBrokenReference(field.value)) {
      report.error('PYREF_001', place(key), { value: field.value });
    }
  }
  const rootName = get('name') ?? 'data';
  if (!isName(rootName)) {
    // The reference points at the header row here; so do we, since there is one name for the whole form.
    report.error('NAMES_008', { ...place('name'), row: 1 }, { value: rootName });
  }
  const formId = get('form_id') ?? get('id_string') ?? fileStem;
  return {
    formId,
    title: get('title') ?? formId,
    titles: readTitles(row),
    version: get('version') ?? '',
    rootName,
    defaultLanguage: get('default_language') ?? 'default',
    instanceName: get('instance_name'),
    style: get('style'),
    submission: readSubmission(get),
    omitInstanceId: saysYes(get('omit_instanceid')),
    instanceId: get('instance_id') ?? 'uid',
    instanceXmlns: get('instance_xmlns'),
    namespaces: readNamespaces(get('namespaces'), place('namespaces'), report),
    rootAttributes: readRootAttributes(row, get),
    allowChoiceDuplicates: saysYes(get('allow_choice_duplicates')),
    flat: saysYes(get('flat')),
    row,
  };
}

function readTitles(row: TableRow | undefined): Record<string, string> {
  const titles: Record<string, string> = {};
  for (const key of row?.fields.keys() ?? []) {
    const code = TITLE_IN.exec(key)?.[1];
    const words = plain(row, key);
    if (code && words !== undefined) titles[code] = words;
  }
  return titles;
}

function readSubmission(get: (key: string) => string | undefined): Record<string, string> | undefined {
  const attributes: Record<string, string> = {};
  const flag = (text: string) => (saysYes(text) ? 'true' : saysNo(text) ? 'false' : text);
  const url = get('submission_url');
  if (url !== undefined) Object.assign(attributes, { action: url, method: 'post' });
  const key = get('public_key');
  if (key !== undefined) attributes.base64RsaPublicKey = key;
  const send = get('auto_send');
  if (send !== undefined) attributes['orx:auto-send'] = flag(send);
  const remove = get('auto_delete');
  if (remove !== undefined) attributes['orx:auto-delete'] = flag(remove);
  const edit = get('client_editable');
  if (edit !== undefined) attributes['odk:client-editable'] = flag(edit);
  return Object.keys(attributes).length > 0 ? attributes : undefined;
}

function readNamespaces(
  text: string | undefined,
  place: { sheet: string; row: number; column: string },
  report: Report,
): Map<string, string> {
  const namespaces = new Map<string, string>();
  if (text === undefined) return namespaces;
  const rest = text.replace(/([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g, (_, prefix: string, a?: string, b?: string) => {
    namespaces.set(prefix, a ?? b ?? '');
    return '';
  });
  const odd = [...namespaces].some(([prefix, address]) => !isName(prefix) || /^xml/i.test(prefix) || address === '');
  if (odd || rest.trim() !== '') report.error('SETTINGS_NAMESPACES', place, { value: text });
  return namespaces;
}

function readRootAttributes(
  row: TableRow | undefined,
  get: (key: string) => string | undefined,
): Record<string, string> {
  const attributes: Record<string, string> = {};
  const prefix = get('prefix');
  if (prefix !== undefined) attributes['odk:prefix'] = prefix;
  const delimiter = get('delimiter');
  if (delimiter !== undefined) attributes['odk:delimiter'] = delimiter;
  for (const [key, field] of row?.fields ?? []) {
    if (key.startsWith('attribute.') && typeof field.value === 'string') {
      attributes[key.slice('attribute.'.length)] = field.value;
    }
  }
  return attributes;
}
