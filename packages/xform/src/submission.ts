/** Checks what was received against the form that it answers. */
import { wrongWith } from './check.ts';
import { markAll, settle } from './compute.ts';
import { deviceZone, momentOf, offsetIn } from './dates.ts';
import { XFormError } from './error.ts';
import { labelsIn } from './fields.ts';
import { findText, modelOf, setUp } from './form.ts';
import { type LiveNode, refOf } from './live.ts';
import type { Model, NodeDef } from './model.ts';
import { attachmentNames } from './serialize.ts';
import { ATTRIBUTE } from './tree.ts';
import type {
  Answers,
  FormDefinition,
  Submission,
  SubmissionProblem,
  SubmissionProblemCode,
  SubmittedEntity,
  ValidateOptions,
} from './types.ts';
import { attribute, elements, INSTANCE_LIMITS, readXml, textOf, type XmlElement } from './xml.ts';

const NO_LABELS: Readonly<Record<string, string>> = {};

interface RecordTime {
  readonly at: Date;
  readonly zone: (at: Date) => number;
}

/**
 * When the record says that it was filled: its end, else its start, else its day, else now. Its own offset holds too: the day that the
 * device showed is the one that the person answered on.
 */
function recordTime(model: Model, root: XmlElement, zone: (at: Date) => number): RecordTime {
  const times = new Map<string, string>();
  const visit = (element: XmlElement, def: NodeDef) => {
    const { preload, preloadParams } = def.bind;
    if (preload === 'timestamp' || preload === 'date') times.set(preloadParams, textOf(element).trim());
    if (/^time(Start|End)$/.test(def.name)) times.set(def.name.slice(4).toLowerCase(), textOf(element).trim());
    for (const child of elements(element)) {
      const next = def.byName.get(child.local);
      if (next) visit(child, next);
    }
  };
  visit(root, model.root);
  for (const key of ['end', 'start', 'today']) {
    const text = times.get(key) ?? '';
    const at = momentOf(text, zone);
    if (at === undefined) continue;
    const own = offsetIn(text);
    return { at: new Date(at), zone: own === undefined ? zone : () => own };
  }
  return { at: new Date(), zone };
}

function answersOf(node: LiveNode): Answers {
  const out: Answers = Object.create(null) as Answers;
  for (const def of node.def.children) if (def.isRepeat) out[def.name] = [];
  for (const child of node.live) {
    const value = child.def.children.length > 0 ? answersOf(child) : child.text;
    const list = out[child.name];
    if (Array.isArray(list)) list.push(value as Answers);
    else out[child.name] = value;
  }
  return out;
}

/** Properties of an entity: answers marked `saveto` around its `meta`, not inside a deeper part with an entity of its own. */
function propertiesOf(scope: LiveNode): Record<string, string> {
  const out: Record<string, string> = {};
  const visit = (node: LiveNode) => {
    if (!node.relevant) return;
    const { saveto } = node.def.bind;
    if (saveto !== undefined) out[saveto] = node.text;
    for (const child of node.live) {
      if (!child.def.byName.get('meta')?.byName.has('entity')) visit(child);
    }
  };
  visit(scope);
  return out;
}

const isTrue = (text: string) => text === '1' || text === 'true';

function entitiesOf(root: LiveNode): SubmittedEntity[] {
  const out: SubmittedEntity[] = [];
  const visit = (node: LiveNode) => {
    if (!node.relevant) return;
    if (node.name === 'entity' && node.up?.name === 'meta' && node.up.up) {
      const own = (name: string) => node.liveAttributes.find((item) => item.name === name)?.text ?? '';
      const label = node.named('label')[0];
      const [create, update] = [isTrue(own('create')), isTrue(own('update'))];
      if (create || update) {
        out.push({
          dataset: own('dataset'),
          id: own('id').replace(/^uuid:/, ''),
          create,
          update,
          label: label && label.text !== '' ? label.text : undefined,
          baseVersion: own('baseVersion'),
          trunkVersion: own('trunkVersion'),
          branchId: own('branchId'),
          properties: propertiesOf(node.up.up),
          path: refOf(node),
        });
      }
    }
    for (const child of node.live) visit(child);
  };
  visit(root);
  return out;
}

/** Elements that the form does not know, and single nodes that stand more than once. */
function strangers(root: LiveNode): { unknown: string[]; duplicates: string[] } {
  const unknown: string[] = [];
  const duplicates: string[] = [];
  const visit = (node: LiveNode) => {
    for (const extra of node.extra ?? []) unknown.push(`${refOf(node)}/${extra.local}`);
    for (const child of node.live) visit(child);
  };
  visit(root);
  return { unknown, duplicates };
}

function findDuplicates(element: XmlElement, def: NodeDef, path: string, out: string[]): void {
  const seen = new Map<string, number>();
  for (const child of elements(element)) {
    const known = def.byName.get(child.local);
    if (!known) continue;
    const count = (seen.get(child.local) ?? 0) + 1;
    seen.set(child.local, count);
    const own = `${path}/${child.local}${known.isRepeat ? `[${count}]` : ''}`;
    if (!known.isRepeat && count === 2) out.push(own);
    findDuplicates(child, known, own, out);
  }
}

/**
 * Reads and checks a submission. Everything that can be understood is in the result, with what is wrong in `problems`;
 * throws XFormError only when the XML cannot be read (unreadable, doctype, entity, too-large, too-deep).
 */
export function validateSubmission(definition: FormDefinition, xml: string, options: ValidateOptions = {}): Submission {
  const model = modelOf(definition);
  const element = readXml(xml, { ...INSTANCE_LIMITS, ...options.limits });
  const time = recordTime(model, element, options.utcOffset ?? deviceZone);
  const at = options.now?.() ?? time.at;
  const { machine } = setUp(definition, element, { ...options, now: () => at, utcOffset: time.zone }, 'sent');
  const { root } = machine;
  const labels = labelsIn(model);
  const problems: SubmissionProblem[] = [];
  const report = (code: SubmissionProblemCode, path: string, def?: NodeDef, value?: string) => {
    const message =
      code === 'required' ? def?.bind.requiredMessage : code === 'constraint' ? def?.bind.constraintMessage : undefined;
    problems.push({
      code,
      path,
      labels: def?.control ? labels(def.control.label) : NO_LABELS,
      messages: message ? labels(message) : NO_LABELS,
      ...(value === undefined ? {} : { value }),
    });
  };

  const formId = attribute(element, 'id') ?? element.ns;
  const version = attribute(element, 'version') ?? '';
  if (element.local !== model.root.name || formId !== definition.formId)
    report('form', `/${element.local}`, undefined, formId);
  else if (version !== definition.version) report('version', `/${element.local}`, undefined, version);
  const instanceId = findText(root, model.instanceId).trim();
  if (instanceId === '') report('instance-id', model.instanceId.path);

  try {
    markAll(machine, root);
    settle(machine);
    check(machine, root, report);
  } catch (error) {
    // An expression that cannot be computed over these answers is the form's fault; the record is kept and looked at by a person.
    if (!(error instanceof XFormError)) throw error;
    report('form', error.path ?? root.def.path, undefined, error.message);
  }
  const { unknown } = strangers(root);
  for (const path of unknown) report('unknown-element', path);
  const duplicates: string[] = [];
  if (element.local === model.root.name) findDuplicates(element, model.root, `/${element.local}`, duplicates);
  for (const path of duplicates) report('duplicate', path);

  const deprecatedId = findText(root, model.deprecatedId).trim();
  const instanceName = findText(root, model.instanceName);
  return {
    instanceId,
    ...(deprecatedId === '' ? {} : { deprecatedId }),
    ...(instanceName === '' ? {} : { instanceName }),
    formId,
    version,
    answers: answersOf(root),
    problems,
    attachments: attachmentNames(root),
    entities: entitiesOf(root),
    unknown,
  };
}

type Report = (code: SubmissionProblemCode, path: string, def?: NodeDef, value?: string) => void;

function check(machine: Parameters<typeof settle>[0], root: LiveNode, report: Report): void {
  const visit = (node: LiveNode) => {
    const { def } = node;
    if (!node.relevant) {
      if (hasAnswer(node)) report('not-relevant', refOf(node), def, def.children.length > 0 ? undefined : node.text);
      return;
    }
    if (def.children.length === 0 && def.kind !== ATTRIBUTE) {
      const kind = wrongWith(machine, node, def.control);
      if (kind) report(kind, refOf(node), def, kind === 'required' ? undefined : node.text);
    }
    for (const child of node.live) visit(child);
  };
  visit(root);
}

function hasAnswer(node: LiveNode): boolean {
  return node.def.children.length === 0 ? node.text !== '' : node.live.some(hasAnswer);
}
