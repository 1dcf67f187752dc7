/** The public shapes of the engine. Everything here is plain data or a plain getter; nothing needs a DOM. */

/** What a bind says a value is. Unknown or absent types are `string`. */
export type DataType =
  | 'string'
  | 'int'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'geopoint'
  | 'geotrace'
  | 'geoshape'
  | 'binary'
  | 'barcode'
  | 'intent';

/** The control that a question asks for; `note` is an input that can never be answered. */
export type ControlType = 'input' | 'note' | 'select1' | 'select' | 'rank' | 'trigger' | 'upload' | 'range';

/** File names (the `jr://…` address as written in the form) of the media beside a label. */
export interface Media {
  readonly image?: string;
  readonly bigImage?: string;
  readonly audio?: string;
  readonly video?: string;
}

/** One offered answer. `properties` are the other columns of its row (geometry, filters, …). */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly media: Media;
  readonly properties: Readonly<Record<string, string>>;
}

export type IssueKind = 'required' | 'constraint' | 'type' | 'choice';

/** Why an answer is not accepted. `message` is the form's own sentence in the current language, or '' when it has none. */
export interface Issue {
  readonly ref: string;
  readonly label: string;
  readonly kind: IssueKind;
  readonly message: string;
}

interface NodeBase {
  /** Stays the same for the life of the form, also when repeats before it are removed: the key for a list in a page. */
  readonly id: number;
  /** Path of the answer, e.g. `/data/person[2]/name`; a group without an answer of its own is `…/#3`. Renumbered by removals. */
  readonly ref: string;
  /** Name of the instance node ('' for a group that only gathers questions). */
  readonly name: string;
  readonly appearance: readonly string[];
  readonly parent: FormNode | undefined;
  readonly label: string;
  readonly hint: string;
  readonly guidance: string;
  readonly media: Media;
  readonly relevant: boolean;
  readonly readonly: boolean;
}

export interface GroupNode extends NodeBase {
  readonly kind: 'group';
  readonly children: readonly FormNode[];
}

/** A list of like parts. Its children are its instances, in order. */
export interface RepeatNode extends NodeBase {
  readonly kind: 'repeat';
  readonly children: readonly RepeatInstanceNode[];
  /** True when the number is computed (`jr:count`): the person may neither add nor remove. */
  readonly counted: boolean;
  readonly canAdd: boolean;
  readonly canRemove: boolean;
}

export interface RepeatInstanceNode extends NodeBase {
  readonly kind: 'repeatInstance';
  /** Counted from 1. */
  readonly position: number;
  readonly children: readonly FormNode[];
}

export interface ControlNode extends NodeBase {
  readonly kind: 'control';
  readonly control: ControlType;
  readonly dataType: DataType;
  /** Attributes of the control and its bind: rows, start, end, step, mediatype, max-pixels, quality, accuracyThreshold, query, intent, … */
  readonly parameters: Readonly<Record<string, string>>;
  /** The answer as the instance holds it; a multiple answer is a space-separated list; '' is no answer. Kept also while not relevant. */
  readonly value: string;
  readonly required: boolean;
  readonly requiredMessage: string;
  readonly constraintMessage: string;
  /** What is wrong with the present answer, required included; undefined when nothing is or the question is not relevant. */
  readonly issue: Issue | undefined;
  readonly valid: boolean;
  /** For select1, select and rank, and for inputs that offer a list; [] otherwise. */
  readonly choices: readonly Choice[];
  /** OpenStreetMap tags of an `osm` upload. */
  readonly tags: readonly { readonly key: string; readonly label: string }[];
}

export type FormNode = GroupNode | RepeatNode | RepeatInstanceNode | ControlNode;

/** An action that only the device can do; answer it with `form.setValue(ref, …)`. */
export interface DeviceAction {
  readonly kind: 'setgeopoint' | 'recordaudio';
  readonly ref: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Facts about the person and the device, for `jr:preload="property"`. All optional. */
export interface DeviceContext {
  readonly deviceID?: string;
  readonly username?: string;
  readonly email?: string;
  readonly phoneNumber?: string;
  readonly simSerial?: string;
  readonly subscriberID?: string;
}

export interface Limits {
  /** Characters of one document. */
  readonly maxLength: number;
  /** Elements inside each other. */
  readonly maxDepth: number;
  /** Elements and attributes in all. */
  readonly maxNodes: number;
}

export interface ParseOptions {
  readonly limits?: Partial<Limits>;
}

/** Text of an attached table or document (CSV, XML or GeoJSON), or undefined when it is not there. */
export type ResourceReader = (src: string) => string | undefined;

export interface Clock {
  /** The moment that `now()` and `today()` mean. Default: the device's clock. */
  readonly now?: () => Date;
  /** Minutes east of Greenwich at a moment (Bishkek: 360). Default: the device's own offset. */
  readonly utcOffset?: (at: Date) => number;
}

export interface OpenOptions extends Clock {
  /** A saved instance or draft. Without it a new, empty instance is made. */
  readonly instanceXml?: string;
  /** The given instance was already sent: its instanceID becomes deprecatedID and it gets a new one. */
  readonly edit?: boolean;
  /** A name from `def.languages`, or a code such as `ky`. Default: the form's default language. */
  readonly language?: string;
  /** A random UUID. Default: `crypto.randomUUID()`. */
  readonly uuid?: () => string;
  /** A number in [0, 1). Default: from `crypto.getRandomValues`. */
  readonly random?: () => number;
  readonly context?: DeviceContext;
  readonly resources?: ResourceReader;
  readonly onAction?: (action: DeviceAction) => void;
  readonly limits?: Partial<Limits>;
}

/** A form that is being filled. All getters are computed on reading and always up to date. */
export interface Form {
  readonly definition: FormDefinition;
  readonly root: GroupNode;
  readonly language: string;
  readonly languages: readonly string[];
  readonly instanceId: string;
  readonly instanceName: string;
  /** External files that `resources` did not have: their lists are empty. */
  readonly missingResources: readonly string[];
  /** The node at a ref; undefined when there is none. */
  get(ref: string): FormNode | undefined;
  /** Stores an answer as it is, right or wrong (see `issue`), and recomputes what depends on it. Throws XFormError 'ref' for a path that is not a question, 'readonly' for one that may not be changed. */
  setValue(ref: string, value: string): void;
  /** Adds an instance after the others (or at a 1-based position) and gives its ref. Throws XFormError 'repeat' where none may be added. */
  addRepeat(ref: string, position?: number): string;
  /** Removes the instance at this ref. Throws XFormError 'repeat' where none may be removed. */
  removeRepeat(ref: string): void;
  setLanguage(language: string): void;
  /** Every wrong or missing answer among the relevant questions, in the order of the form. */
  validate(): Issue[];
  /** Calls back once per change with the refs whose value, state, text or choices may differ. `['*']` means all. Returns the way to stop. */
  subscribe(listener: (changed: readonly string[]) => void): () => void;
  /** Sets what is set at the end (timestamp end); call before `serialize()` when the person finishes. */
  finish(): void;
  /** The instance to send: only relevant nodes. */
  serialize(): string;
  /** File names that the relevant answers point to. */
  attachments(): string[];
  /** The instance with all that was entered, non-relevant answers too; `openForm(def, {instanceXml})` restores it. */
  draft(): string;
  /** The value of an expression at a node (default: the root), as XPath's string(). */
  evaluate(expression: string, ref?: string): string;
}

export interface ExternalInstance {
  readonly id: string;
  readonly src: string;
}

export interface SubmissionInfo {
  readonly action?: string;
  readonly method?: string;
  /** The form asks for encryption. This engine does not encrypt: the caller must refuse or send in the clear knowingly. */
  readonly publicKey?: string;
  readonly autoSend?: string;
  readonly autoDelete?: string;
}

/** One question or group as the form defines it, for those who list forms without filling them. */
export interface Field {
  /** Path without positions, e.g. `/data/person/name`. */
  readonly path: string;
  readonly name: string;
  readonly kind: 'group' | 'repeat' | 'control' | 'model';
  readonly control?: ControlType;
  readonly dataType: DataType;
  readonly appearance: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly required: boolean;
  readonly calculated: boolean;
  /** Property of an entity that the answer becomes. */
  readonly saveto?: string;
  /** Label per language ('' when the form has no translations); outputs are shown as `{path}`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Fixed choices (from the form itself, unfiltered), each with its label per language. */
  readonly choices: readonly { readonly value: string; readonly labels: Readonly<Record<string, string>> }[];
}

export interface Warning {
  readonly code: 'encryption' | 'expression' | 'unknown-element' | 'unbound';
  readonly message: string;
  readonly path: string;
}

export interface EntityDeclaration {
  readonly dataset: string;
  readonly path: string;
}

/** A form, parsed once and opened many times. Treat as read-only; `model` is the engine's own. */
export interface FormDefinition {
  readonly formId: string;
  readonly version: string;
  readonly title: string;
  readonly languages: readonly string[];
  readonly defaultLanguage: string;
  /** Classes of the body: `pages`, `theme-grid`, … */
  readonly style: readonly string[];
  readonly submission: SubmissionInfo;
  readonly externalInstances: readonly ExternalInstance[];
  readonly entities: readonly EntityDeclaration[];
  /** All nodes of the instance in order. Computed on first reading. */
  readonly fields: readonly Field[];
  readonly warnings: readonly Warning[];
  readonly model: unknown;
}

export interface SubmittedEntity {
  readonly dataset: string;
  readonly id: string;
  readonly create: boolean;
  readonly update: boolean;
  readonly label: string | undefined;
  readonly baseVersion: string;
  readonly trunkVersion: string;
  readonly branchId: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly path: string;
}

/** An answer, a group of answers, or the instances of a repeat. */
export type Answer = string | Answers | Answers[];
export interface Answers {
  [name: string]: Answer;
}

export type SubmissionProblemCode =
  | IssueKind
  | 'form'
  | 'version'
  | 'instance-id'
  | 'unknown-element'
  | 'duplicate'
  | 'not-relevant';

export interface SubmissionProblem {
  readonly code: SubmissionProblemCode;
  readonly path: string;
  /** Label per language as in `Field.labels`; {} when the node has none. */
  readonly labels: Readonly<Record<string, string>>;
  /** The form's own message per language; {} when it has none. */
  readonly messages: Readonly<Record<string, string>>;
  readonly value?: string;
}

export interface Submission {
  /** '' when the document has none. */
  readonly instanceId: string;
  readonly deprecatedId?: string;
  readonly instanceName?: string;
  readonly formId: string;
  readonly version: string;
  readonly answers: Answers;
  readonly problems: SubmissionProblem[];
  readonly attachments: string[];
  readonly entities: SubmittedEntity[];
  /** Paths of elements that the form does not know; they are reported, never dropped from the document. */
  readonly unknown: string[];
}

/** Without `now`, `today()` is the day that the record itself gives: its end, else its start, else its day; by its own offset from Greenwich. */
export interface ValidateOptions extends Clock {
  readonly resources?: ResourceReader;
  readonly limits?: Partial<Limits>;
}
