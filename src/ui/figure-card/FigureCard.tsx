import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

export interface FigureCardProps {
  readonly l: UiLocale;
  /** What the figure counts, as the indicator says it. */
  readonly title: string;
  /** The heading's place on the page; 3 when left out. */
  readonly level?: 2 | 3;
  /** Derived from evidence; null when there is nothing to derive it from. */
  readonly value: number | null;
  readonly unit?: string;
  readonly target?: number;
  readonly baseline?: number;
  readonly digits?: number;
  readonly period?: string;
  readonly href?: string;
  readonly evidence?: { readonly href: string; readonly label?: string };
  /** Chips: frozen, changed since, estimated. */
  readonly aside?: ComponentChildren;
  /** A line under it: "reported 19, now 20: one visit came late". */
  readonly note?: ComponentChildren;
}

interface BarProps {
  readonly value: number;
  readonly target: number;
  readonly baseline: number | undefined;
}

/** The way from nothing to the target, with the baseline as a notch; beyond the target the bar's scale grows. */
function WayToTarget({ value, target, baseline }: BarProps) {
  const end = Math.max(value, target, 0.000001);
  const at = (n: number) => `${Math.min(100, Math.max(0, (n / end) * 100))}%`;
  return (
    <svg class="way" width="100%" height="18" aria-hidden="true" focusable="false">
      <rect class="way-ground" y="4" width="100%" height="10" rx="5" />
      <rect class="way-done" y="4" width={at(value)} height="10" rx="5" />
      {baseline !== undefined && baseline > 0 && (
        <line class="way-base" x1={at(baseline)} x2={at(baseline)} y1="2" y2="16" />
      )}
      {value > target && <line class="way-target" x1={at(target)} x2={at(target)} y1="0" y2="18" />}
    </svg>
  );
}

/** A figure with its target, its baseline and the door to its evidence. */
export function FigureCard(props: FigureCardProps) {
  const { l, title, level = 3, value, unit, target, baseline, digits, period, href, evidence, aside, note } = props;
  const Heading = `h${level}` as const;
  const share = value !== null && target ? Math.round((value / target) * 100) : null;
  return (
    <article class="card figure-card">
      <header class="card-head">
        <div>
          {period && <p class="kicker">{period}</p>}
          <Heading class="figure-title">{href ? <a href={href}>{title}</a> : title}</Heading>
        </div>
        {aside && <div class="card-aside">{aside}</div>}
      </header>
      <p class="figure-value">
        {value === null ? (
          <span class="soft figure-none">{l.t('ui.noData')}</span>
        ) : (
          <strong>{l.number(value, digits)}</strong>
        )}
        {value !== null && unit && <span class="soft"> {unit}</span>}
      </p>
      {value !== null && target !== undefined && target > 0 && (
        <WayToTarget value={value} target={target} baseline={baseline} />
      )}
      <dl class="figure-terms">
        {target !== undefined && (
          <div>
            <dt>{l.t('ui.figure.target')}</dt>
            <dd>
              {l.number(target, digits)}
              {share !== null && <small class="soft"> {l.t('ui.figure.ofTarget', { share: l.number(share) })}</small>}
            </dd>
          </div>
        )}
        {baseline !== undefined && (
          <div>
            <dt>{l.t('ui.figure.baseline')}</dt>
            <dd>{l.number(baseline, digits)}</dd>
          </div>
        )}
      </dl>
      {note && <div class="figure-note">{note}</div>}
      {evidence && (
        <a class="figure-evidence" href={evidence.href}>
          <Icon name="shield" />
          <span>{evidence.label ?? l.t('ui.figure.evidence')}</span>
          <span class="sr-only">: {title}</span>
        </a>
      )}
    </article>
  );
}
