import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole page as HTML text, from the doctype on. Takes the result of one of the layouts. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/** A part of a page as HTML text. */
export function renderPart(part: VNode): string {
  return renderToString(part);
}
