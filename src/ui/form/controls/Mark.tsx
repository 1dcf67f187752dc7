import { FieldError } from '../../fields/field.tsx';
import { type ControlProps, controlId, errorOf, Frame, QuestionWords, tied } from '../Frame.tsx';
import { Words } from '../Words.tsx';

/** Words without an answer. */
export function Note({ node }: ControlProps) {
  return (
    <div class="q note" data-ref={node.ref}>
      <p class="note-words">
        <Words text={node.label} />
      </p>
      {node.hint && (
        <p class="field-hint">
          <Words text={node.hint} />
        </p>
      )}
      {node.value && node.value !== node.label && <p>{node.value}</p>}
    </div>
  );
}

/** "I have read it", "I agree": one tick that says OK. */
export function Acknowledge(props: ControlProps) {
  const { node, stage } = props;
  const id = controlId(node);
  const error = errorOf(props);
  return (
    <div class={error ? 'q field field--wrong' : 'q field'} data-ref={node.ref}>
      <div class="tick q-tick">
        <input
          type="checkbox"
          id={id}
          name={node.ref}
          value="OK"
          checked={node.value === 'OK'}
          onChange={(event) => stage.answer(node.ref, event.currentTarget.checked ? 'OK' : '')}
          {...tied(props)}
        />
        <label for={id}>
          <QuestionWords {...props} />
        </label>
      </div>
      {node.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          <Words text={node.hint} />
        </p>
      )}
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}

/** What no control of ours can take yet: the author was told when the form was published; here the answer stays as it is. */
export function Unsupported(props: ControlProps) {
  return (
    <Frame {...props}>
      <input
        id={controlId(props.node)}
        name={props.node.ref}
        class="input"
        value={props.node.value}
        onInput={(event) => props.stage.answer(props.node.ref, event.currentTarget.value)}
        {...tied(props)}
      />
    </Frame>
  );
}
