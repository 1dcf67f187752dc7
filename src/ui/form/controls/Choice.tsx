import type { Choice } from '@demilge/xform';
import { useState } from 'preact/hooks';
import { fold } from '../../../platform/i18n/index.ts';
import { cx } from '../../classes.ts';
import { type ControlProps, controlId, Frame, GroupFrame, tied } from '../Frame.tsx';
import { given } from '../values.ts';
import { Words } from '../Words.tsx';

/** Beyond this many, a list that is meant to be seen whole is searched instead: thumbs get tired. */
const SEEN_WHOLE = 60;

/** One or several of a list: all seen, in a drop-down, searched, in columns or as a scale. */
export function Choices(props: ControlProps) {
  const { node, stage } = props;
  const has = (word: string) => node.appearance.includes(word);
  if (has('label')) return <Heading {...props} />;
  const searched = has('autocomplete') || has('search') || node.choices.length > SEEN_WHOLE;
  if (searched && stage.device) return <Searched {...props} />;
  if (node.control === 'select1' && (has('minimal') || searched)) return <Minimal {...props} />;
  if (has('minimal') && stage.device) return <Folded {...props} />;
  return <Seen {...props} />;
}

/** The first row of a table says only what its columns are; on a phone every row says it, so that the row is a heading. */
function Heading({ node }: ControlProps) {
  return node.label ? (
    <p class="q field-label" data-ref={node.ref}>
      <Words text={node.label} />
    </p>
  ) : null;
}

function toggle(props: ControlProps, value: string, on: boolean): void {
  const { node, stage } = props;
  if (node.control === 'select1') {
    stage.answer(node.ref, on ? value : '');
    return;
  }
  const chosen = new Set(given(node));
  if (on) chosen.add(value);
  else chosen.delete(value);
  // In the order of the list: two people who tick the same give the same answer.
  const ordered = node.choices.map((choice) => choice.value).filter((one) => chosen.has(one));
  stage.answer(node.ref, ordered.join(' '));
}

function Tick(props: ControlProps & { readonly choice: Choice; readonly index: number }) {
  const { node, stage, choice, index } = props;
  const id = `${controlId(node)}-${index}`;
  const picture = choice.media.image && stage.device?.media(choice.media.image);
  return (
    <div class="tick q-tick">
      <input
        type={node.control === 'select1' ? 'radio' : 'checkbox'}
        id={id}
        name={node.ref}
        value={choice.value}
        checked={given(node).includes(choice.value)}
        disabled={node.readonly}
        onChange={(event) => toggle(props, choice.value, event.currentTarget.checked)}
      />
      <label for={id}>
        {picture && <img src={picture} alt="" />}
        <span>
          <Words text={choice.label || choice.value} />
        </span>
      </label>
    </div>
  );
}

/** Letters that stand beside each other on a screen of 320 pixels, in all columns together. */
const LETTERS_IN_ROW = 36;

/** Whether no word of a scale has to be broken when its marks stand in a row. */
function fitsInRow(choices: readonly Choice[]): boolean {
  const longest = Math.max(0, ...choices.flatMap(({ label }) => label.split(/[\s-]+/).map((word) => word.length)));
  return longest * choices.length <= LETTERS_IN_ROW;
}

const COLUMNS = /^(columns|horizontal|compact)/;

function Seen(props: ControlProps) {
  const { node, stage } = props;
  const likert = node.appearance.includes('likert') && fitsInRow(node.choices);
  const columns = node.appearance.some((word) => COLUMNS.test(word));
  const answered = node.value !== '' && node.control === 'select1' && !node.required && !node.readonly && stage.device;
  return (
    <GroupFrame {...props}>
      <div class={cx('ticks', likert && 'likert', columns && 'ticks--columns')}>
        {node.choices.map((choice, index) => (
          <Tick key={choice.value} {...props} choice={choice} index={index} />
        ))}
      </div>
      {node.choices.length === 0 && <p class="soft">{stage.l.t('form.noChoices')}</p>}
      {answered && (
        <button type="button" class="btn btn--quiet btn--small" onClick={() => stage.answer(node.ref, '')}>
          {stage.l.t('form.clear')}
        </button>
      )}
    </GroupFrame>
  );
}

/** The device's own list: the quickest for twenty names. */
function Minimal(props: ControlProps) {
  const { node, stage } = props;
  return (
    <Frame {...props}>
      <select
        id={controlId(node)}
        name={node.ref}
        class="input input--select"
        value={node.value}
        onChange={(event) => stage.answer(node.ref, event.currentTarget.value)}
        {...tied(props)}
      >
        <option value="">{stage.l.t('form.choose')}</option>
        {node.choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === node.value}>
            {choice.label || choice.value}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** Several of a list, opened on demand. */
function Folded(props: ControlProps) {
  const { node, stage } = props;
  const chosen = node.choices.filter((choice) => given(node).includes(choice.value));
  return (
    <GroupFrame {...props}>
      <details class="folded">
        <summary class="input">
          {chosen.length > 0 ? chosen.map((choice) => choice.label).join(', ') : stage.l.t('form.choose')}
        </summary>
        <div class="ticks">
          {node.choices.map((choice, index) => (
            <Tick key={choice.value} {...props} choice={choice} index={index} />
          ))}
        </div>
      </details>
    </GroupFrame>
  );
}

const FOUND = 30;

/** A long list with a search box: the words are compared as people write them (ө/о, ү/у, ң/н). */
function Searched(props: ControlProps) {
  const { node, stage } = props;
  const { t } = stage.l;
  const id = controlId(node);
  const [text, setText] = useState('');
  const wanted = fold(text);
  const chosen = new Set(given(node));
  const hits = node.choices.filter(
    (choice) => chosen.has(choice.value) || !wanted || fold(choice.label).includes(wanted),
  );
  const first = hits.filter((choice) => chosen.has(choice.value));
  const list = [...first, ...hits.filter((choice) => !chosen.has(choice.value))].slice(0, FOUND + first.length);
  return (
    <GroupFrame {...props}>
      <input
        class="input"
        type="search"
        aria-label={t('form.search')}
        placeholder={t('form.search')}
        autocomplete="off"
        value={text}
        disabled={node.readonly}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="ticks" id={`${id}-list`}>
        {list.map((choice) => (
          <Tick key={choice.value} {...props} choice={choice} index={node.choices.indexOf(choice)} />
        ))}
      </div>
      <p class="soft small" role="status">
        {hits.length === 0
          ? t('form.noneFound')
          : hits.length > list.length
            ? t('form.moreFound', { n: hits.length - list.length })
            : ''}
      </p>
    </GroupFrame>
  );
}
