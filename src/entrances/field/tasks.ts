import { createHash } from 'node:crypto';
import { type Actor, accountNames, type Call } from '../../kernel/access/index.ts';
import { activities } from '../../kernel/activities/index.ts';
import { assignmentsOf, type Task } from '../../kernel/assignments/index.ts';
import { formFiles, publishedForms } from '../../kernel/forms/index.ts';
import type { MediaList } from '../../kernel/kinds/index.ts';
import { record } from '../../kernel/records/index.ts';
import { ancestorsOf, subjects, today } from '../../kernel/subjects/index.ts';
import type { Db } from '../../platform/db/index.ts';

/** Days around today whose tasks a phone carries: it may be offline for a month. */
const BEFORE = 60;
const AFTER = 60;

/** What a phone needs to work without a network: the person, the tasks, which forms and lists to keep. */
export type FieldHome = {
  readonly space: { readonly name: Readonly<Record<string, string>> };
  readonly person: { readonly id: string; readonly name: string; readonly language: string };
  readonly tasks: readonly FieldTask[];
  readonly forms: readonly {
    readonly versionId: string;
    readonly key: string;
    readonly version: string;
    readonly md5: string;
    readonly title: Readonly<Record<string, string>>;
    /** Pictures, sounds and tables that were uploaded for this version. */
    readonly files: readonly { readonly name: string; readonly sha256: string }[];
  }[];
  readonly lists: readonly { readonly name: string; readonly sha256: string }[];
};

export type FieldTask = {
  readonly id: string;
  readonly formKey: string;
  readonly subject: {
    readonly id: string;
    readonly name: Readonly<Record<string, string>>;
    readonly type: string | null;
    readonly place: Readonly<Record<string, string>>;
  };
  readonly activity: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
  /** A conflict of interest was stated and nobody has let it pass. */
  readonly blocked: boolean;
  /** What stands on it at the server: nothing yet, or the word of the second person. */
  readonly state: 'open' | 'waiting' | 'accepted' | 'returned' | 'rejected' | 'withdrawn';
  /** The record that stands on it and who wrote it is this person: what a correction would replace. */
  readonly recordId: string | null;
  /** Why it came back, in the words of whoever read it. */
  readonly returned: { readonly reason: string; readonly by: string } | null;
};

const shift = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** By task, for those that were sent back. */
async function wordsOfReturn(
  db: Db,
  spaceId: string,
  tasks: readonly Task[],
): Promise<ReadonlyMap<string, { readonly reason: string; readonly by: string }>> {
  const sentBack = tasks.filter((task) => task.record?.verdict === 'returned');
  const records = await Promise.all(sentBack.map((task) => record(db, spaceId, task.record!.id)));
  const last = records.map((one) => one?.judgements.at(-1));
  const names = await accountNames(db, spaceId, [...new Set(last.flatMap((word) => (word ? [word.byId] : [])))]);
  return new Map(
    sentBack.map((task, i) => [
      task.id,
      { reason: last[i]?.reason ?? '', by: (last[i] && names.get(last[i].byId)) ?? '' },
    ]),
  );
}

export async function fieldHome(
  call: Call,
  actor: Actor,
  media: Readonly<Record<string, MediaList>>,
): Promise<FieldHome> {
  const { sql, space } = call;
  const day = today(call.now());
  const [tasks, forms] = await Promise.all([
    assignmentsOf(sql, space.id, actor.accountId, shift(day, -BEFORE), shift(day, AFTER)),
    publishedForms(sql, space.id),
  ]);
  const subjectIds = [...new Set(tasks.map((task) => task.subjectId))];
  const [names, places, rounds, words] = await Promise.all([
    subjects(sql, space.id, subjectIds, day),
    ancestorsOf(sql, space.id, subjectIds, day),
    activities(sql, space.id),
    wordsOfReturn(sql, space.id, tasks),
  ]);
  const titles = new Map(rounds.map((round) => [round.id, round.title]));
  const keyOf = new Map(forms.map((form) => [form.formId, form.formKey]));
  return {
    space: { name: space.name },
    person: { id: actor.accountId, name: actor.name, language: call.l.language },
    tasks: tasks.flatMap((task) => {
      const formKey = keyOf.get(task.formId);
      const subject = names.get(task.subjectId);
      if (!formKey || !subject) return [];
      return [
        {
          id: task.id,
          formKey,
          subject: {
            id: subject.id,
            name: subject.name,
            type: subject.type,
            place: places.get(subject.id)?.[0]?.name ?? {},
          },
          activity: titles.get(task.activityId) ?? {},
          from: task.from,
          to: task.to,
          blocked: task.blocked,
          state: task.record?.verdict ?? 'open',
          recordId: task.record?.authorId === actor.accountId ? task.record.id : null,
          returned: words.get(task.id) ?? null,
        },
      ];
    }),
    forms: await Promise.all(
      forms.map(async ({ id, formKey, version, md5, title }) => ({
        versionId: id,
        key: formKey,
        version,
        md5,
        title,
        files: (await formFiles(sql, space.id, id)).map(({ name, sha256 }) => ({ name, sha256 })),
      })),
    ),
    lists: await Promise.all(
      Object.entries(media).map(async ([name, list]) => ({
        name,
        sha256: createHash('sha256')
          .update(await list(sql, space.id, actor))
          .digest('hex'),
      })),
    ),
  };
}
