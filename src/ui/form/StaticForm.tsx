import type { ControlNode, Form, Issue } from '@demilge/xform';
import type { Locale } from '../../platform/i18n/index.ts';
import type { Stage } from './env.ts';
import { Nodes } from './Nodes.tsx';
import { pagesOf, questionsOf } from './pages.ts';
import { fromLocal } from './values.ts';

const nothing = () => undefined;

/** What controls are given where no script answers them. */
const still = (l: Locale, showMissing: boolean): Stage => ({
  l,
  device: undefined,
  answer: nothing,
  addRepeat: nothing,
  removeRepeat: nothing,
  showMissing,
});

/** All questions of a form on one page, without a script: the caller puts them into its own `<form method="post">`. */
export function StaticForm({ form, l, tried }: { readonly form: Form; readonly l: Locale; readonly tried: boolean }) {
  return <Nodes nodes={form.root.children} stage={still(l, tried)} />;
}

/** What stands on the screen when the form is opened, to be looked at. */
export function FirstPage({ form, l }: { readonly form: Form; readonly l: Locale }) {
  return <Nodes nodes={pagesOf(form)[0]?.nodes ?? []} stage={still(l, false)} />;
}

/**
 * Puts what a browser posted into the form, field by field in the order of the form, so that questions which an earlier answer opened are filled too.
 * Fields are named by the question's path. @returns what is still wrong
 */
export function readPosted(form: Form, posted: Readonly<Record<string, unknown>>): readonly Issue[] {
  const seen = new Set<string>();
  for (;;) {
    const next = questionsOf(form.root.children).find(
      (node) => !seen.has(node.ref) && !node.readonly && node.control !== 'note',
    );
    if (!next) return form.validate();
    seen.add(next.ref);
    const value = postedValue(next, posted);
    if (value !== undefined) form.setValue(next.ref, value);
  }
}

function postedValue(node: ControlNode, posted: Readonly<Record<string, unknown>>): string | undefined {
  const raw = posted[node.ref];
  const texts = (Array.isArray(raw) ? raw : [raw]).filter((one): one is string => typeof one === 'string');
  const month = posted[`${node.ref}|month`];
  const year = posted[`${node.ref}|year`];
  if (typeof month === 'string' && typeof year === 'string') return year && month ? `${year}-${month}-01` : '';
  // An unticked box is not sent at all: no field means no answer.
  if (node.control === 'select' || node.control === 'trigger' || node.control === 'rank')
    return texts.filter(Boolean).join(' ');
  if (node.control === 'upload') return undefined;
  const text = texts[0];
  if (text === undefined) return node.control === 'select1' ? '' : undefined;
  if (node.dataType === 'date' || node.dataType === 'time' || node.dataType === 'dateTime')
    return fromLocal(node.dataType, text.trim());
  if (node.dataType === 'int' || node.dataType === 'decimal') return text.replace(/[\s\u00a0]/g, '').replace(',', '.');
  return text;
}
