import type { RecordState } from '../../../kernel/records/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { StateChip, type Tone } from '../../../ui/index.ts';

const TONE = {
  waiting: 'info',
  accepted: 'good',
  returned: 'warn',
  rejected: 'bad',
  withdrawn: 'neutral',
  aside: 'warn',
  conflict: 'bad',
  incomplete: 'warn',
  superseded: 'neutral',
} as const satisfies Record<string, Tone>;

/** Where a record stands, in words: what waits for a person first, then what was said last. */
export function StateChips({ l, record }: { readonly l: Locale; readonly record: RecordState }) {
  const flags = (['conflict', 'aside', 'incomplete', 'superseded'] as const).filter((flag) => record[flag]);
  return (
    <>
      {[...flags, record.verdict].map((state) => (
        <StateChip key={state} tone={TONE[state]}>
          {l.t(`office.records.state.${state}`)}
        </StateChip>
      ))}
    </>
  );
}
