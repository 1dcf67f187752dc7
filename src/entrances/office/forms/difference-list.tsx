import type { Locale } from '../../../platform/i18n/index.ts';
import { StateChip } from '../../../ui/index.ts';
import { text3 } from './describe.ts';
import type { AspectChange, Difference } from './difference.ts';

const TONE = { added: 'good', removed: 'bad', changed: 'info' } as const;

/** What changed, in sentences: which question, which part of it, from what to what. */
export function DifferenceList({ l, changed }: { readonly l: Locale; readonly changed: readonly Difference[] }) {
  if (changed.length === 0) return <p class="soft">{l.t('office.forms.noDifference')}</p>;
  return (
    <ul class="list">
      {changed.map(({ kind, question, changes }) => (
        <li key={kind + question.path}>
          <StateChip tone={TONE[kind]}>{l.t(`office.forms.difference.${kind}`)}</StateChip>{' '}
          <strong>{l.pick(text3(question.labels)) || question.name}</strong>{' '}
          <span class="soft small">
            <code>{question.name}</code>
          </span>
          {changes.length > 0 && (
            <ul>
              {changes.map((change) => (
                <li key={`${change.aspect} ${change.language} ${change.before} ${change.after}`}>
                  <ChangeWords l={l} change={change} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function ChangeWords({ l, change }: { readonly l: Locale; readonly change: AspectChange }) {
  const { aspect, language, before, after } = change;
  const what = `${l.t(`office.forms.aspect.${aspect}`)}${language && language !== 'default' ? `, ${language}` : ''}`;
  if (!before)
    return (
      <>
        {what}: {l.t('office.forms.now')} <ins>{after}</ins>
      </>
    );
  if (!after)
    return (
      <>
        {what}: <del>{before}</del> {l.t('office.forms.gone')}
      </>
    );
  return (
    <>
      {what}: <del>{before}</del> → <ins>{after}</ins>
    </>
  );
}
