import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageText } from '@demilge/xlsform';
import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import {
  type FormVersionInfo,
  formFiles,
  publishVersion,
  retireVersion,
  versionOfId,
  versionsOfForm,
  xformOf,
} from '../../../kernel/forms/index.ts';
import { transaction } from '../../../platform/db/index.ts';
import { page, type Reply, seeOther, text } from '../../../platform/http/index.ts';
import { isLanguage, slug } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';
import { ROOT } from '../../../platform/root.ts';
import { Alert, Button, ButtonRow, Facts, LinkButton, Section, StateChip } from '../../../ui/index.ts';
import { byOf, idOf } from '../registers/common.tsx';
import { type ReadVersion, readVersion, text3, workbookOf } from './describe.ts';
import { differences } from './difference.ts';
import { DifferenceList } from './difference-list.tsx';
import { Findings } from './findings.tsx';
import { openForm, VersionState } from './form.tsx';
import type { FormDeps } from './list.tsx';
import { Preview } from './preview.tsx';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The version of the address, of the form of the address. @throws Problem 404 */
async function openVersion(call: Call): Promise<FormVersionInfo> {
  const found = await versionOfId(call.sql, call.space.id, idOf(call, 'version'));
  if (!found || found.formId !== idOf(call)) throw notFound('form version');
  return found;
}

/** One version: what it asks, what changed, what to know before publishing, and the verbs. */
export async function versionPage(call: Call, _deps: FormDeps): Promise<Reply> {
  const { l, sql, space } = call;
  const [form, version] = await Promise.all([openForm(call), openVersion(call)]);
  const [all, kept, names] = await Promise.all([
    versionsOfForm(sql, space.id, form.id),
    formFiles(sql, space.id, version.id),
    accountNames(sql, space.id, version.uploadedBy ? [version.uploadedBy] : []),
  ]);
  const now = await readVersion(call, version);
  const before = all.find((one) => one.uploadedAt < version.uploadedAt && one.publishedAt && one.id !== version.id);
  const changed = before ? differences((await readVersion(call, before)).described, now.described) : null;
  const title = l.pick(version.title) || form.formKey;
  const path = `/office/forms/${form.id}/versions/${version.id}`;
  const edit = call.can('forms.edit');
  return page(
    officePage(
      call,
      {
        title: l.t('office.forms.versionTitle', { form: title, version: version.version || '–' }),
        crumbs: [
          { label: l.t('office.forms.title'), href: l.href('/office/forms') },
          { label: title, href: l.href(`/office/forms/${form.id}`) },
          { label: version.version || '–' },
        ],
        actions: (
          <>
            <LinkButton href={`${path}/workbook.xlsx`} icon="download">
              {l.t('office.forms.workbook')}
            </LinkButton>
            <LinkButton href={`${path}/form.xml`} icon="download">
              XForm
            </LinkButton>
          </>
        ),
      },
      <div class="flow">
        <p>
          <VersionState l={l} version={version} />
        </p>
        <Unsupported call={call} found={now} />
        {edit && <Verbs call={call} version={version} path={path} />}
        <Facts
          facts={[
            { term: l.t('office.forms.key'), value: <code>{form.formKey}</code> },
            {
              term: l.t('office.forms.languages'),
              value:
                version.languages.map((one) => (isLanguage(one) ? l.t(`office.language.${one}`) : one)).join(', ') ||
                '–',
            },
            { term: l.t('office.forms.questions'), value: l.number(countOf(now)) },
            {
              term: l.t('office.forms.uploadedAt'),
              value: [l.dateTime(version.uploadedAt), names.get(version.uploadedBy ?? '')].filter(Boolean).join(', '),
            },
            ...(version.publishedAt
              ? [{ term: l.t('office.forms.publishedAt'), value: l.dateTime(version.publishedAt) }]
              : []),
            ...(version.retiredAt
              ? [{ term: l.t('office.forms.retiredAt'), value: l.dateTime(version.retiredAt) }]
              : []),
          ]}
        />
        {version.wantedFiles.length > 0 && (
          <Section title={l.t('office.forms.wanted')} lead={l.t('office.forms.wantedMore')}>
            <ul class="list">
              {version.wantedFiles.map((name) => (
                <li key={name}>
                  <code>{name}</code>{' '}
                  {kept.some((file) => file.name === name) && (
                    <StateChip tone="good">{l.t('office.forms.kept')}</StateChip>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        )}
        {version.warnings.length > 0 && (
          <Section title={l.t('office.forms.findings')}>
            <Findings l={l} kept={version.warnings} />
          </Section>
        )}
        {before && changed && (
          <Section title={l.t('office.forms.difference', { version: before.version || '–' })}>
            <DifferenceList l={l} changed={changed} />
          </Section>
        )}
        <Section title={l.t('office.forms.preview')} lead={l.t('office.forms.previewMore')}>
          <Preview l={l} form={now.described} />
        </Section>
      </div>,
    ),
  );
}

const countOf = ({ described }: ReadVersion): number =>
  described.questions.filter((question) => question.kind === 'question' && question.visible).length;

/** What the web form cannot show is said to the author now, not to a villager later. */
function Unsupported({ call, found }: { readonly call: Call; readonly found: ReadVersion }) {
  const { l } = call;
  if (found.unsupported.length === 0) return null;
  const labels = new Map(found.described.questions.map((question) => [question.path, text3(question.labels)]));
  return (
    <Alert tone="warn" title={l.t('office.forms.unsupported', { n: found.unsupported.length })}>
      <ul>
        {found.unsupported.map((one) => (
          <li key={one.path + one.code}>
            {l.pick(labels.get(one.path)) || one.name} ({l.t('office.forms.atRow', { row: one.row })}):{' '}
            {messageText(one.code, { value: one.value }, l.language)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Verbs({
  call,
  version,
  path,
}: {
  readonly call: Call;
  readonly version: FormVersionInfo;
  readonly path: string;
}) {
  const { l } = call;
  const offered = version.publishedAt && !version.retiredAt;
  return (
    <ButtonRow>
      {!offered && (
        <form method="post" action={l.href(`${path}/publish`)}>
          <Button look="main" icon="check">
            {l.t(version.retiredAt ? 'office.forms.publishAgain' : 'office.forms.publish')}
          </Button>
        </form>
      )}
      {offered && (
        <form method="post" action={l.href(`${path}/retire`)}>
          <Button look="danger" icon="close">
            {l.t('office.forms.retire')}
          </Button>
        </form>
      )}
    </ButtonRow>
  );
}

export async function publishPost(call: Call, _deps: FormDeps): Promise<Reply> {
  const version = await openVersion(call);
  const by = byOf(call);
  await transaction(call.sql, (tx) =>
    publishVersion(tx, by, { spaceId: by.spaceId, versionId: version.id, at: call.now() }),
  );
  return back(call, version, { key: 'office.forms.published', undo: 'retire' });
}

export async function retirePost(call: Call, _deps: FormDeps): Promise<Reply> {
  const version = await openVersion(call);
  const by = byOf(call);
  await transaction(call.sql, (tx) => retireVersion(tx, by, { spaceId: by.spaceId, versionId: version.id }));
  return back(call, version, { key: 'office.forms.retired', undo: 'publish' });
}

/** Each of the two verbs takes the other back. */
function back(call: Call, version: FormVersionInfo, said: { key: string; undo: string }): Reply {
  const path = call.l.href(`/office/forms/${version.formId}/versions/${version.id}`);
  return seeOther(path, { key: said.key, params: { version: version.version || '–' }, undo: `${path}/${said.undo}` });
}

/** The workbook as it was uploaded. */
export async function workbookFile(call: Call, _deps: FormDeps): Promise<Reply> {
  const version = await openVersion(call);
  return text(await workbookOf(call, version), XLSX, saved(`${slug(version.formKey)}-${slug(version.version)}.xlsx`));
}

/** The XForm that phones are given. */
export async function xformFile(call: Call, _deps: FormDeps): Promise<Reply> {
  const version = await openVersion(call);
  const xml = await xformOf(call.sql, call.space.id, version.id);
  return text(xml, 'text/xml; charset=utf-8', saved(`${slug(version.formKey)}-${slug(version.version)}.xml`));
}

/** A workbook with questions in three languages, to start a form from. */
export async function templateFile(): Promise<Reply> {
  const bytes = await readFile(join(ROOT, 'src/entrances/office/forms/template.xlsx'));
  return text(bytes, XLSX, saved('demilge-form.xlsx'));
}

const saved = (name: string) => ({
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'private, no-cache',
  'x-content-type-options': 'nosniff',
});
