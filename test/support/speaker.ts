import { evidenceFollows, type Measure } from '../../src/kernel/evidence/index.ts';
import type { Speaker } from '../../src/kernel/subjects/index.ts';
import { uuidv7 } from '../../src/platform/db/index.ts';

/** Somebody who states facts in the space, by which the measures are drawn anew. */
export function speakerIn(
  spaceId: string,
  measures: readonly Measure[] = [],
): Speaker & { readonly accountId: string } {
  return { spaceId, accountId: uuidv7(), follows: evidenceFollows(measures) };
}
