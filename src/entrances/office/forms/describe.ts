import { languageCode } from '@demilge/xform';
import { compileWorkbook, type DescribedForm, describeForm, type TextByLanguage } from '@demilge/xlsform';
import type { Call } from '../../../kernel/access/index.ts';
import type { FormVersionInfo } from '../../../kernel/forms/index.ts';
import { isLanguage, type Text3 } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';

/** Workbooks that were read lately, by their hash: a version never changes. */
const read = new Map<string, DescribedForm>();
const MOST_READ = 20;

/** Bytes of a version's workbook. @throws Problem 404 */
export async function workbookOf(call: Call, version: FormVersionInfo): Promise<Buffer> {
  const bytes = await call.files.read(version.workbookSha256);
  if (!bytes) throw notFound('workbook');
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** The version in its author's own terms: for what the app lacks and for the comparison of two versions. */
export async function readVersion(call: Call, version: FormVersionInfo): Promise<DescribedForm> {
  const known = read.get(version.workbookSha256);
  if (known) return known;
  const found = describeForm(await compileWorkbook(await workbookOf(call, version)));
  read.set(version.workbookSha256, found);
  const [oldest] = read.keys();
  if (read.size > MOST_READ && oldest !== undefined) read.delete(oldest);
  return found;
}

/** A text of the workbook in our three languages; one without a language is taken for the first of them. */
export function text3(texts: TextByLanguage): Text3 {
  const out: Text3 = {};
  for (const [name, text] of Object.entries(texts)) {
    const code = name === 'default' ? 'ky' : languageCode(name);
    if (isLanguage(code) && text) out[code] = text;
  }
  return out;
}
