import { type ControlProps, controlId, Frame, GroupFrame, tied } from '../Frame.tsx';

const number = (text: string | undefined, other: number): number => {
  const value = Number(text);
  return text === undefined || text === '' || Number.isNaN(value) ? other : value;
};

/** A number between two ends: a slider that the arrow keys move, a list (`picker`) or marks from one to five (`rating`). */
export function Range(props: ControlProps) {
  const { node, stage } = props;
  const { parameters, appearance, value } = node;
  const [from, to] = [number(parameters.start, 0), number(parameters.end, 10)];
  const step = Math.abs(number(parameters.step, 1)) || 1;
  const [least, most] = [Math.min(from, to), Math.max(from, to)];
  const digits = Math.max(...[from, to, step].map((one) => (String(one).split('.')[1] ?? '').length));
  const marks = (): string[] =>
    Array.from({ length: Math.min(200, Math.floor((most - least) / step + 1e-9) + 1) }, (_, i) =>
      (least + i * step).toFixed(digits),
    );
  if (appearance.includes('picker')) {
    return (
      <Frame {...props}>
        <select
          id={controlId(node)}
          name={node.ref}
          class="input input--short"
          value={value}
          onChange={(event) => stage.answer(node.ref, event.currentTarget.value)}
          {...tied(props)}
        >
          <option value="">{stage.l.t('form.choose')}</option>
          {marks().map((mark) => (
            <option key={mark} value={mark} selected={mark === value}>
              {mark}
            </option>
          ))}
        </select>
      </Frame>
    );
  }
  if (appearance.includes('rating')) {
    return (
      <GroupFrame {...props}>
        <div class="ticks likert">
          {marks().map((mark) => (
            <div class="tick q-tick" key={mark}>
              <input
                type="radio"
                id={`${controlId(node)}-${mark}`}
                name={node.ref}
                value={mark}
                checked={mark === value}
                disabled={node.readonly}
                onChange={() => stage.answer(node.ref, mark)}
              />
              <label for={`${controlId(node)}-${mark}`}>{mark}</label>
            </div>
          ))}
        </div>
      </GroupFrame>
    );
  }
  const set = (event: { readonly currentTarget: HTMLInputElement }) =>
    stage.answer(node.ref, Number(event.currentTarget.value).toFixed(digits));
  return (
    <Frame {...props}>
      <output class="range-value" for={controlId(node)}>
        {value === '' ? stage.l.t('form.range.none') : value}
      </output>
      <input
        id={controlId(node)}
        name={node.ref}
        type="range"
        class="range"
        min={least}
        max={most}
        step={step}
        value={value === '' ? (least + most) / 2 : value}
        aria-valuetext={value === '' ? stage.l.t('form.range.none') : value}
        onInput={set}
        // A first touch in the middle changes nothing that the browser would tell as input.
        onClick={set}
        {...tied(props)}
      />
      <div class="range-ends" aria-hidden="true">
        <span>{least}</span>
        <span>{most}</span>
      </div>
    </Frame>
  );
}
