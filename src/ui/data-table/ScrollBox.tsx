import type { ComponentChildren } from 'preact';

export interface ScrollBoxProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** Keeps a wide table inside its place: what does not fit scrolls sideways. */
export function ScrollBox({ label, children }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop the keyboard could not scroll it
    <section class="table-wrap" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
