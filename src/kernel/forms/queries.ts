import type { Db } from '../../platform/db/index.ts';
import type { FormInfo, FormVersionInfo, Question } from './form.ts';

const FORM = 'id, form_key as "formKey", kind, title';
const VERSION = `v.id, v.form_id as "formId", f.form_key as "formKey", f.kind, v.version, v.title, v.md5,
  v.workbook_sha256 as "workbookSha256", v.file_name as "fileName", v.languages, v.wanted_files as "wantedFiles", v.warnings,
  v.uploaded_at as "uploadedAt", v.uploaded_by as "uploadedBy", v.published_at as "publishedAt", v.retired_at as "retiredAt"`;
const JOINED = 'form_version v join form f on f.space_id = v.space_id and f.id = v.form_id';

export async function formByKey(db: Db, spaceId: string, formKey: string): Promise<FormInfo | undefined> {
  const [form] = await db<FormInfo[]>`select ${db.unsafe(FORM)} from form
    where space_id = ${spaceId} and form_key = ${formKey}`;
  return form;
}

export async function formById(db: Db, spaceId: string, formId: string): Promise<FormInfo | undefined> {
  const [form] = await db<
    FormInfo[]
  >`select ${db.unsafe(FORM)} from form where space_id = ${spaceId} and id = ${formId}`;
  return form;
}

export async function formRows(db: Db, spaceId: string): Promise<readonly FormInfo[]> {
  return await db<FormInfo[]>`select ${db.unsafe(FORM)} from form where space_id = ${spaceId} order by form_key`;
}

/** Finds the form or makes it; a form keeps the kind that it was born with. */
export async function putForm(db: Db, spaceId: string, form: FormInfo, by: string | null): Promise<FormInfo> {
  await db`insert into form (space_id, id, form_key, kind, title, created_by)
    values (${spaceId}, ${form.id}, ${form.formKey}, ${form.kind}, ${db.json(form.title)}, ${by}) on conflict do nothing`;
  return (await formByKey(db, spaceId, form.formKey)) ?? form;
}

export async function setFormTitle(db: Db, spaceId: string, formId: string, title: FormInfo['title']): Promise<void> {
  await db`update form set title = ${db.json(title)} where space_id = ${spaceId} and id = ${formId}`;
}

export type NewVersion = Omit<FormVersionInfo, 'formKey' | 'kind' | 'uploadedAt' | 'publishedAt' | 'retiredAt'> & {
  readonly xform: string;
  readonly questions: readonly Question[];
  readonly uploadedAt: Date;
};

export async function insertVersion(db: Db, spaceId: string, version: NewVersion): Promise<void> {
  await db`insert into form_version (space_id, id, form_id, version, title, xform, md5, workbook_sha256, file_name, languages,
      wanted_files, questions, warnings, uploaded_at, uploaded_by)
    values (${spaceId}, ${version.id}, ${version.formId}, ${version.version}, ${db.json(version.title)}, ${version.xform},
      ${version.md5}, ${version.workbookSha256}, ${version.fileName}, ${version.languages as string[]},
      ${version.wantedFiles as string[]}, ${db.json(version.questions as never)}, ${db.json(version.warnings as never)},
      ${version.uploadedAt}, ${version.uploadedBy})`;
}

/** Takes a draft away, with its list of files. */
export async function dropVersion(tx: Db, spaceId: string, versionId: string): Promise<void> {
  await tx`delete from form_file where space_id = ${spaceId} and form_version_id = ${versionId}`;
  await tx`delete from form_version where space_id = ${spaceId} and id = ${versionId} and published_at is null`;
}

export async function versionById(db: Db, spaceId: string, versionId: string): Promise<FormVersionInfo | undefined> {
  const [version] = await db<FormVersionInfo[]>`select ${db.unsafe(VERSION)} from ${db.unsafe(JOINED)}
    where v.space_id = ${spaceId} and v.id = ${versionId}`;
  return version;
}

export async function versionByName(
  db: Db,
  spaceId: string,
  formKey: string,
  version: string,
): Promise<FormVersionInfo | undefined> {
  const [found] = await db<FormVersionInfo[]>`select ${db.unsafe(VERSION)} from ${db.unsafe(JOINED)}
    where f.space_id = ${spaceId} and f.form_key = ${formKey} and v.version = ${version}`;
  return found;
}

/** All versions of a form, newest first. */
export async function versionRows(db: Db, spaceId: string, formId: string): Promise<readonly FormVersionInfo[]> {
  return await db<FormVersionInfo[]>`select ${db.unsafe(VERSION)} from ${db.unsafe(JOINED)}
    where v.space_id = ${spaceId} and v.form_id = ${formId} order by v.uploaded_at desc, v.id desc`;
}

/** The version of each form that is offered now: published last and not retired. */
export async function offeredVersions(db: Db, spaceId: string): Promise<readonly FormVersionInfo[]> {
  return await db<FormVersionInfo[]>`select distinct on (f.form_key) ${db.unsafe(VERSION)} from ${db.unsafe(JOINED)}
    where v.space_id = ${spaceId} and v.published_at is not null and v.retired_at is null
    order by f.form_key, v.published_at desc, v.id desc`;
}

export async function xformText(db: Db, spaceId: string, versionId: string): Promise<string | undefined> {
  const [row] = await db<{ xform: string }[]>`select xform from form_version
    where space_id = ${spaceId} and id = ${versionId}`;
  return row?.xform;
}

export async function questionRows(
  db: Db,
  spaceId: string,
  versionId: string,
): Promise<readonly Question[] | undefined> {
  const [row] = await db<{ questions: readonly Question[] }[]>`select questions from form_version
    where space_id = ${spaceId} and id = ${versionId}`;
  return row?.questions;
}

export async function markPublished(
  db: Db,
  spaceId: string,
  versionId: string,
  by: string | null,
  at: Date,
): Promise<void> {
  await db`update form_version set published_at = coalesce(published_at, ${at}), published_by = coalesce(published_by, ${by}),
      retired_at = null, retired_by = null
    where space_id = ${spaceId} and id = ${versionId}`;
}

export async function markRetired(db: Db, spaceId: string, versionId: string, by: string | null): Promise<void> {
  await db`update form_version set retired_at = coalesce(retired_at, now()), retired_by = coalesce(retired_by, ${by})
    where space_id = ${spaceId} and id = ${versionId}`;
}

export type FormFile = { readonly name: string; readonly sha256: string };

export async function fileRows(db: Db, spaceId: string, versionId: string): Promise<readonly FormFile[]> {
  return await db<FormFile[]>`select name, sha256 from form_file
    where space_id = ${spaceId} and form_version_id = ${versionId} order by name`;
}

export async function putFile(db: Db, spaceId: string, versionId: string, file: FormFile): Promise<void> {
  await db`insert into form_file (space_id, form_version_id, name, sha256)
    values (${spaceId}, ${versionId}, ${file.name}, ${file.sha256})
    on conflict (space_id, form_version_id, name) do update set sha256 = excluded.sha256`;
}
