/**
 * The columns that each sheet knows, under every name that authors use for them. A key names one meaning:
 * `bind.relevant` is the same from "relevant", "Relevance" and "bind::relevant".
 */
export interface SheetColumns {
  /** Name in lower case with underscores → key. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Keys whose text may differ by language. */
  readonly localized: (key: string) => boolean;
  /** Prefixes that open a family: "bind::x" → "bind.x". */
  readonly families: ReadonlyMap<string, string>;
  /** What an unknown column means: kept under its own name, left out, or refused; or kept where its name is like this. */
  readonly unknown: 'keep' | 'ignore' | 'refuse' | RegExp;
}

/** A column of ours in the settings sheet: the title in the language of the code. */
export const TITLE_IN = /^form_title_([a-z]{2,3})$/;

const table = (rows: Record<string, string[]>): Map<string, string> => {
  const aliases = new Map<string, string>();
  for (const [key, names] of Object.entries(rows)) for (const name of names) aliases.set(name, key);
  return aliases;
};

const MEDIA = {
  'media.image': ['image'],
  'media.big-image': ['big-image', 'big_image'],
  'media.audio': ['audio'],
  'media.video': ['video'],
};

const LOCALIZED = new Set([
  'label',
  'hint',
  'guidance_hint',
  'bind.jr:constraintMsg',
  'bind.jr:requiredMsg',
  'bind.jr:noAppErrorString',
]);
const isLocalized = (key: string) => LOCALIZED.has(key) || key.startsWith('media.');

export const SURVEY_COLUMNS: SheetColumns = {
  aliases: table({
    type: ['type', 'command'],
    name: ['name', 'value', 'tag'],
    label: ['label', 'caption'],
    hint: ['hint'],
    guidance_hint: ['guidance_hint', 'guidance'],
    ...MEDIA,
    'bind.relevant': ['relevant', 'relevance', 'skip_logic'],
    'bind.required': ['required'],
    'bind.readonly': ['readonly', 'read_only'],
    'bind.constraint': ['constraint'],
    'bind.calculate': ['calculate', 'calculation'],
    'bind.jr:constraintMsg': ['constraint_message', 'constraining_message', 'constraintmsg', 'jr:constraintmsg'],
    'bind.jr:requiredMsg': ['required_message', 'requiredmsg', 'jr:requiredmsg'],
    'bind.jr:noAppErrorString': ['no_app_error_string', 'noapperrorstring', 'jr:noapperrorstring'],
    'bind.entities:saveto': ['save_to', 'saveto'],
    'control.appearance': ['appearance'],
    'control.rows': ['rows'],
    'control.autoplay': ['autoplay'],
    'control.intent': ['intent'],
    'instance.odk:tag': ['compact_tag'],
    repeat_count: ['repeat_count', 'jr:count', 'jr_count', 'count'],
    choice_filter: ['choice_filter'],
    default: ['default'],
    trigger: ['trigger'],
    parameters: ['parameters'],
    disabled: ['disabled'],
  }),
  localized: isLocalized,
  families: new Map([
    ['bind', 'bind'],
    ['body', 'control'],
    ['control', 'control'],
    ['instance', 'instance'],
    ['media', 'media'],
  ]),
  unknown: 'ignore',
};

export const CHOICES_COLUMNS: SheetColumns = {
  aliases: table({
    list_name: ['list_name', 'list'],
    name: ['name', 'value'],
    label: ['label', 'caption'],
    ...MEDIA,
  }),
  localized: isLocalized,
  families: new Map([['media', 'media']]),
  unknown: 'keep',
};

export const EXTERNAL_COLUMNS: SheetColumns = {
  aliases: table({ list_name: ['list_name', 'list'], name: ['name', 'value'], label: ['label', 'caption'] }),
  localized: () => true,
  families: new Map(),
  unknown: 'keep',
};

export const OSM_COLUMNS: SheetColumns = {
  aliases: table({ list_name: ['list_name', 'list'], name: ['name', 'value'], label: ['label', 'caption'] }),
  localized: isLocalized,
  families: new Map([['media', 'media']]),
  unknown: 'ignore',
};

export const SETTINGS_COLUMNS: SheetColumns = {
  aliases: table({
    title: ['form_title', 'set_form_title', 'title'],
    form_id: ['form_id', 'set_form_id'],
    id_string: ['id_string'],
    instance_id: ['instance_id'],
    version: ['version', 'form_version'],
    instance_name: ['instance_name'],
    default_language: ['default_language'],
    public_key: ['public_key'],
    submission_url: ['submission_url'],
    style: ['style'],
    name: ['name'],
    auto_send: ['auto_send'],
    auto_delete: ['auto_delete'],
    client_editable: ['client_editable'],
    clean_text_values: ['clean_text_values'],
    omit_instanceid: ['omit_instanceid'],
    namespaces: ['namespaces'],
    instance_xmlns: ['instance_xmlns'],
    allow_choice_duplicates: ['allow_choice_duplicates'],
    flat: ['flat'],
    prefix: ['prefix', 'compact_prefix'],
    delimiter: ['delimiter', 'compact_delimiter'],
    sms_keyword: ['sms_keyword'],
  }),
  localized: () => false,
  families: new Map([['attribute', 'attribute']]),
  unknown: TITLE_IN,
};

export const ENTITIES_COLUMNS: SheetColumns = {
  aliases: table({
    list_name: ['list_name', 'dataset'],
    entity_id: ['entity_id'],
    create_if: ['create_if'],
    update_if: ['update_if'],
    label: ['label'],
    repeat: ['repeat'],
  }),
  localized: () => false,
  families: new Map(),
  unknown: 'refuse',
};
