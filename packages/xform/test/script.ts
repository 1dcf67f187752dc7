/** A person who answers a whole form by rule: the same answers in every engine, whatever the form. */
import type { ControlNode, Form, FormNode, RepeatNode } from '@demilge/xform';

const WORDS = ['Барскоон', 'x', 'Айгүл', 'a', 'yes'];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  string: WORDS,
  barcode: ['4700001', '4700002'],
  int: ['3', '1', '19', '0', '2'],
  decimal: ['2.5', '10', '0.25'],
  date: ['2024-03-05', '1998-11-30'],
  time: ['10:30:00.000+06:00', '18:05:00.000+06:00'],
  dateTime: ['2024-03-05T10:30:00.000+06:00', '2023-12-31T23:59:00.000+06:00'],
  geopoint: ['42.8 74.6 760 5', '42.1 77.5 1600 4'],
  geotrace: ['42.8 74.6 0 0;42.9 74.7 0 0', '42.1 77.5 0 0;42.2 77.6 0 0;42.3 77.7 0 0'],
  geoshape: ['42.8 74.6 0 0;42.9 74.7 0 0;42.8 74.7 0 0;42.8 74.6 0 0'],
  boolean: ['true', 'false'],
  intent: ['x'],
};

/** The answer that our person gives to a control at a turn; undefined when it cannot be answered. */
export function answerFor(control: ControlNode, turn: number): string | undefined {
  if (!control.relevant || control.readonly) return undefined;
  const { choices } = control;
  const values = [...new Set(choices.map((choice) => choice.value))].filter(
    (value) => value !== '' && !value.includes(' '),
  );
  switch (control.control) {
    case 'note':
      return undefined;
    case 'select1':
      return values[turn % Math.max(1, values.length)];
    case 'select':
      return values.length ? values.slice(turn % 2, (turn % 2) + 2).join(' ') : undefined;
    case 'rank':
      return values.length ? [...values].reverse().join(' ') : undefined;
    case 'trigger':
      return 'OK';
    case 'upload':
      return undefined;
    case 'range':
      return String(Number(control.parameters.start) + Number(control.parameters.step ?? 1) * (turn % 3));
    case 'input': {
      if (control.dataType === 'binary') return undefined;
      const list = VALUES[control.dataType] ?? WORDS;
      return list[(turn + control.ref.length) % list.length];
    }
  }
}

/** Every node of a form, in order. */
export function allNodes(form: Form): FormNode[] {
  const out: FormNode[] = [];
  const visit = (node: FormNode) => {
    out.push(node);
    if (node.kind !== 'control') node.children.forEach(visit);
  };
  visit(form.root);
  return out;
}

export const controls = (form: Form): ControlNode[] => allNodes(form).filter((node) => node.kind === 'control');
export const repeats = (form: Form): RepeatNode[] => allNodes(form).filter((node) => node.kind === 'repeat');
