import type { UiLocale } from '../locale.ts';

/** What a monitor may say of one row of a standard. */
export type Verdict = 'met' | 'partly' | 'not_met' | 'not_applicable' | 'not_observed';

export const VERDICTS: readonly Verdict[] = ['met', 'partly', 'not_met', 'not_applicable', 'not_observed'];

/** The shape of a verdict: each differs in outline, so it reads without colour. */
export function VerdictShape({ verdict, size = 22 }: { readonly verdict: Verdict; readonly size?: number }) {
  return (
    <svg
      class={`verdict-shape verdict-shape--${verdict}`}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      {verdict === 'met' && (
        <>
          <circle class="fill" cx="12" cy="12" r="10.500" />
          <path class="cut" d="M7 12.500l3.500 3.500l6.500-7.500" />
        </>
      )}
      {verdict === 'partly' && (
        <>
          <circle class="edge" cx="12" cy="12" r="9.500" />
          <path class="fill" d="M12 2.500A9.500 9.500 0 0 0 12 21.500Z" />
        </>
      )}
      {verdict === 'not_met' && (
        <>
          <rect class="fill" x="2" y="2" width="20" height="20" rx="3" />
          <path class="cut" d="M7.500 7.500l9 9M16.500 7.500l-9 9" />
        </>
      )}
      {verdict === 'not_applicable' && <path class="edge" d="M5 12H19" />}
      {verdict === 'not_observed' && (
        <>
          <circle class="edge dashed" cx="12" cy="12" r="9.500" />
          <path class="edge" d="M9.300 9.500A2.800 2.800 0 1 1 12 12.600V14M12 16.900V17" />
        </>
      )}
    </svg>
  );
}

export interface VerdictMarkProps {
  readonly l: UiLocale;
  readonly verdict: Verdict;
  /** How many, in a legend or a sum. */
  readonly count?: number;
}

/** A verdict as shape and word. */
export function VerdictMark({ l, verdict, count }: VerdictMarkProps) {
  return (
    <span class={`verdict verdict--${verdict}`}>
      <VerdictShape verdict={verdict} />
      <span>
        {count !== undefined && <strong>{l.number(count)} </strong>}
        {l.t(`ui.verdict.${verdict}`)}
      </span>
    </span>
  );
}
