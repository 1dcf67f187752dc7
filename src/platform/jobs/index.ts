import { type Db, type Fragment, type Sql, uuidv7 } from '../db/index.ts';

/** `lastTry`: nothing more happens by itself if it breaks. */
export type JobHandler = (
  payload: Record<string, unknown>,
  job: { spaceId: string; sql: Sql; lastTry: boolean },
) => Promise<void>;

const MAX_ATTEMPTS = 8;

/** Asks for work in the caller's transaction: it exists exactly when the act that wants it does. */
export async function enqueue(tx: Db, spaceId: string, kind: string, payload: Record<string, unknown>): Promise<void> {
  await tx`insert into job (id, space_id, kind, payload) values (${uuidv7()}, ${spaceId}, ${kind}, ${tx.json(payload as never)})`;
}

/** The same for many jobs as a part of the caller's statement, if `source` has a row. */
export function enqueueFrom(
  db: Db,
  spaceId: string,
  kind: string,
  payloads: readonly Readonly<Record<string, unknown>>[],
  source: string,
): Fragment {
  const jobs = payloads.map((payload) => ({ id: uuidv7(), payload }));
  return db`insert into job (id, space_id, kind, payload)
    select asked.id, ${spaceId}, ${kind}, asked.payload
    from ${db(source)}, jsonb_to_recordset(${db.json(jobs as never)}::jsonb) as asked (id uuid, payload jsonb)`;
}

/** Takes one waiting job and runs it; a crash gives it back after the lock ends, so a handler must bear a second run. */
export async function runOneJob(sql: Sql, handlers: ReadonlyMap<string, JobHandler>): Promise<boolean> {
  const [job] = await sql<
    { id: string; spaceId: string; kind: string; payload: Record<string, unknown>; attempts: number }[]
  >`
    update job set locked_until = now() + interval '5 minutes', attempts = attempts + 1
    where id = (select id from job where finished_at is null and failed_at is null and run_at <= now()
                and (locked_until is null or locked_until < now()) order by run_at limit 1 for update skip locked)
    returning id, space_id as "spaceId", kind, payload, attempts`;
  if (!job) return false;
  try {
    const handler = handlers.get(job.kind);
    if (!handler) throw new Error(`No handler for jobs of kind ${job.kind}`);
    await handler(job.payload, { spaceId: job.spaceId, sql, lastTry: job.attempts >= MAX_ATTEMPTS });
    await sql`update job set finished_at = now(), locked_until = null where id = ${job.id}`;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const giveUp = job.attempts >= MAX_ATTEMPTS;
    await sql`update job set locked_until = null, last_error = ${text.slice(0, 2000)},
      run_at = now() + ${2 ** job.attempts} * interval '1 second', failed_at = ${giveUp ? sql`now()` : null} where id = ${job.id}`;
  }
  return true;
}

/** Runs jobs until told to stop; `stop` waits for the one under way. */
export function startJobs(sql: Sql, handlers: ReadonlyMap<string, JobHandler>): { stop: () => Promise<void> } {
  let stopping = false;
  let wake: () => void = () => {};
  const loop = (async () => {
    while (!stopping) {
      const busy = await runOneJob(sql, handlers).catch(() => false);
      if (!busy && !stopping) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, 1000).unref();
        });
      }
    }
  })();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await loop;
    },
  };
}
