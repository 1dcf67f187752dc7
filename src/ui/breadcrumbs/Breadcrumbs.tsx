import type { UiLocale } from '../locale.ts';

export interface BreadcrumbsProps {
  readonly l: UiLocale;
  /** From the top down; the last one is the page itself and needs no address. */
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
}

/** Where this page lies. */
export function Breadcrumbs({ l, crumbs }: BreadcrumbsProps) {
  return (
    <nav class="crumbs" aria-label={l.t('ui.breadcrumbs')}>
      <ol>
        {crumbs.map((crumb, index) => (
          <li key={`${index}-${crumb.label}`}>
            {crumb.href ? (
              <a href={crumb.href}>{crumb.label}</a>
            ) : (
              <span {...(index === crumbs.length - 1 && { 'aria-current': 'page' as const })}>{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
