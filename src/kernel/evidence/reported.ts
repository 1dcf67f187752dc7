import type { RecordHandler } from '../records/index.ts';
import { REPORTED } from './choice.ts';
import type { Measure } from './measure.ts';

/** The built-in form for a figure that was reported by hand, with the document that says so. */
export const REPORTED_FORM = { key: 'reported_value', file: 'src/kernel/evidence/forms/reported_value.xlsx' } as const;

/**
 * A value that people reported and nobody recorded one by one: the 46 mediators of 2011. It is a record like any other (who stated it,
 * when, on which document), so a figure has parents even where there was no register. It counts for the one indicator that it names.
 */
export const reported: Measure = {
  key: REPORTED,
  title: { ky: 'Билдирилген маани', ru: 'Сообщённое значение', en: 'Reported value' },
  unit: 'thing',
  forms: [REPORTED_FORM.key],
  dimensions: [],
  rows: ({ answers }) => {
    const quantity = Number(answers.quantity);
    if (answers.quantity === undefined || answers.quantity === '' || !Number.isFinite(quantity)) return [];
    const denominator = Number(answers.denominator);
    return [
      {
        quantity,
        ...(answers.denominator !== undefined && answers.denominator !== '' && Number.isFinite(denominator)
          ? { denominator }
          : {}),
        attributes: { project: String(answers.project), indicator: String(answers.indicator), ...category(answers) },
        basis: 'reported',
      },
    ];
  },
};

/** 'sex=f' in the answer `category`: a reported value may speak of one category of one dimension. */
function category(answers: Readonly<Record<string, unknown>>): Record<string, string> {
  const [, dimension, value] = /^([a-z]\w*)=(.+)$/i.exec(String(answers.category ?? '')) ?? [];
  return dimension && value ? { [dimension]: value } : {};
}

/** How a reported value lands: on the day that it speaks of. */
export const reportedHandler: RecordHandler = {
  links: async (_tx, _spaceId, answers) => ({ occurredOn: String(answers.happened_on) }),
};

/** What somebody reports. `projectId` and `indicator` (its code) say which figure it belongs to. */
export type ReportedValue = {
  readonly instanceId: string;
  readonly projectId: string;
  readonly indicator: string;
  readonly quantity: number;
  readonly denominator?: number;
  /** 'sex=f' where the value speaks of one category only. */
  readonly category?: string;
  /** 'YYYY-MM-DD': the day that decides the period. */
  readonly happenedOn: string;
  /** The document that says so, in words. */
  readonly document: string;
  /** Name of the attached file, if there is one. */
  readonly file?: string;
};

/** The submission that a reported value is, for the door of records (`receive`). */
export function reportedXml(value: ReportedValue): string {
  const field = (name: string, text: string | number | undefined): string =>
    text === undefined || text === '' ? `<${name}/>` : `<${name}>${escapeXml(String(text))}</${name}>`;
  return `<?xml version="1.0" encoding="UTF-8"?><data xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" id="${
    REPORTED_FORM.key
  }" version="1">${field('project', value.projectId)}${field('indicator', value.indicator)}${field('happened_on', value.happenedOn)}${field(
    'quantity',
    value.quantity,
  )}${field('denominator', value.denominator)}${field('category', value.category)}${field('document', value.document)}${field(
    'file',
    value.file,
  )}<meta><instanceID>uuid:${value.instanceId}</instanceID></meta></data>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
}
