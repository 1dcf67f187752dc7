import { type FormDefinition, parseForm } from '@demilge/xform';
import { allowSigned } from '@demilge/xform/signed';
import type { Db } from '../../platform/db/index.ts';
import { notFound } from '../../platform/problem.ts';
import type { FormInfo, FormVersionInfo, Question } from './form.ts';
import {
  formById,
  formByKey,
  formRows,
  offeredVersions,
  questionRows,
  versionById,
  versionByName,
  versionRows,
  xformText,
} from './queries.ts';

/** Every form of the space. */
export async function forms(db: Db, spaceId: string): Promise<readonly FormInfo[]> {
  return await formRows(db, spaceId);
}

/** The form of this id, or null. */
export async function form(db: Db, spaceId: string, formId: string): Promise<FormInfo | null> {
  return (await formById(db, spaceId, formId)) ?? null;
}

/** The form of this key (its XForm id), or null. */
export async function formOfKey(db: Db, spaceId: string, formKey: string): Promise<FormInfo | null> {
  return (await formByKey(db, spaceId, formKey)) ?? null;
}

/** The version of this name, or null. */
export async function formVersion(
  db: Db,
  spaceId: string,
  formKey: string,
  version: string,
): Promise<FormVersionInfo | null> {
  return (await versionByName(db, spaceId, formKey, version)) ?? null;
}

/** The version of this id, or null. */
export async function versionOfId(db: Db, spaceId: string, versionId: string): Promise<FormVersionInfo | null> {
  return (await versionById(db, spaceId, versionId)) ?? null;
}

/** All versions of a form, newest first. */
export async function versionsOfForm(db: Db, spaceId: string, formId: string): Promise<readonly FormVersionInfo[]> {
  return await versionRows(db, spaceId, formId);
}

/** What phones are offered: of each form the version that was published last and is not retired. */
export async function publishedForms(db: Db, spaceId: string): Promise<readonly FormVersionInfo[]> {
  return await offeredVersions(db, spaceId);
}

/** The questions, groups and repeats of a version in order. @throws Problem 404 platform.notFound */
export async function questionsOf(db: Db, spaceId: string, versionId: string): Promise<readonly Question[]> {
  const questions = await questionRows(db, spaceId, versionId);
  if (!questions) throw notFound('form version');
  return questions;
}

/** The XForm as it was compiled. @throws Problem 404 platform.notFound */
export async function xformOf(db: Db, spaceId: string, versionId: string): Promise<string> {
  const xform = await xformText(db, spaceId, versionId);
  if (xform === undefined) throw notFound('form version');
  return xform;
}

// Whoever opens a form here may meet one that checks signatures.
allowSigned();

/** Parsed forms of this process, the least used dropped first: a version never changes, so nothing has to be made stale. */
const parsed = new Map<string, FormDefinition>();
const MOST_PARSED = 100;

/** The form, parsed once for the process. @throws Problem 404 platform.notFound */
export async function parsedForm(db: Db, spaceId: string, versionId: string): Promise<FormDefinition> {
  const key = `${spaceId}/${versionId}`;
  const known = parsed.get(key);
  if (known) {
    parsed.delete(key);
    parsed.set(key, known);
    return known;
  }
  const definition = parseForm(await xformOf(db, spaceId, versionId));
  parsed.set(key, definition);
  const [oldest] = parsed.keys();
  if (parsed.size > MOST_PARSED && oldest !== undefined) parsed.delete(oldest);
  return definition;
}
