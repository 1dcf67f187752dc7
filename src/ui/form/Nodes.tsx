import type { FormNode, RepeatInstanceNode } from '@demilge/xform';
import { Register } from './controls/Register.tsx';
import type { Stage } from './env.ts';
import { isRegister, numbered } from './pages.ts';
import { Question } from './Question.tsx';
import { Words } from './Words.tsx';

/** Questions, groups and repeats as they stand, one below the other. */
export function Nodes({ nodes, stage }: { readonly nodes: readonly FormNode[]; readonly stage: Stage }) {
  return <>{nodes.map((node) => node.relevant && <One key={node.id} node={node} stage={stage} />)}</>;
}

function One({ node, stage }: { readonly node: FormNode; readonly stage: Stage }) {
  switch (node.kind) {
    case 'control':
      return <Question node={node} stage={stage} />;
    case 'repeat':
      if (isRegister(node)) return <Register node={node} stage={stage} />;
      return (
        <>
          <Nodes nodes={node.children} stage={stage} />
          {node.canAdd && stage.device && (
            <button type="button" class="btn" onClick={() => stage.addRepeat(node.ref)}>
              {stage.l.t('form.repeat.add', { what: node.label })}
            </button>
          )}
        </>
      );
    case 'repeatInstance':
      return <Instance node={node} stage={stage} />;
    case 'group':
      return (
        <section class="q-group" {...(node.label && { 'aria-labelledby': `g${node.id}` })}>
          {node.label && (
            <h3 class="q-group-title" id={`g${node.id}`}>
              <Words text={node.label} />
            </h3>
          )}
          <Nodes nodes={node.children} stage={stage} />
        </section>
      );
  }
}

function Instance({ node, stage }: { readonly node: RepeatInstanceNode; readonly stage: Stage }) {
  const removable = node.parent?.kind === 'repeat' && node.parent.canRemove && stage.device;
  return (
    <section class="q-group" aria-labelledby={`g${node.id}`}>
      <h3 class="q-group-title" id={`g${node.id}`}>
        <Words text={numbered(node)} />
      </h3>
      <Nodes nodes={node.children} stage={stage} />
      {removable && (
        <button type="button" class="btn btn--quiet btn--small" onClick={() => stage.removeRepeat(node.ref)}>
          {stage.l.t('form.repeat.remove', { what: numbered(node) })}
        </button>
      )}
    </section>
  );
}
