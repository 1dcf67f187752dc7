import { z } from 'zod';
import { accountNames, type Call, type NavEntry, officePage, type Page } from '../../kernel/access/index.ts';
import { type Receipt, receive, type StoredAttachment } from '../../kernel/records/index.ts';
import { audit } from '../../platform/audit/index.ts';
import { holdFile } from '../../platform/files/index.ts';
import { page, type Reply, readUploads } from '../../platform/http/index.ts';
import { Problem } from '../../platform/problem.ts';
import { Button, FileField, ProblemSummary, StateChip } from '../../ui/index.ts';
import type { FieldDeps } from './index.ts';

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The file that a phone writes when it saves its outbox. */
const PhoneFile = z.object({
  demilge: z.literal('outbox'),
  version: z.literal(1),
  person: z.object({ id: z.guid(), name: z.string().max(300) }),
  records: z
    .array(
      z.object({
        xml: z.string().min(1).max(10_000_000),
        title: z.string().max(500),
        label: z.string().max(500),
        files: z
          .array(
            z.object({
              name: z.string().min(1).max(255),
              sha256: SHA256,
              mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
              base64: z.string().nullable(),
            }),
          )
          .max(500),
      }),
    )
    .max(10_000),
});
type PhoneRecord = z.infer<typeof PhoneFile>['records'][number];

/** What became of one record of the file. */
type Taken = {
  readonly name: string;
  readonly receipt: Receipt | null;
  readonly problem: Problem | null;
};

function readPhoneFile(bytes: Buffer): z.infer<typeof PhoneFile> {
  try {
    return PhoneFile.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw new Problem(422, 'field.import.notOurs', {}, [{ at: 'file', key: 'field.import.notOurs' }]);
  }
}

/** Puts the bytes of a record's files into the store. What is damaged is left out: the record then waits for it. */
async function storeFiles(call: Call, record: PhoneRecord): Promise<StoredAttachment[]> {
  const stored: StoredAttachment[] = [];
  for (const file of record.files) {
    if (file.base64 === null) continue;
    const kept = await call.files.put(once(Buffer.from(file.base64, 'base64')), call.maxUpload);
    if (kept.sha256 !== file.sha256) continue;
    await holdFile(call.sql, call.space.id, kept, file.mediaType);
    stored.push({ name: file.name, ...kept, mediaType: file.mediaType });
  }
  return stored;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

async function take(call: Call, deps: FieldDeps, authorId: string, record: PhoneRecord): Promise<Taken> {
  const name = record.label || record.title;
  try {
    const receipt = await receive(
      { sql: call.sql, handlers: deps.handlers },
      {
        spaceId: call.space.id,
        xml: record.xml,
        attachments: await storeFiles(call, record),
        door: 'import',
        authorId,
      },
    );
    return { name, receipt, problem: null };
  } catch (error) {
    if (error instanceof Problem) return { name, receipt: null, problem: error };
    throw error;
  }
}

/**
 * Takes in what a phone without a network wrote into a file. Each record is received as if it had come by itself: the phone may send it
 * later too, and it is still one record.
 */
async function takeFile(call: Call, deps: FieldDeps): Promise<Reply> {
  const { files } = await readUploads(call.request, call.maxUpload, 1);
  try {
    const [file] = files;
    if (!file) throw new Problem(422, 'field.import.noFile', {}, [{ at: 'file', key: 'field.import.noFile' }]);
    const phone = readPhoneFile(file.bytes);
    const known = await accountNames(call.sql, call.space.id, [phone.person.id]);
    if (!known.has(phone.person.id))
      throw new Problem(422, 'field.import.stranger', { name: phone.person.name }, [
        { at: 'file', key: 'field.import.stranger', details: { name: phone.person.name } },
      ]);
    const taken: Taken[] = [];
    for (const record of phone.records) taken.push(await take(call, deps, phone.person.id, record));
    await audit(call.sql, {
      spaceId: call.space.id,
      actorId: call.actor?.accountId ?? null,
      action: 'field.import',
      thingKind: 'account',
      thingId: phone.person.id,
      details: { records: taken.length, refused: taken.filter((one) => one.problem).length },
    });
    return show(call, { name: phone.person.name, taken });
  } catch (error) {
    if (error instanceof Problem && error.status === 422) return show(call, null, error);
    throw error;
  }
}

function show(
  call: Call,
  result: { readonly name: string; readonly taken: readonly Taken[] } | null,
  problem?: Problem,
): Reply {
  const { l } = call;
  const error = problem && l.t(problem.key, problem.details);
  return page(
    officePage(
      call,
      { title: l.t('field.import.title'), crumbs: [{ label: l.t('field.import.title') }] },
      <div class="flow">
        <p class="lead">{l.t('field.import.how')}</p>
        {error && <ProblemSummary title={error} problems={[{ text: error, field: 'file' }]} />}
        {result && <Result call={call} {...result} />}
        <form class="form flow" method="post" encType="multipart/form-data" action={l.href('/office/phone-file')}>
          <FileField
            l={l}
            name="file"
            label={l.t('field.import.file')}
            accept=".json,application/json"
            required
            {...(error && { error })}
          />
          <Button look="main" icon="upload">
            {l.t('field.import.take')}
          </Button>
        </form>
      </div>,
    ),
    problem?.status ?? 200,
  );
}

function Result({
  call,
  name,
  taken,
}: {
  readonly call: Call;
  readonly name: string;
  readonly taken: readonly Taken[];
}) {
  const { l } = call;
  return (
    <section class="flow" aria-labelledby="taken">
      <h2 id="taken">{l.t('field.import.done', { name, n: taken.length })}</h2>
      <ul class="list">
        {taken.map(({ name: record, receipt, problem }, i) => (
          <li key={i}>
            <strong>{record}</strong>{' '}
            {problem ? (
              <>
                <StateChip tone="bad">{l.t('field.import.refused')}</StateChip>{' '}
                <span>{l.t(problem.key, problem.details)}</span>
              </>
            ) : (
              <StateChip tone={receipt?.aside || receipt?.outcome === 'conflict' ? 'warn' : 'good'}>
                {l.t(`field.import.${receipt?.aside ? 'aside' : (receipt?.outcome ?? 'received')}`)}
              </StateChip>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export const importNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'settings',
    href: '/office/phone-file',
    label: 'field.import.nav',
    icon: 'phone',
    action: 'field.import',
    order: 850,
  },
];

export function importPages(deps: FieldDeps): readonly Page[] {
  const at = { path: '/office/phone-file', action: 'field.import', languages: 'paths' } as const;
  return [
    { method: 'GET', ...at, handle: async (call) => show(call, null) },
    { method: 'POST', ...at, handle: (call) => takeFile(call, deps) },
  ];
}
