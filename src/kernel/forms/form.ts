import type { Text3 } from '../../platform/i18n/index.ts';

/** A form: what clients know by `formKey` (the XForm id). */
export type FormInfo = {
  readonly id: string;
  readonly formKey: string;
  /** The programme kind that handles its records; 'general' for a form that only collects. */
  readonly kind: string;
  readonly title: Text3;
};

/** One version, without its XML. Draft while `publishedAt` is null; a retired version is no longer offered but still receives. */
export type FormVersionInfo = {
  readonly id: string;
  readonly formId: string;
  readonly formKey: string;
  readonly kind: string;
  readonly version: string;
  readonly title: Text3;
  /** md5 of the XForm in hex, what OpenRosa clients compare. */
  readonly md5: string;
  readonly workbookSha256: string;
  readonly fileName: string;
  readonly languages: readonly string[];
  readonly wantedFiles: readonly string[];
  readonly warnings: readonly FormWarning[];
  readonly uploadedAt: Date;
  readonly uploadedBy: string | null;
  readonly publishedAt: Date | null;
  readonly retiredAt: Date | null;
};

/** A finding that did not stop the workbook: `at` is 'survey!12!label', `key` a message key. */
export type FormWarning = {
  readonly at: string;
  readonly key: string;
  readonly details: Readonly<Record<string, string>>;
};

/** One question, group or repeat of a version, in the order of the form. */
export type Question = {
  /** '/data/person/name', without positions. */
  readonly path: string;
  readonly name: string;
  readonly kind: 'question' | 'group' | 'repeat';
  /** text, integer, decimal, date, time, dateTime, select_one, select_multiple, rank, geopoint, geotrace, geoshape, image, audio, video, file, note, acknowledge, barcode, calculate, meta, group, repeat */
  readonly type: string;
  readonly labels: Text3;
  readonly choices: readonly { readonly value: string; readonly labels: Text3 }[];
  readonly required: boolean;
};
