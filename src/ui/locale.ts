/** The languages of the product, Kyrgyz first. */
export type Language = 'ky' | 'ru' | 'en';

export const LANGUAGES: readonly Language[] = ['ky', 'ru', 'en'];

/** Looks a message up by its key and fills its `{placeholders}`. */
export type Translate = (key: string, params?: Record<string, string | number>) => string;

/**
 * What the controls need of a locale. `Locale` of platform/i18n fits here as it is; the controls ask for
 * less, so that the field app and the gallery can hand in a smaller one.
 */
export interface UiLocale {
  readonly language: Language;
  readonly t: Translate;
  /** A number as people write it in this language; `digits` after the comma. */
  number(value: number, digits?: number): string;
}
