import { createHash } from 'node:crypto';
import { parseForm } from '@demilge/xform';
import { type CompileResult, compileWorkbook, type Diagnostic } from '@demilge/xlsform';
import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import { type FileStore, holdFile, type Stored } from '../../platform/files/index.ts';
import { Problem } from '../../platform/problem.ts';
import type { Actor } from '../access/index.ts';
import { diagnosticPart } from './diagnostics.ts';
import type { FormInfo, FormVersionInfo } from './form.ts';
import { dropVersion, insertVersion, putFile, putForm, versionById, versionByName } from './queries.ts';
import { languagesOf, questionList, textOf } from './questions.ts';

export type WorkbookGiven = {
  readonly spaceId: string;
  /** The programme kind that handles the records; 'general' for a form that only collects. */
  readonly kind: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Pictures and tables that the form asks for by name. */
  readonly media?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};

export type Uploaded = {
  readonly form: FormInfo;
  /** A draft until `publishVersion`. */
  readonly version: FormVersionInfo;
  /** Warnings; errors refuse the workbook. */
  readonly diagnostics: readonly Diagnostic[];
};

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Makes a draft version of a form from a workbook, which is kept. The same workbook again gives the version that it made; another
 * one may take the place of a draft, never of a published version.
 * @throws Problem 422 forms.workbookRefused with every error as a part (`at` is 'survey!12!label': sheet, row, column);
 *   409 forms.versionTaken, forms.otherKind
 */
export async function uploadWorkbook(
  db: Db,
  files: FileStore,
  actor: Pick<Actor, 'accountId'> | null,
  given: WorkbookGiven,
): Promise<Uploaded> {
  const compiled = await compileWorkbook(given.bytes, { fileStem: given.fileName.replace(/\.[^.]*$/, '') });
  const { xform, diagnostics } = compiled;
  if (xform === undefined) throw refusal(diagnostics);
  const workbook = await files.put(one(given.bytes), Number.MAX_SAFE_INTEGER);
  const media = [...(given.media ?? [])];
  if (compiled.itemsetsCsv) media.push({ name: 'itemsets.csv', bytes: new TextEncoder().encode(compiled.itemsetsCsv) });
  const stored = await Promise.all(
    media.map(async ({ name, bytes }) => ({ name, ...(await files.put(one(bytes), Number.MAX_SAFE_INTEGER)) })),
  );
  return await transaction(db, (tx) =>
    keep(tx, actor?.accountId ?? null, given, { ...compiled, xform }, workbook, stored),
  );
}

async function keep(
  tx: Db,
  by: string | null,
  given: WorkbookGiven,
  compiled: CompileResult & { xform: string },
  workbook: Stored,
  media: readonly (Stored & { name: string })[],
): Promise<Uploaded> {
  const { spaceId, kind } = given;
  const definition = parseForm(compiled.xform);
  const title = textOf({ [definition.defaultLanguage]: compiled.title, ...compiled.titles });
  const named = Object.keys(title).length > 0 ? title : { ky: compiled.title };
  const md5 = createHash('md5').update(compiled.xform).digest('hex');
  const form = await putForm(tx, spaceId, { id: uuidv7(), formKey: compiled.formId, kind, title: named }, by);
  if (form.kind !== kind) throw new Problem(409, 'forms.otherKind', { form: form.formKey });

  const before = await versionByName(tx, spaceId, form.formKey, compiled.version);
  const same = before?.workbookSha256 === workbook.sha256 && media.length === 0;
  if (before && same) return { form, version: before, diagnostics: compiled.diagnostics };
  if (before?.publishedAt)
    throw new Problem(409, 'forms.versionTaken', { form: form.formKey, version: before.version });
  if (before) await dropVersion(tx, spaceId, before.id);

  const id = uuidv7();
  await insertVersion(tx, spaceId, {
    id,
    formId: form.id,
    version: compiled.version,
    title: named,
    md5,
    xform: compiled.xform,
    workbookSha256: workbook.sha256,
    fileName: given.fileName.slice(0, 200),
    languages: languagesOf(definition),
    wantedFiles: compiled.files,
    questions: questionList(definition),
    warnings: compiled.diagnostics.map(diagnosticPart),
    uploadedAt: new Date(),
    uploadedBy: by,
  });
  await holdFile(tx, spaceId, workbook, XLSX);
  for (const file of media) {
    await holdFile(tx, spaceId, file, 'application/octet-stream');
    await putFile(tx, spaceId, id, file);
  }
  await audit(tx, {
    spaceId,
    actorId: by,
    action: 'form.upload',
    thingKind: 'form version',
    thingId: id,
    details: { form: form.formKey, version: compiled.version },
  });
  const version = await versionById(tx, spaceId, id);
  return { form, version: version!, diagnostics: compiled.diagnostics };
}

function refusal(diagnostics: readonly Diagnostic[]): Problem {
  const errors = diagnostics.filter((one) => one.severity === 'error');
  return new Problem(422, 'forms.workbookRefused', { count: errors.length }, diagnostics.map(diagnosticPart));
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
