import type { ControlNode } from '@demilge/xform';
import type { ComponentChildren } from 'preact';
import { cx } from '../classes.ts';
import { FieldError } from '../fields/field.tsx';
import type { Stage } from './env.ts';
import { Words } from './Words.tsx';

/** What every control is given. */
export interface ControlProps {
  readonly node: ControlNode;
  readonly stage: Stage;
}

export const controlId = (node: ControlNode): string => `q${node.id}`;

/** What is wrong with the present answer, in the form's words or ours; undefined while nothing is to be said. */
export function errorOf({ node, stage }: ControlProps): string | undefined {
  const { issue } = node;
  if (!issue || (issue.kind === 'required' && !stage.showMissing)) return undefined;
  return issue.message || stage.l.t(`form.issue.${issue.kind}`);
}

/** The attributes that tie an input to its hint, guidance and error. */
export function tied(props: ControlProps) {
  const { node } = props;
  const id = controlId(node);
  const error = errorOf(props);
  const ids = [node.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return {
    ...(ids && { 'aria-describedby': ids }),
    ...(error && { 'aria-invalid': 'true' as const }),
    ...(node.required && { 'aria-required': 'true' as const }),
    ...(node.readonly && { disabled: true }),
  };
}

/** Pictures, sounds and films that the form shows beside its words. */
function FormMedia({ node, stage }: ControlProps) {
  const { image, bigImage, audio, video } = node.media;
  const picture = bigImage ?? image;
  const source = picture && stage.device?.media(picture);
  const sound = audio && stage.device?.media(audio);
  const film = video && stage.device?.media(video);
  return (
    <>
      {source && <img class="q-media" src={source} alt="" />}
      {sound && (
        <audio class="q-media" controls src={sound} aria-label={node.label}>
          <track kind="captions" />
        </audio>
      )}
      {film && (
        <video class="q-media" controls src={film} aria-label={node.label}>
          <track kind="captions" />
        </video>
      )}
    </>
  );
}

/** The question's words with the mark of a question that must be answered. */
export function QuestionWords({ node, stage }: ControlProps) {
  return (
    <>
      <Words text={node.label || node.name} />
      {node.required && (
        <>
          <span class="q-must" aria-hidden="true">
            {'\u00a0*'}
          </span>
          <span class="sr-only"> ({stage.l.t('form.required')})</span>
        </>
      )}
    </>
  );
}

function Below(props: ControlProps & { readonly children: ComponentChildren }) {
  const { node, stage } = props;
  const id = controlId(node);
  const error = errorOf(props);
  return (
    <>
      {node.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          <Words text={node.hint} />
        </p>
      )}
      {node.guidance && (
        <details class="q-guidance">
          <summary>{stage.l.t('form.guidance')}</summary>
          <p>
            <Words text={node.guidance} />
          </p>
        </details>
      )}
      <FormMedia {...props} />
      <div class="q-answer">{props.children}</div>
      {error && <FieldError id={id}>{error}</FieldError>}
    </>
  );
}

type FrameProps = ControlProps & { readonly children: ComponentChildren };

/** Label, hint, guidance and error around one input with the id `controlId(node)`. */
export function Frame(props: FrameProps) {
  return (
    <div class={cx('q field', errorOf(props) && 'field--wrong')} data-ref={props.node.ref}>
      <label class="field-label" for={controlId(props.node)}>
        <QuestionWords {...props} />
      </label>
      <Below {...props} />
    </div>
  );
}

/** The same around several inputs, as a fieldset. */
export function GroupFrame(props: FrameProps) {
  const { disabled: _, 'aria-required': __, ...described } = tied(props);
  return (
    <fieldset
      class={cx('q field', errorOf(props) && 'field--wrong')}
      data-ref={props.node.ref}
      id={controlId(props.node)}
      {...(described['aria-describedby'] && { 'aria-describedby': described['aria-describedby'] })}
    >
      <legend class="field-label">
        <QuestionWords {...props} />
      </legend>
      <Below {...props} />
    </fieldset>
  );
}
