import { audit } from '../../platform/audit/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { Actor } from '../access/index.ts';
import type { FormVersionInfo } from './form.ts';
import { markPublished, markRetired, setFormTitle, versionById } from './queries.ts';
import { parsedForm } from './versions.ts';

type By = Pick<Actor, 'accountId'> | null;

/**
 * Offers a version to phones; the versions before it keep receiving. A retired version is offered again.
 * @throws Problem 404 platform.notFound, 409 forms.encrypted for a form whose author believes that answers are encrypted: here they are not
 */
export async function publishVersion(
  tx: Db,
  actor: By,
  given: { readonly spaceId: string; readonly versionId: string; readonly at?: Date },
): Promise<FormVersionInfo> {
  const version = await versionOrNothing(tx, given.spaceId, given.versionId);
  const { submission } = await parsedForm(tx, given.spaceId, version.id);
  if (submission.publicKey !== undefined) throw new Problem(409, 'forms.encrypted');
  await markPublished(tx, given.spaceId, version.id, actor?.accountId ?? null, given.at ?? new Date());
  await setFormTitle(tx, given.spaceId, version.formId, version.title);
  await line(tx, actor, given.spaceId, 'form.publish', version);
  return await versionOrNothing(tx, given.spaceId, given.versionId);
}

/**
 * Offers a version no longer. Phones that have it may still send: a record of a retired version is in order.
 * @throws Problem 404 platform.notFound, 409 forms.notPublished
 */
export async function retireVersion(
  tx: Db,
  actor: By,
  given: { readonly spaceId: string; readonly versionId: string },
): Promise<FormVersionInfo> {
  const version = await versionOrNothing(tx, given.spaceId, given.versionId);
  if (!version.publishedAt) throw new Problem(409, 'forms.notPublished', { version: version.version });
  await markRetired(tx, given.spaceId, version.id, actor?.accountId ?? null);
  await line(tx, actor, given.spaceId, 'form.retire', version);
  return await versionOrNothing(tx, given.spaceId, given.versionId);
}

async function versionOrNothing(tx: Db, spaceId: string, versionId: string): Promise<FormVersionInfo> {
  const version = await versionById(tx, spaceId, versionId);
  if (!version) throw notFound('form version');
  return version;
}

async function line(tx: Db, actor: By, spaceId: string, action: string, version: FormVersionInfo): Promise<void> {
  await audit(tx, {
    spaceId,
    actorId: actor?.accountId ?? null,
    action,
    thingKind: 'form version',
    thingId: version.id,
    details: { form: version.formKey, version: version.version },
  });
}
