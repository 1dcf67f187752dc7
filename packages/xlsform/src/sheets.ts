import type { Report } from './diagnostics.ts';
import { nearest } from './nearest.ts';
import type { Sheet, Workbook } from './xlsx/workbook.ts';

/** The sheets that a form knows, found by name whatever its case. */
export interface FormSheets {
  readonly survey: Sheet | undefined;
  readonly choices: Sheet | undefined;
  readonly settings: Sheet | undefined;
  readonly external_choices: Sheet | undefined;
  readonly osm: Sheet | undefined;
  readonly entities: Sheet | undefined;
  /** Names that look like a misspelt known one: known → found. */
  readonly misspelt: ReadonlyMap<string, string>;
}

const KNOWN = ['survey', 'choices', 'settings', 'external_choices', 'osm', 'entities'] as const;

const OPTIONAL: ReadonlySet<string> = new Set(['settings', 'entities']);

/** Finds the sheets. A workbook of one sheet is its survey, whatever the sheet is called. */
export function findSheets(workbook: Workbook, report: Report): FormSheets {
  const byName = new Map<string, Sheet>();
  for (const sheet of workbook.sheets) {
    const name = sheet.name.trim().toLowerCase();
    if (!byName.has(name)) byName.set(name, sheet);
  }
  const misspelt = new Map<string, string>();
  for (const { name } of workbook.sheets) {
    const lower = name.trim().toLowerCase();
    // An underscore before a sheet's name is how authors put it aside.
    if (lower.startsWith('_') || (KNOWN as readonly string[]).includes(lower)) continue;
    const meant = nearest(lower, KNOWN);
    if (!meant || byName.has(meant)) continue;
    misspelt.set(meant, name);
    // A form needs no settings and no entities, so nothing else would tell that they were not read.
    if (OPTIONAL.has(meant)) report.warn('SHEET_MISSPELT', { sheet: name, row: 1 }, { value: name, suggestion: meant });
  }
  const only = workbook.sheets.length === 1 ? workbook.sheets[0] : undefined;
  const survey = byName.get('survey') ?? only;
  if (!survey) {
    const found = misspelt.get('survey');
    report.error('SHEET_SURVEY_MISSING', { sheet: found ?? 'survey', row: 1 }, { value: found, suggestion: 'survey' });
  }
  return {
    survey,
    choices: byName.get('choices'),
    settings: byName.get('settings'),
    external_choices: byName.get('external_choices'),
    osm: byName.get('osm'),
    entities: byName.get('entities'),
    misspelt,
  };
}
