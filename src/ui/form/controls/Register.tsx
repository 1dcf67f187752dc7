import type { ControlNode, FormNode, RepeatInstanceNode, RepeatNode } from '@demilge/xform';
import type { Stage } from '../env.ts';
import { questionsOf } from '../pages.ts';
import { Question } from '../Question.tsx';
import { Words } from '../Words.tsx';

/** The words of a row: what the form shows of the person before it asks (a note or a computed name), else the number. */
function nameOf(row: RepeatInstanceNode): string {
  const named = questionsOf(row.children).find((node) => node.control === 'note' || node.readonly);
  return (named?.control === 'note' ? named.label : named?.value) || row.label || String(row.position);
}

/** The one question of a row that is marked by thumb: its first list of one. */
function markOf(row: RepeatInstanceNode): ControlNode | undefined {
  return questionsOf(row.children).find((node) => node.control === 'select1' && !node.readonly);
}

/**
 * A register: a repeat with the appearance `register` on one screen, a row per person with its choices as chips under the thumb.
 * All can be marked alike at once and the few others changed.
 */
export function Register({ node, stage }: { readonly node: RepeatNode; readonly stage: Stage }) {
  const { t } = stage.l;
  const rows = node.children.filter((row) => row.relevant);
  const marks = rows.map(markOf);
  const open = marks.filter((mark) => mark && mark.value === '');
  const choices = marks.find((mark) => mark)?.choices ?? [];
  const counts = choices.map((choice) => ({ choice, n: marks.filter((mark) => mark?.value === choice.value).length }));
  return (
    <section class="register" aria-label={node.label}>
      {node.label && (
        <h3>
          <Words text={node.label} />
        </h3>
      )}
      {open.length > 0 && choices[0] && (
        <button
          type="button"
          class="btn"
          onClick={() => {
            for (const mark of open) if (mark) stage.answer(mark.ref, choices[0]!.value);
          }}
        >
          {t('form.register.rest', { mark: choices[0].label, n: open.length })}
        </button>
      )}
      <p class="register-sum" role="status">
        {counts.map(({ choice, n }) => `${choice.label}: ${n}`).join(' · ')}
        {open.length > 0 && ` · ${t('form.register.open', { n: open.length })}`}
      </p>
      <ol class="register-rows">
        {rows.map((row, i) => (
          <RegisterRow key={row.id} row={row} mark={marks[i]} stage={stage} />
        ))}
      </ol>
    </section>
  );
}

function RegisterRow({
  row,
  mark,
  stage,
}: {
  readonly row: RepeatInstanceNode;
  readonly mark: ControlNode | undefined;
  readonly stage: Stage;
}) {
  const name = nameOf(row);
  // Reasons and the like come up under a row only when its mark asks for them.
  const more = questionsOf(row.children as readonly FormNode[]).filter(
    (node) => node !== mark && node.control !== 'note' && !node.readonly,
  );
  return (
    <li>
      <fieldset class="register-row">
        <legend>{name}</legend>
        {mark && (
          <div class="chips">
            {mark.choices.map((choice) => (
              <label key={choice.value} class="chip-choice">
                <input
                  type="radio"
                  name={mark.ref}
                  value={choice.value}
                  checked={mark.value === choice.value}
                  onChange={() => stage.answer(mark.ref, choice.value)}
                />
                <span>{choice.label}</span>
              </label>
            ))}
          </div>
        )}
      </fieldset>
      {more.map((node) => (
        <Question key={node.id} node={node} stage={stage} />
      ))}
    </li>
  );
}
