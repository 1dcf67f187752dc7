import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../icon/Icon.tsx';

export interface Happening {
  readonly key: string;
  /** Written in the reader's language; `iso` is the same moment for machines. */
  readonly when: string;
  readonly iso: string;
  readonly who?: string;
  readonly what: ComponentChildren;
  readonly icon?: IconName;
  readonly tone?: 'good' | 'warn' | 'bad';
  /** A remark, a reason, what changed. */
  readonly note?: ComponentChildren;
}

/** What happened, the newest first or as the caller orders it. */
export function Timeline({ label, items }: { readonly label: string; readonly items: readonly Happening[] }) {
  return (
    <ol class="timeline" aria-label={label}>
      {items.map((item) => (
        <li key={item.key} class={item.tone && `timeline--${item.tone}`}>
          <span class="timeline-mark">
            <Icon name={item.icon ?? 'history'} size={18} />
          </span>
          <div>
            <p class="timeline-what">{item.what}</p>
            <p class="soft small">
              <time datetime={item.iso}>{item.when}</time>
              {item.who && ` · ${item.who}`}
            </p>
            {item.note && <div class="timeline-note">{item.note}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
