import { openForm } from '@demilge/xform';
import type { Actor } from '../../kernel/access/index.ts';
import { parsedForm, publishedForms } from '../../kernel/forms/index.ts';
import {
  drawPictures,
  type Receipt,
  receive,
  type StoredAttachment,
  storeAttachment,
} from '../../kernel/records/index.ts';
import { today } from '../../kernel/subjects/index.ts';
import { type Db, uuidv7 } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { COUNTRY_MINUTES } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { recordHandlers } from './handlers.ts';
import { FIX_FORM } from './keys.ts';
import { problems } from './queries.ts';

export type FixWord = {
  readonly checkedOn: string;
  readonly state: string;
  readonly whatDone: string;
  readonly confirmedBy: string;
  /** As it was typed: the form says what is wrong with it. */
  readonly usersConfirmed: string;
  readonly photo: { readonly name: string; readonly bytes: Buffer } | null;
};

/** The fields of the office's form by the name of the question in the fix form. */
const FIELDS: Readonly<Record<string, string>> = {
  checked_on: 'checkedOn',
  state: 'state',
  what_done: 'whatDone',
  confirmed_by: 'confirmedBy',
  users_confirmed: 'usersConfirmed',
};

/**
 * Word from the office that a problem is fixed (or begun, or not), written into the fix form and received like every other record.
 * It has its consequence when a second person accepts it.
 * @throws Problem 404; 422 platform.input.invalid with a part for each field that the form refuses; 409 oversight.round.noForm
 */
export async function recordFix(
  db: Db,
  files: FileStore,
  given: { readonly by: Actor; readonly problemId: string; readonly fix: FixWord; readonly at?: Date },
): Promise<Receipt> {
  const { by, fix } = given;
  const { spaceId } = by;
  const [problem] = await problems(db, spaceId, { ids: [given.problemId] });
  if (!problem) throw notFound(given.problemId);
  const version = (await publishedForms(db, spaceId)).find((one) => one.formKey === FIX_FORM);
  if (!version) throw new Problem(409, 'oversight.round.noForm');
  const at = given.at ?? new Date();
  const form = openForm(await parsedForm(db, spaceId, version.id), {
    now: () => at,
    utcOffset: () => COUNTRY_MINUTES,
    uuid: uuidv7,
  });
  const set = (name: string, value: string): void => {
    if (value.trim() !== '') form.setValue(`/data/${name}`, value.trim());
  };
  const photo = fix.state === 'not_fixed' ? null : fix.photo;
  set('problem_ref', `${problem.recordId}/${problem.number}`);
  set('checked_on', fix.checkedOn || today(at));
  set('state', fix.state);
  if (fix.state !== 'not_fixed') set('what_done', fix.whatDone);
  if (photo) set('photo_after', photo.name);
  set('confirmed_by', fix.confirmedBy);
  set('users_confirmed', fix.usersConfirmed);
  const wrong = form.validate();
  if (wrong.length > 0) {
    const parts = wrong.map((issue) => ({
      at: FIELDS[issue.ref.replace(/^\/data\//, '')] ?? issue.ref,
      key: issue.kind === 'required' ? 'platform.input.missing' : 'platform.input.wrong',
    }));
    throw new Problem(422, 'platform.input.invalid', { fields: wrong.map((issue) => issue.label).join(', ') }, parts);
  }
  form.finish();
  const attachments: StoredAttachment[] = photo
    ? [await storeAttachment(files, { name: photo.name, bytes: once(photo.bytes), maxBytes: photo.bytes.byteLength })]
    : [];
  const receipt = await receive(
    { sql: db, handlers: new Map(Object.entries(recordHandlers)) },
    {
      spaceId,
      xml: form.serialize(),
      attachments,
      door: 'web',
      authorId: by.accountId,
      ...(given.at && { receivedAt: at }),
    },
  );
  await drawPictures(db, files, spaceId, receipt.recordId);
  return receipt;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
