import type { Catalogue } from '../../../platform/i18n/index.ts';
import en from './en.json' with { type: 'json' };
import ky from './ky.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

/** What the compiler finds comes with its own words in each language (`diagnosticPart`): each reader is shown theirs. */
const own = (language: string): { 'forms.diagnostic': string } => ({ 'forms.diagnostic': `{text_${language}}` });

export const messages: Catalogue = {
  ky: { ...ky, ...own('ky') },
  ru: { ...ru, ...own('ru') },
  en: { ...en, ...own('en') },
};
