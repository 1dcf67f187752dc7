import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FormDefinition } from '@demilge/xform';
import type { DescribedForm } from '@demilge/xlsform';
import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import {
  type FormVersionInfo,
  formFiles,
  parsedForm,
  publishVersion,
  retireVersion,
  versionOfId,
  versionsOfForm,
  xformOf,
} from '../../../kernel/forms/index.ts';
import { transaction } from '../../../platform/db/index.ts';
import { fileOf } from '../../../platform/files/index.ts';
import { page, type Reply, seeOther, stream, text } from '../../../platform/http/index.ts';
import { isLanguage, slug } from '../../../platform/i18n/index.ts';
import { notFound, type ProblemPart } from '../../../platform/problem.ts';
import { ROOT } from '../../../platform/root.ts';
import { Alert, Button, ButtonRow, Facts, LinkButton, Section, StateChip } from '../../../ui/index.ts';
import { byOf, idOf } from '../registers/common.tsx';
import { readVersion, workbookOf } from './describe.ts';
import { differences } from './difference.ts';
import { DifferenceList } from './difference-list.tsx';
import { Findings } from './findings.tsx';
import { openForm, VersionState } from './form.tsx';
import type { FormDeps } from './list.tsx';
import { preview } from './preview.tsx';
import { unsupportedIn } from './unsupported.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The version of the address, of the form of the address. @throws Problem 404 */
async function openVersion(call: Call): Promise<FormVersionInfo> {
  const found = await versionOfId(call.sql, call.space.id, idOf(call, 'version'));
  if (!found || found.formId !== idOf(call)) throw notFound('form version');
  return found;
}

/** One version: what it asks, what changed, what to know before publishing, and the verbs. */
export async function versionPage(call: Call, deps: FormDeps): Promise<Reply> {
  const { l, sql, space } = call;
  const [form, version] = await Promise.all([openForm(call), openVersion(call)]);
  const [all, kept, names, definition, now, shown] = await Promise.all([
    versionsOfForm(sql, space.id, form.id),
    formFiles(sql, space.id, version.id),
    accountNames(sql, space.id, version.uploadedBy ? [version.uploadedBy] : []),
    parsedForm(sql, space.id, version.id),
    readVersion(call, version),
    preview(call, deps, version),
  ]);
  const before = all.find((one) => one.uploadedAt < version.uploadedAt && one.publishedAt && one.id !== version.id);
  const changed = before ? differences(await readVersion(call, before), now) : null;
  const lacking = lackingIn(now, definition);
  const encrypted = definition.submission.publicKey !== undefined;
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
        scripts: ['form-preview.js'],
        styles: ['form-preview.css'],
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
        {encrypted && <Alert tone="bad">{l.t('forms.encrypted')}</Alert>}
        {lacking.length > 0 && (
          <Section title={l.t('office.forms.lacking', { n: lacking.length })} lead={l.t('office.forms.lackingMore')}>
            <Findings l={l} caption={l.t('office.forms.lacking', { n: lacking.length })} kept={lacking} />
          </Section>
        )}
        {edit && !encrypted && <Verbs call={call} version={version} path={path} />}
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
            <Findings l={l} caption={l.t('office.forms.findings')} kept={version.warnings} />
          </Section>
        )}
        {before && changed && (
          <Section title={l.t('office.forms.difference', { version: before.version || '–' })}>
            <DifferenceList l={l} changed={changed} />
          </Section>
        )}
        {shown}
      </div>,
    ),
  );
}

const countOf = (form: DescribedForm): number =>
  form.questions.filter((question) => question.kind === 'question' && question.visible).length;

/** What the app does not do as the workbook says is told to the author now, not to a villager later. */
const lackingIn = (form: DescribedForm, { submission }: FormDefinition): ProblemPart[] =>
  unsupportedIn(form, submission).map(({ sheet, row, column, value, why }) => ({
    at: `${sheet}!${row}!${column}`,
    key: why,
    details: { value, severity: 'warning' },
  }));

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

/** A picture, sound or table of the version; a list that a kind makes as this person may see it. */
export async function versionFile(call: Call, deps: FormDeps): Promise<Reply> {
  const version = await openVersion(call);
  const name = call.params.name ?? '';
  const list = version.wantedFiles.includes(name) && Object.hasOwn(deps.lists, name) ? deps.lists[name] : undefined;
  if (list && call.actor)
    return text(await list(call.sql, call.space.id, call.actor), 'text/csv; charset=utf-8', fresh);
  const sha256 = (await formFiles(call.sql, call.space.id, version.id)).find((file) => file.name === name)?.sha256;
  const stored = sha256 ? await fileOf(call.sql, call.space.id, sha256) : null;
  const bytes = stored && (await call.files.read(stored.sha256));
  if (!bytes) throw notFound(name.slice(0, 80));
  return stream(bytes, stored.mediaType, fresh);
}

/** A workbook with questions in three languages, to start a form from. */
export async function templateFile(): Promise<Reply> {
  const bytes = await readFile(join(ROOT, 'src/entrances/office/forms/template.xlsx'));
  return text(bytes, XLSX, saved('demilge-form.xlsx'));
}

const fresh = { 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' };
const saved = (name: string) => ({ 'content-disposition': `attachment; filename="${name}"`, ...fresh });
