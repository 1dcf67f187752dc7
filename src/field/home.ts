/** What the phone must know to work for days without a network, fetched by difference. */

import type { Draft } from './drafts.ts';
import type { Self } from './outbox.ts';
import { fetchForm, fetchFormFile, fetchHome, fetchList, type Home } from './server.ts';
import { type Change, change, idsOf, read, readAll, type Vault } from './store.ts';

interface KeptHome {
  readonly etag: string;
  readonly home: Home;
  /** When the server was last heard. */
  readonly at: string;
}

export interface KeptList {
  readonly sha256: string;
  readonly text: string;
}

export async function keptHome(vault: Vault): Promise<KeptHome | undefined> {
  return await read<KeptHome>(vault, 'home', 'home');
}

const formFileKey = (versionId: string, name: string): string => `form:${versionId}/${name}`;

export { formFileKey };

/**
 * Asks what is new and fetches only that: forms that are not here, lists whose hash is another. What no one needs any more goes.
 * The new home is kept last, so that a cut in the middle leaves a whole old one.
 */
export async function refreshHome(vault: Vault, token?: string): Promise<KeptHome | undefined> {
  const key = token ?? (await read<Self>(vault, 'self', 'self'))?.token;
  if (!key) return undefined;
  const before = await keptHome(vault);
  const answer = await fetchHome(key, before?.etag);
  const at = new Date().toISOString();
  if (!answer) {
    const same = { ...before!, at };
    await change(vault, [{ put: 'home', id: 'home', value: same }]);
    return same;
  }
  const { home } = answer;
  const forms = new Set(await idsOf(vault, 'form'));
  for (const form of home.forms) {
    for (const file of form.files) await fetchFile(vault, key, form.versionId, file);
    if (forms.has(form.versionId)) continue;
    await change(vault, [{ put: 'form', id: form.versionId, value: await fetchForm(key, form.versionId) }]);
  }
  for (const list of home.lists) {
    if ((await read<KeptList>(vault, 'list', list.name))?.sha256 === list.sha256) continue;
    const value: KeptList = { sha256: list.sha256, text: await fetchList(key, list.name) };
    await change(vault, [{ put: 'list', id: list.name, value }]);
  }
  const kept = { home, etag: answer.etag, at };
  await change(vault, [{ put: 'home', id: 'home', value: kept }, ...(await unneeded(vault, home, forms))]);
  return kept;
}

/** A picture or table of a form, by its hash. */
async function fetchFile(
  vault: Vault,
  token: string,
  versionId: string,
  file: { readonly name: string; readonly sha256: string },
): Promise<void> {
  const id = formFileKey(versionId, file.name);
  if ((await read<KeptList>(vault, 'list', id))?.sha256 === file.sha256) return;
  const bytes = await fetchFormFile(token, versionId, file.name);
  await change(vault, [
    { bytes: 'file', id, value: bytes },
    { put: 'list', id, value: { sha256: file.sha256, text: '' } },
  ]);
}

/** Old versions of forms go, except where a draft still stands on them. */
async function unneeded(vault: Vault, home: Home, forms: ReadonlySet<string>): Promise<Change[]> {
  const wanted = new Set(home.forms.map((form) => form.versionId));
  for (const draft of await readAll<Draft>(vault, 'draft')) wanted.add(draft.versionId);
  return [...forms].filter((id) => !wanted.has(id)).map((id) => ({ remove: 'form', id }));
}
