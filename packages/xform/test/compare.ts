/** Fills one form in both engines and lists every place where they differ. */
import { type Form, openForm, parseForm } from '@demilge/xform';
import { openReference, type ReferenceForm } from './reference.ts';
import { resources } from './resources.ts';
import { allNodes, answerFor, controls, repeats } from './script.ts';

export interface Difference {
  readonly at: string;
  readonly ref: string;
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
}

const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

/** What no two runs share (identities, moments, chance) and what only the writing of numbers makes different. */
export function normalize(xml: string): string {
  return xml
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,3}[+-]\d\d:\d\d/g, 'MOMENT')
    .replace(/\b0\.\d{9,}/g, 'CHANCE')
    .replace(/(-?\d+(?:\.\d+)?)\.0\b(?=[ ;<"])/g, '$1')
    .replace(/; ?/g, ';');
}

function leaves(xml: string): Map<string, string> {
  const out = new Map<string, string>();
  const path: string[] = [];
  const counts: Map<string, number>[] = [new Map()];
  for (const [, close, name, attributes, empty, text] of xml.matchAll(
    /<(\/?)([^\s/>]+)((?:\s[^>]*?)?)(\/?)>([^<]*)/g,
  )) {
    if (close) {
      path.pop();
      counts.pop();
      continue;
    }
    const seen = counts[counts.length - 1]!;
    const count = (seen.get(name!) ?? 0) + 1;
    seen.set(name!, count);
    path.push(count > 1 ? `${name}[${count}]` : name!);
    const at = `/${path.join('/')}`;
    out.set(at, `${attributes!.trim()}|${text!.trim()}`);
    if (empty) path.pop();
    else counts.push(new Map());
  }
  return out;
}

async function differences(at: string, ours: Form, theirs: ReferenceForm): Promise<Difference[]> {
  const out: Difference[] = [];
  const add = (ref: string, what: string, a: string, b: string) => {
    if (a !== b) out.push({ at, ref, what, ours: a, theirs: b });
  };
  ours.finish();
  const [left, right] = [leaves(normalize(ours.serialize())), leaves(normalize(await theirs.xml()))];
  for (const ref of new Set([...left.keys(), ...right.keys()]))
    add(ref, 'xml', left.get(ref) ?? 'absent', right.get(ref) ?? 'absent');
  const states = new Map(
    theirs.states().map((state) => [`${state.type.startsWith('repeat-range') ? 'repeat ' : ''}${state.ref}`, state]),
  );
  for (const node of allNodes(ours)) {
    if (node.name === '' || node === ours.root) continue;
    const key = `${node.kind === 'repeat' ? 'repeat ' : ''}${node.ref}`;
    const state = states.get(key);
    if (!state) {
      add(key, 'node', 'present', 'absent');
      continue;
    }
    add(key, 'relevant', String(node.relevant), String(state.relevant));
    if (!node.relevant || state.type === 'model-value') continue;
    add(key, 'label', flat(node.label), flat(state.label));
    // The reference joins hint and guidance to one text.
    add(key, 'hint', flat(node.hint + node.guidance), flat(state.hint));
    if (node.kind !== 'control') continue;
    add(key, 'readonly', String(node.readonly), String(state.readonly));
    add(key, 'required', String(node.required), String(state.required));
    add(key, 'violation', node.issue?.kind ?? '', state.violation);
    if (node.control.startsWith('select') || node.control === 'rank') {
      add(
        key,
        'choices',
        node.choices.map((choice) => `${choice.value}=${flat(choice.label)}`).join('|'),
        state.choices.map(flat).join('|'),
      );
    }
  }
  return out;
}

/** Runs the script over both engines. Every step's differences are given once (a difference that stays is not repeated). */
export async function compareEngines(xml: string): Promise<Difference[]> {
  const ours = openForm(parseForm(xml), { resources });
  const theirs = await openReference(xml, resources);
  const out: Difference[] = [];
  const known = new Set<string>();
  const look = async (at: string) => {
    for (const item of await differences(at, ours, theirs)) {
      const key = `${item.ref} ${item.what} ${item.ours} ${item.theirs}`;
      if (!known.has(key)) out.push(item);
      known.add(key);
    }
  };
  await look('open');
  const every = Math.ceil(controls(ours).length / 30);
  for (const turn of [0, 1, 2]) {
    let step = 0;
    for (const { ref } of controls(ours)) {
      const control = ours.get(ref);
      const value = control?.kind === 'control' ? answerFor(control, turn) : undefined;
      if (value === undefined) continue;
      try {
        theirs.set(ref, value);
      } catch (error) {
        out.push({
          at: `turn ${turn} ${ref}=${value}`,
          ref,
          what: 'set',
          ours: value,
          theirs: (error as Error).message,
        });
        continue;
      }
      ours.setValue(ref, value);
      if (++step % every === 0) await look(`turn ${turn} ${ref}=${value}`);
    }
    await look(`turn ${turn}`);
    for (const { ref, canAdd } of repeats(ours)) {
      if (!canAdd) continue;
      ours.addRepeat(ref);
      theirs.addRepeat(ref);
      await look(`turn ${turn} add ${ref}`);
    }
  }
  for (const repeat of repeats(ours)) {
    if (!ours.get(repeat.ref) || !repeat.canRemove || repeat.children.length < 2) continue;
    ours.removeRepeat(repeat.children[0]!.ref);
    theirs.removeRepeat(repeat.ref, 0);
    await look(`remove ${repeat.ref}`);
  }
  for (const { ref } of controls(ours)) {
    const control = ours.get(ref);
    if (control?.kind !== 'control' || control.value === '' || answerFor(control, 0) === undefined) continue;
    try {
      theirs.set(ref, '');
    } catch {
      continue;
    }
    ours.setValue(ref, '');
  }
  await look('emptied');
  return out;
}
