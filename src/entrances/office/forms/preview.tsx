import { type Form, type FormDefinition, languageCode, openForm, XFormError } from '@demilge/xform';
import type { Call } from '../../../kernel/access/index.ts';
import { type FormVersionInfo, formFiles, parsedForm } from '../../../kernel/forms/index.ts';
import type { Language } from '../../../platform/i18n/index.ts';
import { FirstPage } from '../../../ui/form/index.ts';
import { Alert, Section } from '../../../ui/index.ts';
import type { FormDeps } from './list.tsx';

/** What the script of the preview fetches: the form, and its pictures, sounds and lists by name. */
export type PreviewSources = {
  readonly xform: string;
  readonly files: Readonly<Record<string, string>>;
};

/** The addresses of what the version shows. */
export async function previewSources(call: Call, deps: FormDeps, version: FormVersionInfo): Promise<PreviewSources> {
  const kept = await formFiles(call.sql, call.space.id, version.id);
  const names = [
    ...kept.map(({ name }) => name),
    ...version.wantedFiles.filter((name) => Object.hasOwn(deps.lists, name)),
  ];
  const path = `/office/forms/${version.formId}/versions/${version.id}`;
  return {
    xform: `${path}/form.xml`,
    files: Object.fromEntries(names.map((name) => [name, `${path}/files/${encodeURIComponent(name)}`])),
  };
}

/**
 * The form as the phone shows it, by the same engine and the same controls; client/form-preview.tsx makes it answer. Without a
 * script the first page is there to be looked at.
 */
export async function preview(call: Call, deps: FormDeps, version: FormVersionInfo) {
  const { l } = call;
  const definition = await parsedForm(call.sql, call.space.id, version.id);
  const form = opened(definition, l.language);
  const sources = await previewSources(call, deps, version);
  const missing = version.wantedFiles.filter((name) => !(name in sources.files));
  return (
    <Section title={l.t('office.forms.preview')} lead={l.t('office.forms.previewMore')}>
      {missing.length > 0 && (
        <Alert tone="info">
          {l.t('office.forms.preview.missing')} {missing.join(', ')}
        </Alert>
      )}
      <div id="form-preview" data-sources={JSON.stringify(sources)}>
        <noscript>
          <p>{l.t('office.forms.preview.noScript')}</p>
        </noscript>
        {form && (
          <div class="tryout">
            <FirstPage form={form} l={l} />
          </div>
        )}
      </div>
    </Section>
  );
}

/** The form as it opens; undefined for one that asks for more work than the engine does, which the phone says, too. */
function opened(definition: FormDefinition, language: Language): Form | undefined {
  const name = definition.languages.find((one) => languageCode(one) === language);
  try {
    return openForm(definition, name === undefined ? {} : { language: name });
  } catch (error) {
    if (error instanceof XFormError) return undefined;
    throw error;
  }
}
