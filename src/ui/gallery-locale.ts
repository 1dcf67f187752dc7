import type { Language, UiLocale } from './locale.ts';
import en from './messages/en.json' with { type: 'json' };
import ky from './messages/ky.json' with { type: 'json' };
import ru from './messages/ru.json' with { type: 'json' };

const WORDS: Record<Language, Record<string, string>> = { ky, ru, en };

/** A small locale with the controls' own words only, for the gallery and for tests of single controls. */
export function galleryLocale(language: Language): UiLocale {
  const words = WORDS[language];
  const number = (value: number, digits = 0) => {
    const [whole = '', rest] = Math.abs(value).toFixed(digits).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, language === 'en' ? ',' : '\u00a0');
    return `${value < 0 ? '−' : ''}${grouped}${rest ? (language === 'en' ? '.' : ',') + rest : ''}`;
  };
  return {
    language,
    number,
    t: (key, params = {}) => {
      const text = words[key];
      if (text === undefined) throw new Error(`No ${language} words for "${key}"`);
      return text.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = params[name];
        return typeof value === 'number' ? number(value) : String(value ?? '');
      });
    },
  };
}
