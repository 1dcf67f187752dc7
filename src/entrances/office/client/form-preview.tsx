import { type Form, type FormDefinition, languageCode, openForm, parseForm } from '@demilge/xform';
import { allowSigned } from '@demilge/xform/signed';
import { render } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import {
  isLanguage,
  LANGUAGES,
  type Language,
  type Locale,
  makeLocale,
  makeTranslator,
} from '../../../platform/i18n/index.ts';
import { type Device, FormView, formControlMessages, PHOTO } from '../../../ui/form/index.ts';
import { Alert } from '../../../ui/index.ts';
import { messages } from '../forms/messages/index.ts';
import type { PreviewSources } from '../forms/preview.tsx';

/** A form with what it shows, as it was fetched. */
interface Fetched {
  readonly definition: FormDefinition;
  /** Texts of lists by their file name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly files: PreviewSources['files'];
}

const fileName = (source: string): string => source.split('/').pop() ?? '';

/** A form that is filled for a try: the engine and the controls of the phone, and nothing is kept or sent. */
function TryOut({ fetched, first }: { readonly fetched: Fetched; readonly first: Language }) {
  const [language, setLanguage] = useState(first);
  const [turn, setTurn] = useState(0);
  const [done, setDone] = useState(false);
  const l = useMemo(() => localeOf(language), [language]);
  const form = useMemo(() => opened(fetched, language), [turn]);
  const device = useMemo(() => deviceOf(fetched), [turn]);
  // A form that names no language has one, and nobody knows which.
  const spoken = form.languages.length === 0 || nameOf(form, language) !== undefined;
  const speak = (to: Language) => {
    const name = nameOf(form, to);
    if (name !== undefined) form.setLanguage(name);
    setLanguage(to);
  };
  return (
    <div class="tryout" lang={language}>
      <div class="tryout-top">
        <span class="soft small" id="tryout-language">
          {l.t('office.forms.preview.language')}
        </span>
        <fieldset class="tryout-languages" aria-labelledby="tryout-language">
          {LANGUAGES.map((one) => (
            <button
              key={one}
              type="button"
              class="btn btn--quiet btn--small"
              lang={one}
              aria-pressed={one === language}
              onClick={() => speak(one)}
            >
              {one.toUpperCase()}
              <span class="sr-only"> {localeOf(one).t(`office.forms.in.${one}`)}</span>
            </button>
          ))}
        </fieldset>
      </div>
      {!spoken && <Alert tone="warn">{l.t('office.forms.preview.untranslated')}</Alert>}
      {done ? (
        <Done
          l={l}
          onAgain={() => {
            setTurn(turn + 1);
            setDone(false);
          }}
        />
      ) : (
        <FormView
          key={turn}
          form={form}
          l={l}
          device={device}
          within
          onChange={() => {}}
          onFinish={() => setDone(true)}
        />
      )}
    </div>
  );
}

function Done({ l, onAgain }: { readonly l: Locale; readonly onAgain: () => void }) {
  return (
    <div class="flow" role="status">
      <p class="lead">{l.t('office.forms.preview.done')}</p>
      <button type="button" class="btn btn--main" onClick={onAgain}>
        {l.t('office.forms.preview.again')}
      </button>
    </div>
  );
}

function localeOf(language: Language): Locale {
  return makeLocale(language, makeTranslator(language, [messages, formControlMessages]));
}

const nameOf = (form: Pick<Form, 'languages'>, language: Language): string | undefined =>
  form.languages.find((name) => languageCode(name) === language);

function opened({ definition, texts }: Fetched, language: Language): Form {
  const name = nameOf(definition, language);
  return openForm(definition, {
    ...(name !== undefined && { language: name }),
    resources: (source) => texts.get(fileName(source)),
  });
}

/** Files that are tried live in the memory of the page, and go with it. */
function deviceOf({ files }: Fetched): Device {
  const kept = new Map<string, Blob>();
  return {
    photo: PHOTO,
    media: (source) => files[fileName(source)],
    openFile: async (name) => kept.get(name),
    keepFile: async (file, extension) => {
      const name = `${kept.size + 1}.${extension}`;
      kept.set(name, file);
      return name;
    },
  };
}

async function textOf(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return await answer.text();
}

async function fetchAll({ xform, files }: PreviewSources): Promise<Fetched> {
  const xml = await textOf(xform);
  const definition = parseForm(xml);
  if (xml.includes('extract-signed')) allowSigned();
  const wanted = [...new Set(definition.externalInstances.map(({ src }) => fileName(src)))];
  const texts = await Promise.all(
    wanted.map(async (name) => [name, files[name] && (await textOf(files[name]))] as const),
  );
  return {
    definition,
    files,
    texts: new Map(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]))),
  };
}

async function begin(place: HTMLElement): Promise<void> {
  const asked = document.documentElement.lang;
  const first = isLanguage(asked) ? asked : 'ky';
  try {
    const fetched = await fetchAll(JSON.parse(place.dataset.sources ?? '') as PreviewSources);
    place.replaceChildren();
    render(<TryOut fetched={fetched} first={first} />, place);
  } catch {
    const said = document.createElement('p');
    said.setAttribute('role', 'alert');
    said.textContent = localeOf(first).t('office.forms.preview.failed');
    place.prepend(said);
  }
}

const place = document.getElementById('form-preview');
if (place) void begin(place);
