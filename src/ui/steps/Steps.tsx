import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

export interface Step {
  readonly label: string;
  readonly state: 'done' | 'current' | 'coming';
  readonly when?: string;
  readonly who?: string;
  readonly note?: ComponentChildren;
}

export interface StepsProps {
  readonly l: UiLocale;
  /** What passes through these states, for readers. */
  readonly label: string;
  readonly steps: readonly Step[];
}

/** The states of a flow in order: which are behind, with who and when, where it stands, and what comes. */
export function Steps({ l, label, steps }: StepsProps) {
  return (
    <div class="steps">
      <ol aria-label={label}>
        {steps.map((step) => (
          <li
            key={step.label}
            class={`step step--${step.state}`}
            {...(step.state === 'current' && { 'aria-current': 'step' as const })}
          >
            <span class="step-mark">{step.state === 'done' && <Icon name="check" size={16} />}</span>
            <div class="step-words">
              <strong>{step.label}</strong>
              <span class="sr-only"> ({l.t(`ui.steps.${step.state}`)})</span>
              {(step.when || step.who) && <small>{[step.when, step.who].filter(Boolean).join(' · ')}</small>}
              {step.note && <small>{step.note}</small>}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
