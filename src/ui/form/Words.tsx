import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';

/** Marks that forms use in labels: `**strong**`, `__strong__`, `*em*`, `_em_`, `[words](https://…)`; `#` heads and `<span>` colours are left out. */
const MARKS =
  /\*\*(.+?)\*\*|__(.+?)__|\*(?!\s)(.+?)\*|(?<![\p{L}\d])_(?!\s)(.+?)_(?![\p{L}\d])|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/u;

function marked(text: string): ComponentChildren {
  const found = MARKS.exec(text);
  if (!found) return text;
  const [whole, strong, strong2, em, em2, link, href] = found;
  const inner = strong ?? strong2 ?? em ?? em2 ?? link ?? '';
  const words = marked(inner);
  return (
    <>
      {text.slice(0, found.index)}
      {strong || strong2 ? (
        <strong>{words}</strong>
      ) : href ? (
        <a href={href} target="_blank" rel="noreferrer">
          {words}
        </a>
      ) : (
        <em>{words}</em>
      )}
      {marked(text.slice(found.index + whole.length))}
    </>
  );
}

/** The form's own words, with their lines and marks, as text: nothing in them can become markup of ours. */
export function Words({ text }: { readonly text: string }) {
  const lines = text
    .replace(/<\/?(span|p|div|b|i|u|strong|em|font|center)\b[^>]*>/gi, '')
    .replace(/<br\s*\/?>/gi, '\n')
    .split('\n');
  return (
    <>
      {lines.map((line, i) => (
        <Fragment key={i}>
          {i > 0 && <br />}
          {marked(line.replace(/^#{1,6}\s+/, ''))}
        </Fragment>
      ))}
    </>
  );
}
