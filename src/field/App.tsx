import { useEffect } from 'preact/hooks';
import { LANGUAGES, type Language } from '../platform/i18n/index.ts';
import { Alert, FeltMark, Icon, type IconName } from '../ui/index.ts';
import { updateReady } from './install.ts';
import { More } from './screens/More.tsx';
import { Out } from './screens/Out.tsx';
import { SignIn } from './screens/SignIn.tsx';
import { Today } from './screens/Today.tsx';
import {
  fillScreen,
  l,
  language,
  leave,
  newToken,
  outbox,
  type Screen,
  screen,
  speak,
  trouble,
  vault,
} from './state.ts';
import { LOCK_MINUTES } from './store.ts';

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ky: 'Кыргызча', ru: 'Русский', en: 'English' };

function Languages() {
  return (
    <nav class="languages" aria-label={l.value.t('field.language')}>
      <ul>
        {LANGUAGES.map((one) => (
          <li key={one}>
            <button
              type="button"
              class="language"
              lang={one}
              aria-pressed={language.value === one}
              onClick={() => speak(one)}
            >
              {one.toUpperCase()}
              <span class="sr-only"> {LANGUAGE_NAMES[one]}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const TABS: readonly { readonly to: Screen; readonly icon: IconName }[] = [
  { to: 'today', icon: 'calendar' },
  { to: 'out', icon: 'send' },
  { to: 'more', icon: 'menu' },
];

function Tabs() {
  const { t } = l.value;
  const waiting = outbox.value.filter((item) => item.state !== 'received').length;
  return (
    <nav class="app-tabs" aria-label={t('field.parts')}>
      {TABS.map(({ to, icon }) => (
        <button
          key={to}
          type="button"
          aria-current={screen.value === to ? 'page' : undefined}
          onClick={() => {
            screen.value = to;
            globalThis.scrollTo(0, 0);
          }}
        >
          <Icon name={icon} size={24} />
          <span>
            {t(`field.tab.${to}`)}
            {to === 'out' && waiting > 0 && ` (${waiting})`}
          </span>
        </button>
      ))}
    </nav>
  );
}

const SCREENS = { today: Today, out: Out, more: More } as const;

/** A shared phone left on a table closes by itself. */
function useLock(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void leave(false), LOCK_MINUTES * 60_000);
    };
    touched();
    const signs = ['pointerdown', 'keydown'] as const;
    for (const sign of signs) document.addEventListener(sign, touched);
    return () => {
      clearTimeout(timer);
      for (const sign of signs) document.removeEventListener(sign, touched);
    };
  }, []);
}

/** A newer release is here; it waits until the person has a moment. */
function Update() {
  const { t } = l.value;
  return (
    <Alert
      title={t('field.update.ready')}
      actions={
        <button type="button" class="btn" onClick={() => location.reload()}>
          <Icon name="round" />
          {t('field.update.restart')}
        </button>
      }
    >
      {t('field.update.safe')}
    </Alert>
  );
}

export function App({ insecure = false }: { readonly insecure?: boolean }) {
  const { t } = l.value;
  useLock();
  useEffect(() => {
    document.title = t('field.name');
  }, [language.value]);
  const working = vault.value !== null && !newToken.value;
  const Shown = screen.value === 'fill' ? (fillScreen.value ?? Today) : SCREENS[screen.value];
  return (
    <>
      <header class="app-top">
        <span class="app-brand">
          <FeltMark size={32} />
          {t('field.name')}
        </span>
        <Languages />
      </header>
      <main class="app-main flow" id="main">
        {trouble.value && (
          <Alert
            tone="bad"
            actions={
              <button
                type="button"
                class="btn"
                onClick={() => {
                  trouble.value = '';
                }}
              >
                {t('field.trouble.seen')}
              </button>
            }
          >
            {t(trouble.value)}
          </Alert>
        )}
        {updateReady.value && screen.value !== 'fill' && <Update />}
        {insecure ? <Alert tone="bad">{t('field.insecure')}</Alert> : working ? <Shown /> : <SignIn />}
      </main>
      {working && screen.value !== 'fill' && <Tabs />}
    </>
  );
}
