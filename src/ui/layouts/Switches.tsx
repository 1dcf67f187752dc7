import { Icon } from '../icon/Icon.tsx';
import { LANGUAGES, type UiLocale } from '../locale.ts';
import type { PageContext } from '../page.ts';
import type { LanguageLinks } from './Document.tsx';

const SHORT = { ky: 'КЫР', ru: 'РУС', en: 'ENG' } as const;
const FULL = { ky: 'Кыргызча', ru: 'Русский', en: 'English' } as const;

/** The same page in the other languages; each is named in itself. */
export function LanguageSwitch({ l, links }: { readonly l: UiLocale; readonly links: LanguageLinks }) {
  return (
    <nav class="languages" aria-label={l.t('ui.language')}>
      <ul>
        {LANGUAGES.map((language) => {
          const href = links[language];
          if (!href) return null;
          return (
            <li key={language}>
              <a
                href={href}
                lang={language}
                hreflang={language}
                title={FULL[language]}
                {...(language === l.language && { 'aria-current': 'true' as const })}
              >
                <span aria-hidden="true">{SHORT[language]}</span>
                <span class="sr-only">{FULL[language]}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

export interface ThemeForm {
  /** Takes a POST with `theme` = light, dark or auto, and `back` = where to return. */
  readonly action: string;
  readonly back: string;
}

/** Light, dark, or as the system says. */
export function ThemeSwitch({ page, form }: { readonly page: PageContext; readonly form: ThemeForm }) {
  const { l, theme } = page;
  const choices = [
    { value: 'light', icon: 'sun' },
    { value: 'dark', icon: 'moon' },
    { value: 'auto', icon: 'settings' },
  ] as const;
  return (
    <form class="themes" method="post" action={form.action}>
      <input type="hidden" name="back" value={form.back} />
      <fieldset>
        <legend class="sr-only">{l.t('ui.theme')}</legend>
        {choices.map(({ value, icon }) => (
          <button
            key={value}
            type="submit"
            name="theme"
            value={value}
            aria-pressed={value === (theme ?? 'auto')}
            title={l.t(`ui.theme.${value}`)}
          >
            <Icon name={icon} size={18} />
            <span class="sr-only">{l.t(`ui.theme.${value}`)}</span>
          </button>
        ))}
      </fieldset>
    </form>
  );
}
