import type { Field, FormDefinition } from '@demilge/xform';

/** A question that the controls cannot take as its author means it; `why` is a message key of this folder. */
export interface UnsupportedControl {
  readonly path: string;
  /** By language of the form. */
  readonly label: Readonly<Record<string, string>>;
  readonly why: string;
}

const MAPS = /^(maps|placement-map|map|image-map)$/;
const OTHER_CALENDARS = /^(coptic|ethiopian|islamic|myanmar|nepali|persian|bikram-sambat|buddhist)$/;

function whyNot(field: Field): string | undefined {
  const has = (wanted: RegExp) => field.appearance.some((word) => wanted.test(word));
  if (field.dataType === 'geotrace') return 'form.unsupported.geotrace';
  if (field.dataType === 'geoshape') return 'form.unsupported.geoshape';
  if (field.parameters.mediatype?.startsWith('osm')) return 'form.unsupported.osm';
  if (has(MAPS)) return 'form.unsupported.map';
  if (has(/^(ex:|printer:|intent:|thousands-sep-ex)/) || field.dataType === 'intent') return 'form.unsupported.app';
  if (has(OTHER_CALENDARS)) return 'form.unsupported.calendar';
  if (has(/^bearing$/)) return 'form.unsupported.bearing';
  if (has(/^annotate$/)) return 'form.unsupported.annotate';
  return undefined;
}

/** What the author must know before publishing: these questions are shown as a plain field, or without their special look. */
export function unsupportedControls(definition: FormDefinition): UnsupportedControl[] {
  return definition.fields.flatMap((field) => {
    const why = field.kind === 'control' ? whyNot(field) : undefined;
    return why ? [{ path: field.path, label: field.labels, why }] : [];
  });
}
