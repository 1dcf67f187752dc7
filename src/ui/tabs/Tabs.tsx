import type { UiLocale } from '../locale.ts';
import type { NavItem } from '../page.ts';

export interface TabsProps {
  readonly l: UiLocale;
  /** What the tabs divide, for readers. */
  readonly label: string;
  readonly items: readonly (NavItem & { readonly count?: number })[];
}

/** Views of one thing, each with its own address. */
export function Tabs({ l, label, items }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.href}>
            <a href={item.href} {...(item.current && { 'aria-current': 'page' as const })}>
              {item.label}
              {item.count !== undefined && <span class="badge">{l.number(item.count)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
