/** Forms that are being filled: every answer is kept as it is given. */
import { type Form, type FormDefinition, openForm, parseForm } from '@demilge/xform';
import { type ReadonlySignal, signal } from '@preact/signals';
import { type Device, PHOTO } from '../ui/form/index.ts';
import { isTable, type KeptForm, type KeptRecord, type KeptText, mediaKey, tableKey, textOf } from './home.ts';
import { fileKey, type OutItem } from './outbox.ts';
import { sha256Of } from './seal.ts';
import type { FormOffer, SentFile, Task } from './server.ts';
import { type Change, change, read, readBytes, type Vault } from './store.ts';

export interface Draft {
  /** The record's id. */
  readonly id: string;
  readonly versionId: string;
  readonly formKey: string;
  readonly title: string;
  readonly label: string;
  readonly taskId: string | null;
  readonly startedAt: string;
  readonly changedAt: string;
  /** Path of the page that was open. */
  readonly page: string;
  readonly xml: string;
  readonly files: readonly SentFile[];
}

/** A form on the screen with all that keeps it. */
export interface Filling {
  readonly form: Form;
  readonly device: Device;
  readonly startAt: string | undefined;
  readonly name: string;
  readonly taskId: string | null;
  /** Keeps the form as it stands; answers that come while it writes are kept right after. */
  readonly keep: (page: string) => void;
  /** An answer is on its way to the phone's storage. */
  readonly writing: ReadonlySignal<boolean>;
  /** Resolves when nothing is left to write. */
  readonly settled: () => Promise<void>;
  /** Puts the record into the outbox and takes the draft away, both or neither. */
  readonly finish: (language: string) => Promise<OutItem>;
}

const definitions = new Map<string, FormDefinition>();

async function formOf(vault: Vault, versionId: string): Promise<{ kept: KeptForm; definition: FormDefinition }> {
  const kept = await read<KeptForm>(vault, 'form', versionId);
  if (!kept) throw new Error(`The form ${versionId} is not on this phone`);
  const known = definitions.get(versionId);
  if (known) return { kept, definition: known };
  const xml = textOf(kept);
  const definition = parseForm(xml);
  // The library of signatures is a tenth of the engine: it is fetched from the phone for the few forms that need it.
  if (xml.includes('extract-signed')) (await import('@demilge/xform/signed')).allowSigned();
  definitions.set(versionId, definition);
  return { kept, definition };
}

/** Where a form asks for the answers of the one of its kind that was filled in last. */
const LAST_SAVED = 'jr://instance/last-saved';
const asksForLast = ({ externalInstances }: FormDefinition): boolean =>
  externalInstances.some(({ src }) => src === LAST_SAVED);

/** Texts of the lists that a form asks for, by the address that the form gives. */
async function listsOf(
  vault: Vault,
  { files, key }: KeptForm,
  definition: FormDefinition,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { src } of definition.externalInstances) {
    if (src === LAST_SAVED) {
      const last = await read<string>(vault, 'last', key);
      if (last) texts.set(src, last);
      continue;
    }
    const name = src.split('/').pop() ?? '';
    const own = files.find((file) => file.name === name);
    const text = await read<KeptText>(vault, 'list', own ? tableKey(own.sha256) : name);
    if (text) texts.set(src, textOf(text));
  }
  return texts;
}

/** Addresses of the form's own pictures and sounds. */
async function mediaOf(vault: Vault, { files }: KeptForm): Promise<ReadonlyMap<string, string>> {
  const urls = new Map<string, string>();
  for (const { name, sha256 } of files) {
    const bytes = isTable(name) ? undefined : await readBytes(vault, 'file', mediaKey(sha256));
    if (bytes)
      urls.set(name, URL.createObjectURL(new Blob([bytes], name.endsWith('.svg') ? { type: 'image/svg+xml' } : {})));
  }
  return urls;
}

/** What may be opened: a form, perhaps for a task or to correct what was sent, or a draft. */
export type ToFill =
  | {
      readonly offer: FormOffer;
      readonly title: string;
      readonly task?: Task;
      readonly place?: string;
    }
  | { readonly draft: Draft };

/** What came back and is this person's own is corrected, on the version that it was filled on; its photos stay at the server. */
async function toCorrect(vault: Vault, task: Task | undefined): Promise<KeptRecord | undefined> {
  return task?.state === 'returned' && task.recordId
    ? await read<KeptRecord>(vault, 'record', task.recordId)
    : undefined;
}

/** Opens a form anew, or a draft where it was left. */
export async function startFilling(
  vault: Vault,
  given: ToFill,
  language: string,
  username: string,
  onTrouble: (error: unknown) => void,
): Promise<Filling> {
  const before = 'draft' in given ? given.draft : undefined;
  const sent = 'draft' in given ? undefined : await toCorrect(vault, given.task);
  const versionId = 'draft' in given ? given.draft.versionId : (sent?.versionId ?? given.offer.versionId);
  const { kept, definition } = await formOf(vault, versionId);
  const [lists, media] = await Promise.all([listsOf(vault, kept, definition), mediaOf(vault, kept)]);
  const form = openForm(definition, {
    ...(before && { instanceXml: before.xml }),
    ...(sent && { instanceXml: sent.xml, edit: true }),
    ...(speaks(definition, language) && { language }),
    context: { username },
    resources: (src) => lists.get(src),
  });
  if ('offer' in given && given.task && !sent) prefill(form, given.task);
  const base = {
    id: form.instanceId,
    versionId,
    formKey: before?.formKey ?? ('offer' in given ? given.offer.key : ''),
    title: before?.title ?? ('offer' in given ? given.title : ''),
    label: before?.label ?? ('offer' in given ? (given.place ?? '') : ''),
    taskId: before?.taskId ?? ('offer' in given ? (given.task?.id ?? null) : null),
    startedAt: before?.startedAt ?? new Date().toISOString(),
  };
  let files: readonly SentFile[] = before?.files ?? sent?.files ?? [];
  let page = before?.page ?? '';
  let ended = false;

  const draftNow = (): Draft => ({
    ...base,
    label: form.instanceName.trim() || base.label,
    changedAt: new Date().toISOString(),
    page,
    xml: form.draft(),
    files,
  });
  // A new version may have come since this one was opened: the first answer brings its form back with it.
  let formKept = before !== undefined;
  const writer = makeWriter(async () => {
    if (ended) return;
    const form: Change[] = formKept ? [] : [{ put: 'form', id: versionId, value: kept }];
    await change(vault, [{ put: 'draft', id: base.id, value: draftNow() }, ...form]);
    formKept = true;
  }, onTrouble);

  const device: Device = {
    photo: PHOTO,
    media: (source) => media.get(source.split('/').pop() ?? ''),
    openFile: async (name) => {
      const bytes = await readBytes(vault, 'file', fileKey(base.id, name));
      return bytes && new Blob([bytes], { type: files.find((file) => file.name === name)?.mediaType ?? '' });
    },
    keepFile: async (file, extension) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const sha256 = await sha256Of(bytes);
      const name = `${sha256.slice(0, 12)}-${Date.now().toString(36)}.${extension}`;
      const one: SentFile = {
        name,
        sha256,
        bytes: bytes.byteLength,
        mediaType: file.type || 'application/octet-stream',
      };
      await change(vault, [{ bytes: 'file', id: fileKey(base.id, name), value: bytes }], true);
      files = [...files, one];
      return name;
    },
  };
  return {
    form,
    device,
    startAt: before?.page,
    name: base.label || base.title,
    taskId: base.taskId,
    keep: (at) => {
      page = at;
      writer.write();
    },
    writing: writer.writing,
    settled: writer.settled,
    finish: async (inLanguage) => {
      form.finish();
      const wanted = new Set(form.attachments());
      const item: OutItem = {
        id: base.id,
        formKey: base.formKey,
        versionId,
        title: base.title,
        label: form.instanceName.trim() || base.label,
        language: inLanguage,
        taskId: base.taskId,
        finishedAt: new Date().toISOString(),
        xml: form.serialize(),
        files: files.filter((file) => wanted.has(file.name)),
        state: 'waiting',
        receipt: null,
        problem: null,
      };
      const unused: Change[] = files
        .filter((file) => !wanted.has(file.name))
        .map((file) => ({ remove: 'file', id: fileKey(base.id, file.name) }));
      ended = true;
      await writer.settled();
      await change(
        vault,
        [
          { put: 'out', id: item.id, value: item },
          { remove: 'draft', id: base.id },
          ...unused,
          ...(asksForLast(definition) ? [{ put: 'last', id: kept.key, value: item.xml } as const] : []),
        ],
        true,
      );
      return item;
    },
  };
}

const speaks = (definition: FormDefinition, language: string): boolean =>
  definition.languages.some((name) => name === language || name.includes(`(${language})`));

/** Writes one state at a time; what changes meanwhile is written next, and only its last state. */
function makeWriter(
  write: () => Promise<void>,
  onTrouble: (error: unknown) => void,
): { write: () => void; writing: ReadonlySignal<boolean>; settled: () => Promise<void> } {
  let running: Promise<void> | undefined;
  let again = false;
  const writing = signal(false);
  const run = async () => {
    writing.value = true;
    do {
      again = false;
      await write().catch(onTrouble);
    } while (again);
    running = undefined;
    writing.value = false;
  };
  return {
    writing,
    write: () => {
      if (running) again = true;
      else running = run();
    },
    settled: async () => await running,
  };
}

/** A task fills in what it knows: its own id, and its facility wherever the form offers it in a list. */
function prefill(form: Form, task: Task): void {
  const root = form.root.ref;
  const fields = form.definition.fields;
  const own = fields.find((field) => field.path === `${root}/assignment_id`);
  if (own) form.setValue(own.path, task.id);
  for (const field of fields) {
    if (field.control !== 'select1') continue;
    const node = form.get(field.path);
    if (node?.kind !== 'control' || node.readonly || !node.choices.some((choice) => choice.value === task.subject.id))
      continue;
    form.setValue(node.ref, task.subject.id);
    return;
  }
}

export async function dropDraft(vault: Vault, draft: Draft): Promise<void> {
  await change(vault, [
    { remove: 'draft', id: draft.id },
    ...draft.files.map((file): Change => ({ remove: 'file', id: fileKey(draft.id, file.name) })),
  ]);
}
