/** The list of a form's questions, for those who look at forms without filling them. */
import type { Model, NodeDef } from './model.ts';
import { fixedTruth } from './parse-model.ts';
import { itextReader, plainText } from './texts.ts';
import { ATTRIBUTE } from './tree.ts';
import type { Field } from './types.ts';
import { elements, textOf, type XmlElement } from './xml.ts';

type Labels = Record<string, string>;

/** Labels of a text in each language, '' being the only one of a form without translations. */
export function labelsIn(model: Model): (source: Parameters<typeof plainText>[0]) => Labels {
  const languages = model.translations.length ? model.translations.map((translation) => translation.language) : [''];
  // Without a fallback: who asks for all languages is told what each of them says.
  const read = itextReader(model, '');
  return (source) => {
    const out: Labels = {};
    if (source) for (const language of languages) out[language] = plainText(source, read, language);
    return out;
  };
}

function child(item: XmlElement, name: string): string {
  const found = elements(item, name)[0];
  return found ? textOf(found) : '';
}

/** Fixed choices of a control: its items, or all rows of the internal list that it reads. */
function choicesOf(model: Model, def: NodeDef, labels: ReturnType<typeof labelsIn>): Field['choices'] {
  const { control } = def;
  if (!control) return [];
  const { itemset } = control;
  if (!itemset) return control.items.map((item) => ({ value: item.value, labels: labels(item.label) }));
  const id = /instance\(\s*['"]([^'"]+)['"]\s*\)/.exec(itemset.nodeset.source)?.[1];
  const list = id === undefined ? undefined : model.internal.get(id);
  return (list ? elements(list, 'item') : []).map((item) => {
    const label = child(item, itemset.label);
    return {
      value: child(item, itemset.value),
      labels: labels(itemset.translated ? { id: label } : { parts: [label] }),
    };
  });
}

/** Every node of the instance in the order of the form; attributes are left out. */
export function fieldsOf(model: Model): Field[] {
  const labels = labelsIn(model);
  const groups = new Map<NodeDef, (typeof model.body)[number]>();
  const visit = (bodies: typeof model.body) => {
    for (const body of bodies) {
      if (body.kind === 'control') continue;
      if (body.kind === 'repeat' || body.bound) groups.set(body.context, body);
      visit(body.children);
    }
  };
  visit(model.body);
  const out: Field[] = [];
  const add = (def: NodeDef) => {
    if (def.kind === ATTRIBUTE || def.optional) return;
    const { bind, control } = def;
    const body = control ?? groups.get(def);
    const field: Field = {
      path: def.path,
      name: def.name,
      kind: def.isRepeat ? 'repeat' : def.children.length > 0 ? 'group' : control ? 'control' : 'model',
      ...(control ? { control: control.control } : {}),
      dataType: bind.type,
      appearance: body?.appearance ?? [],
      parameters: control?.parameters ?? bind.parameters,
      required: fixedTruth(bind.required) === true,
      calculated: bind.calculate !== undefined,
      ...(bind.saveto === undefined ? {} : { saveto: bind.saveto }),
      labels: labels(body?.label),
      choices: choicesOf(model, def, labels),
    };
    if (def.parent) out.push(field);
    def.children.forEach(add);
  };
  add(model.root);
  return out;
}
