import type { ComponentChildren } from 'preact';
import { cx } from '../classes.ts';

export interface CardProps {
  readonly title?: ComponentChildren;
  /** With an address the title is a link and the whole card can be pressed. */
  readonly href?: string;
  readonly level?: 2 | 3 | 4;
  /** Small words over the title: a kind, a period, a funder. */
  readonly kicker?: ComponentChildren;
  /** State chips or a menu, at the end of the title's line. */
  readonly aside?: ComponentChildren;
  readonly image?: { readonly src: string; readonly alt: string; readonly width: number; readonly height: number };
  readonly footer?: ComponentChildren;
  readonly tone?: 'plain' | 'sunk' | 'accent';
  readonly id?: string;
  readonly children?: ComponentChildren;
}

/** One thing on its own sheet. */
export function Card({
  title,
  href,
  level = 3,
  kicker,
  aside,
  image,
  footer,
  tone = 'plain',
  id,
  children,
}: CardProps) {
  const Heading = `h${level}` as const;
  return (
    <article class={cx('card', tone !== 'plain' && `card--${tone}`, href && 'card--link')} {...(id && { id })}>
      {image && <img class="card-image" loading="lazy" decoding="async" {...image} alt={image.alt} />}
      {(title || kicker || aside) && (
        <header class="card-head">
          <div>
            {kicker && <p class="kicker">{kicker}</p>}
            {title && <Heading class="card-title">{href ? <a href={href}>{title}</a> : title}</Heading>}
          </div>
          {aside && <div class="card-aside">{aside}</div>}
        </header>
      )}
      {children && <div class="card-body">{children}</div>}
      {footer && <footer class="card-foot">{footer}</footer>}
    </article>
  );
}

/** Cards side by side, as many as fit. */
export function CardGrid({
  children,
  min = 'medium',
}: {
  readonly children: ComponentChildren;
  readonly min?: 'small' | 'medium' | 'large';
}) {
  return <div class={`grid grid--${min}`}>{children}</div>;
}

export interface SectionProps {
  readonly title: ComponentChildren;
  readonly id?: string;
  readonly lead?: ComponentChildren;
  /** Links or buttons at the end of the heading's line. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of a page under its heading. */
export function Section({ title, id, lead, actions, children }: SectionProps) {
  return (
    <section class="section" {...(id && { id, 'aria-labelledby': `${id}-title` })}>
      <div class="section-head">
        <h2 {...(id && { id: `${id}-title` })}>{title}</h2>
        {actions && <div class="section-actions">{actions}</div>}
      </div>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}
