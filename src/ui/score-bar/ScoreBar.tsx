import type { UiLocale } from '../locale.ts';
import { VERDICTS, type Verdict, VerdictMark, VerdictShape } from '../verdict/VerdictMark.tsx';

export type VerdictCounts = Readonly<Record<Verdict, number>>;

export interface ScorePart {
  readonly label: string;
  /** 0 to 100; null when there was too little to say. */
  readonly score: number | null;
  readonly counts: VerdictCounts;
  readonly href?: string;
}

export interface ScoreBarProps {
  readonly l: UiLocale;
  /** What is scored, e.g. the facility's name. */
  readonly label: string;
  readonly score: number | null;
  /** The score never stands without its parts. */
  readonly parts: readonly ScorePart[];
  /** How the score is reckoned, in a sentence. */
  readonly method?: string;
}

function Stack({ counts }: { readonly counts: VerdictCounts }) {
  const total = VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
  let from = 0;
  return (
    <svg class="stack" width="100%" height="14" aria-hidden="true" focusable="false">
      {total === 0 && <rect class="stack--none" width="100%" height="14" />}
      {VERDICTS.map((verdict) => {
        const width = total === 0 ? 0 : (counts[verdict] / total) * 100;
        const x = from;
        from += width;
        return (
          width > 0 && <rect key={verdict} class={`stack--${verdict}`} x={`${x}%`} width={`${width}%`} height="14" />
        );
      })}
    </svg>
  );
}

function Counts({ l, counts }: { readonly l: UiLocale; readonly counts: VerdictCounts }) {
  return (
    <ul class="score-counts">
      {VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) => (
        <li key={verdict}>
          <VerdictShape verdict={verdict} size={15} />
          {l.number(counts[verdict])}
          <span class="sr-only"> {l.t(`ui.verdict.${verdict}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** A score with what it is made of: every domain with its verdicts counted. */
export function ScoreBar({ l, label, score, parts, method }: ScoreBarProps) {
  return (
    <div class="score">
      <p class="score-head">
        <span class="score-label">{label}</span>
        {score === null ? (
          <span class="soft">{l.t('ui.score.none')}</span>
        ) : (
          <>
            <strong class="score-number">{l.number(score, 0)}</strong>
            <span class="soft">{l.t('ui.score.outOf')}</span>
          </>
        )}
      </p>
      <ul class="score-parts" aria-label={l.t('ui.score.parts')}>
        {parts.map((part) => (
          <li key={part.label}>
            <span class="score-name">{part.href ? <a href={part.href}>{part.label}</a> : part.label}</span>
            <span class="score-value">{part.score === null ? '–' : l.number(part.score, 0)}</span>
            <Stack counts={part.counts} />
            <Counts l={l} counts={part.counts} />
          </li>
        ))}
      </ul>
      <ul class="verdict-key">
        {VERDICTS.map((verdict) => (
          <li key={verdict}>
            <VerdictMark l={l} verdict={verdict} />
          </li>
        ))}
      </ul>
      {method && <p class="soft small">{method}</p>}
    </div>
  );
}
