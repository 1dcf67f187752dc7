import type { VNode } from 'preact';
import type { Language, UiLocale } from './locale.ts';

/** One picture in the gallery: a control with real words in it. */
export interface Example {
  readonly title: string;
  readonly render: (l: UiLocale) => VNode;
}

/** The examples' own words, in the order of the languages' importance here. */
export function say(l: UiLocale, ky: string, ru: string, en: string): string {
  const words: Record<Language, string> = { ky, ru, en };
  return words[l.language];
}
