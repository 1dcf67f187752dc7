import type { Form, FormNode, RepeatInstanceNode } from '@demilge/xform';

/** Answers of an instance and of the lists inside it, by their paths, in the order of the form. */
interface Contents {
  readonly answers: Map<string, string>;
  /** How many instances each list inside had. */
  readonly counts: Map<string, number>;
}

function contentsOf(node: FormNode, into: Contents): Contents {
  if (node.kind === 'control') {
    if (node.value !== '' && !node.readonly) into.answers.set(node.ref, node.value);
    return into;
  }
  if (node.kind === 'repeat' && !node.counted) into.counts.set(node.ref, node.children.length);
  for (const child of node.children) contentsOf(child, into);
  return into;
}

/**
 * Takes an instance out of its list. @returns the way to put it back where it was, with all its answers; it gives the instance's path.
 * The paths are the same again, because nothing else is between the removal and its undoing.
 */
export function removeInstance(form: Form, instance: RepeatInstanceNode): () => string {
  const { ref, position, parent } = instance;
  const { answers, counts } = contentsOf(instance, { answers: new Map(), counts: new Map() });
  const list = parent?.ref ?? ref;
  form.removeRepeat(ref);
  return () => {
    const back = form.addRepeat(list, position);
    for (const [inner, count] of counts) settle(form, inner, count);
    for (const [question, value] of answers) {
      const node = form.get(question);
      if (node?.kind === 'control' && !node.readonly) form.setValue(question, value);
    }
    return back;
  };
}

/** Gives a list as many instances as it had. */
function settle(form: Form, ref: string, count: number): void {
  for (;;) {
    const list = form.get(ref);
    const now = list?.kind === 'repeat' ? list.children.length : count;
    if (now === count) return;
    if (now < count) form.addRepeat(ref);
    else form.removeRepeat(`${ref}[${now}]`);
  }
}
