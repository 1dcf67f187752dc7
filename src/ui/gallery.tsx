import type { VNode } from 'preact';
import { examples as alerts } from './alert/examples.tsx';
import { examples as breadcrumbs } from './breadcrumbs/examples.tsx';
import { Button, LinkButton } from './button/Button.tsx';
import { examples as buttons } from './button/examples.tsx';
import { examples as cards } from './card/examples.tsx';
import { examples as charts } from './charts/examples.tsx';
import { examples as confirms } from './confirm-form/examples.tsx';
import { examples as tables } from './data-table/examples.tsx';
import { examples as disaggregations } from './disaggregation/examples.tsx';
import { examples as empties } from './empty-state/examples.tsx';
import { type Example, say } from './example.ts';
import { examples as felts } from './felt/examples.tsx';
import { examples as fields } from './fields/examples.tsx';
import { TextField } from './fields/text.tsx';
import { examples as figures } from './figure-card/examples.tsx';
import { examples as filters } from './filter-bar/examples.tsx';
import { galleryLocale } from './gallery-locale.ts';
import { examples as icons } from './icon/examples.tsx';
import { OfficeLayout } from './layouts/OfficeLayout.tsx';
import { PlainLayout } from './layouts/PlainLayout.tsx';
import { PrintLayout } from './layouts/PrintLayout.tsx';
import { Hero, PublicLayout } from './layouts/PublicLayout.tsx';
import { LANGUAGES, type Language, type UiLocale } from './locale.ts';
import { examples as maps } from './map/examples.tsx';
import type { PageContext, Theme } from './page.ts';
import { examples as paginations } from './pagination/examples.tsx';
import { examples as photos } from './photo-grid/examples.tsx';
import { examples as progresses } from './progress/examples.tsx';
import { renderPage } from './render.ts';
import { examples as scores } from './score-bar/examples.tsx';
import { examples as searches } from './search-field/examples.tsx';
import { examples as stats } from './stat/examples.tsx';
import { examples as chips } from './state-chip/examples.tsx';
import { examples as steps } from './steps/examples.tsx';
import { examples as tabs } from './tabs/examples.tsx';
import { examples as timelines } from './timeline/examples.tsx';
import { examples as undos } from './undo-bar/examples.tsx';
import { examples as verdicts } from './verdict/examples.tsx';

/** The controls of public pages, then those of the office. */
export const PUBLIC_EXAMPLES: Example[] = [
  stats,
  cards,
  maps,
  scores,
  verdicts,
  charts,
  breadcrumbs,
  steps,
  photos,
  felts,
  icons,
].flat();
export const OFFICE_EXAMPLES: Example[] = [
  buttons,
  chips,
  tabs,
  filters,
  tables,
  paginations,
  figures,
  disaggregations,
  timelines,
  alerts,
  undos,
  confirms,
  progresses,
  fields,
  searches,
  empties,
].flat();

function Shelf({ l, examples }: { readonly l: UiLocale; readonly examples: readonly Example[] }) {
  return (
    <>
      {examples.map((example) => (
        <section key={example.title} class="section">
          <h2 lang="en">{example.title}</h2>
          {example.render(l)}
        </section>
      ))}
    </>
  );
}

const association = (l: UiLocale) => say(l, 'Өзгөрүү агенттери', 'Агенты перемен', 'Agents of Change');

function publicPage(page: PageContext): VNode {
  const { l } = page;
  return (
    <PublicLayout
      page={page}
      title={association(l)}
      siteName={association(l)}
      tagline={say(l, 'Коомдук бирикме, Талас', 'Общественное объединение, Талас', 'Public association, Talas')}
      home="#home"
      description={say(
        l,
        'Жаштардын ачык коомдук бирикмеси.',
        'Открытое объединение молодых людей.',
        'An open association of young people.',
      )}
      canonical={`https://demilge.example/${l.language}`}
      alternates={{ ky: '#ky', ru: '#ru', en: '#en' }}
      nav={[
        { href: '#about', label: say(l, 'Биз жөнүндө', 'О нас', 'About us'), current: true },
        { href: '#projects', label: say(l, 'Долбоорлор', 'Проекты', 'Projects') },
        { href: '#rounds', label: say(l, 'Байкоо жыйынтыктары', 'Итоги наблюдения', 'What we observed') },
        { href: '#news', label: say(l, 'Жаңылыктар', 'Новости', 'News') },
      ]}
      signIn={{ href: '#sign-in', label: say(l, 'Кирүү', 'Войти', 'Sign in') }}
      themeForm={{ action: '/theme', back: '/' }}
      jsonLd={[{ '@context': 'https://schema.org', '@type': 'NGO', name: association(l) }]}
      hero={
        <Hero
          kicker={say(l, '2010-жылдан бери', 'С 2010 года', 'Since 2010')}
          title={say(
            l,
            'Жаштар чечим кабыл алууга катышат',
            'Молодые люди участвуют в решениях',
            'Young people take part in decisions',
          )}
          lead={say(
            l,
            'Айылдагы кызматтарды чогуу байкайбыз, көргөнүбүздү жазабыз жана жыйынтыгын ар бир адам текшере алат.',
            'Мы вместе наблюдаем за услугами в сёлах, записываем увиденное, и каждый может проверить итог.',
            'Together we watch the services in the villages, write down what we see, and anyone can check the result.',
          )}
          actions={
            <>
              <LinkButton href="#rounds" look="main">
                {say(l, 'Жыйынтыктарды көрүү', 'Посмотреть итоги', 'See the results')}
              </LinkButton>
              <LinkButton href="#join">{say(l, 'Бизге кошулуу', 'Присоединиться', 'Join us')}</LinkButton>
            </>
          }
        />
      }
      footer={
        <p>{say(l, 'Тексттер жана сандар: CC BY 4.0', 'Тексты и данные: CC BY 4.0', 'Texts and data: CC BY 4.0')}</p>
      }
    >
      <Shelf l={l} examples={PUBLIC_EXAMPLES} />
    </PublicLayout>
  );
}

function officePage(page: PageContext): VNode {
  const { l } = page;
  return (
    <OfficeLayout
      page={page}
      title={say(
        l,
        'Байкоо айлампасы: 2016-жылдын жазы',
        'Раунд наблюдения: весна 2016',
        'Round of visits: spring 2016',
      )}
      spaceName={association(l)}
      home="#home"
      languages={{ ky: '#ky', ru: '#ru', en: '#en' }}
      themeForm={{ action: '/theme', back: '/' }}
      who={{
        name: 'Гүлнара Сыдыкова',
        role: say(l, 'координатор', 'координатор', 'coordinator'),
        href: '#me',
        signOut: '/out',
      }}
      search={{ action: '#search' }}
      flash={{
        text: say(l, 'Сапар кабыл алынды.', 'Визит принят.', 'The visit was accepted.'),
        undo: { action: '/undo' },
      }}
      crumbs={[
        { href: '#home', label: say(l, 'Башкы бет', 'Главная', 'Home') },
        { label: say(l, 'Айлампа', 'Раунд', 'Round') },
      ]}
      actions={
        <Button look="main" icon="plus">
          {say(l, 'Сапар кошуу', 'Добавить визит', 'Add a visit')}
        </Button>
      }
      nav={[
        { href: '#home', icon: 'home', label: say(l, 'Башкы бет', 'Главная', 'Home') },
        { href: '#inbox', icon: 'inbox', label: say(l, 'Текшерүү', 'Проверка', 'To check'), count: 3 },
        { href: '#rounds', icon: 'round', label: say(l, 'Айлампалар', 'Раунды', 'Rounds'), current: true },
        {
          heading: say(l, 'Жыйынтыктар', 'Результаты', 'Results'),
          items: [
            { href: '#projects', icon: 'project', label: say(l, 'Долбоорлор', 'Проекты', 'Projects') },
            {
              href: '#figures',
              icon: 'figure',
              label: say(l, 'Сандар жана далилдер', 'Показатели и доказательства', 'Figures and evidence'),
            },
          ],
        },
      ]}
    >
      <Shelf l={l} examples={OFFICE_EXAMPLES} />
    </OfficeLayout>
  );
}

function plainPage(page: PageContext): VNode {
  const { l } = page;
  return (
    <PlainLayout
      page={page}
      title={say(l, 'Кирүү', 'Вход', 'Sign in')}
      siteName={association(l)}
      home="#home"
      languages={{ ky: '#ky', ru: '#ru', en: '#en' }}
    >
      <form method="post" action="/sign-in">
        <TextField l={l} name="login" required autocomplete="username" label={say(l, 'Логин', 'Логин', 'Login')} />
        <TextField
          l={l}
          name="password"
          required
          type="password"
          autocomplete="current-password"
          label={say(l, 'Сырсөз', 'Пароль', 'Password')}
        />
        <Button look="main" wide>
          {say(l, 'Кирүү', 'Войти', 'Sign in')}
        </Button>
      </form>
    </PlainLayout>
  );
}

function posterPage(page: PageContext): VNode {
  const { l } = page;
  return (
    <PrintLayout
      page={page}
      kind="poster"
      title={say(
        l,
        'Бул борбор стандартка жооп береби?',
        'Отвечает ли центр стандарту?',
        'Does this centre meet the standard?',
      )}
      siteName={association(l)}
      source={<p>https://demilge.example/{l.language}/f/bakai-ata · 2016-05-20</p>}
      tools={
        <LinkButton href="#back" icon="back">
          {say(l, 'Артка', 'Назад', 'Back')}
        </LinkButton>
      }
    >
      {scores.map((example) => example.render(l))}
    </PrintLayout>
  );
}

export interface GalleryPage {
  /** e.g. `public-ky-dark` */
  readonly name: string;
  readonly html: string;
}

/** Every layout with every example, in each language and theme, as HTML text. `asset` gives the address of a style sheet. */
export function galleryPages(asset: (name: string) => string): GalleryPage[] {
  const pages = { public: publicPage, office: officePage, plain: plainPage, poster: posterPage };
  return (Object.keys(pages) as (keyof typeof pages)[]).flatMap((kind) =>
    LANGUAGES.flatMap((language: Language) =>
      (['light', 'dark'] as Theme[]).map((theme) => ({
        name: `${kind}-${language}-${theme}`,
        html: renderPage(pages[kind]({ l: galleryLocale(language), asset, theme })),
      })),
    ),
  );
}
