import { useRef, useState } from 'preact/hooks';
import { type ControlProps, controlId, Frame, tied } from '../Frame.tsx';
import { Letters } from './Letters.tsx';

/** What is typed stands in the box as it was typed, while the instance holds it in the form's own spelling. */
function useTyped(props: ControlProps, spell: (typed: string) => string): [string, (typed: string) => void] {
  const { node, stage } = props;
  const [typed, setTyped] = useState(node.value);
  const shown = spell(typed) === node.value ? typed : node.value;
  return [
    shown,
    (text) => {
      setTyped(text);
      stage.answer(node.ref, spell(text));
    },
  ];
}

const asIs = (text: string): string => text;

/** One line or several lines of text. */
export function Text(props: ControlProps) {
  const { node, stage } = props;
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [text, type] = useTyped(props, asIs);
  const has = (word: string) => node.appearance.includes(word);
  const long = has('multiline') || Number(node.parameters.rows ?? 1) > 1;
  const digits = has('numbers');
  const kyrgyz = stage.l.language === 'ky' && !digits && !has('url') && !node.readonly && stage.device;
  const shared = {
    id: controlId(node),
    name: node.ref,
    class: 'input',
    ref: field,
    onInput: (event: Event) => type((event.currentTarget as HTMLInputElement).value),
    ...tied(props),
  };
  return (
    <Frame {...props}>
      {long ? (
        <textarea {...shared} rows={Number(node.parameters.rows ?? 4)} value={text} />
      ) : (
        <input
          {...shared}
          // Preact's types know one shape per input type; these share their attributes.
          type={(has('masked') ? 'password' : has('url') ? 'url' : 'text') as 'text'}
          autocomplete="off"
          {...(digits && { inputMode: 'decimal' as const })}
          value={text}
        />
      )}
      {kyrgyz && (
        <Letters
          field={field}
          onType={type}
          label={stage.l.t('form.letters')}
          capital={stage.l.t('form.letters.capital')}
        />
      )}
    </Frame>
  );
}

/** Whole and decimal numbers: a comma is as good as a point, spaces between thousands are let pass. */
export function NumberField(props: ControlProps) {
  const { node, stage } = props;
  const whole = node.dataType === 'int';
  const [text, type] = useTyped(props, (typed) =>
    typed
      .replace(/[\s\u00a0]/g, '')
      .replace(',', '.')
      .replace('−', '-'),
  );
  const step = (by: number) => type(String((Number(node.value) || 0) + by));
  const input = (
    <input
      id={controlId(node)}
      name={node.ref}
      class="input input--short"
      type="text"
      inputMode={whole ? 'numeric' : 'decimal'}
      autocomplete="off"
      value={text}
      onInput={(event) => type(event.currentTarget.value)}
      {...tied(props)}
    />
  );
  if (!node.appearance.includes('counter') || !stage.device) {
    const grouped = node.appearance.includes('thousands-sep') && Math.abs(Number(node.value)) >= 1000;
    return (
      <Frame {...props}>
        {input}
        {grouped && <p class="soft">{stage.l.number(Number(node.value), (node.value.split('.')[1] ?? '').length)}</p>}
      </Frame>
    );
  }
  return (
    <Frame {...props}>
      <div class="stepper">
        <button
          type="button"
          class="btn btn--square"
          aria-label={stage.l.t('form.less')}
          disabled={node.readonly}
          onClick={() => step(-1)}
        >
          −
        </button>
        {input}
        <button
          type="button"
          class="btn btn--square"
          aria-label={stage.l.t('form.more')}
          disabled={node.readonly}
          onClick={() => step(1)}
        >
          +
        </button>
      </div>
    </Frame>
  );
}
