import type { Actor } from '../../kernel/access/index.ts';
import { assignmentsOf } from '../../kernel/assignments/index.ts';
import { type FormVersionInfo, publishedForms } from '../../kernel/forms/index.ts';
import type { Db } from '../../platform/db/index.ts';

const DAY_MS = 86_400_000;

/**
 * The forms that a phone is offered: those of the person's tasks from three months back, which may still be sent late, to one
 * ahead; and those that belong to no programme. Who coordinates or reviews has them all.
 */
export async function offeredForms(
  db: Db,
  spaceId: string,
  actor: Actor,
  now: Date,
): Promise<readonly FormVersionInfo[]> {
  const published = await publishedForms(db, spaceId);
  if (actor.roles.some((role) => role === 'coordinator' || role === 'reviewer')) return published;
  const from = new Date(now.getTime() - 92 * DAY_MS).toISOString().slice(0, 10);
  const to = new Date(now.getTime() + 31 * DAY_MS).toISOString().slice(0, 10);
  const tasks = await assignmentsOf(db, spaceId, actor.accountId, from, to);
  const asked = new Set(tasks.filter((task) => !task.blocked).map((task) => task.formId));
  return published.filter((version) => version.kind === 'general' || asked.has(version.formId));
}
