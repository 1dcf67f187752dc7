import type { ComponentChildren } from 'preact';

export interface StatProps {
  /** Already written in the reader's language. */
  readonly value: string;
  /** What the number is of; it stands smaller beside it. */
  readonly unit?: string;
  readonly label: string;
  readonly note?: ComponentChildren;
  readonly href?: string;
}

/** One number with what it counts. */
export function Stat({ value, unit, label, note, href }: StatProps) {
  const words = (
    <>
      {value}
      {unit && <small class="stat-unit"> {unit}</small>}
    </>
  );
  return (
    <div class="stat">
      <dt class="stat-label">{label}</dt>
      <dd class="stat-value">{href ? <a href={href}>{words}</a> : words}</dd>
      {note && <dd class="stat-note">{note}</dd>}
    </div>
  );
}

/** Numbers side by side. */
export function StatRow({ children }: { readonly children: ComponentChildren }) {
  return <dl class="stats">{children}</dl>;
}

export interface FactsProps {
  readonly facts: readonly { readonly term: string; readonly value: ComponentChildren }[];
}

/** Names and values: who, when, where. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl class="facts">
      {facts.map((fact) => (
        <div key={fact.term}>
          <dt>{fact.term}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A key or a fingerprint that may break between its groups: 64 signs are wider than a phone. */
export function Breakable({ text }: { readonly text: string }) {
  return <code>{text.match(/.{1,8}/gs)?.flatMap((part, i) => (i === 0 ? [part] : [<wbr key={i} />, part]))}</code>;
}
