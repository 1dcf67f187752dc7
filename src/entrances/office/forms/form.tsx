import { type Call, officePage } from '../../../kernel/access/index.ts';
import { type FormInfo, type FormVersionInfo, form, versionsOfForm } from '../../../kernel/forms/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';
import { ButtonRow, DataTable, LinkButton, Section, StateChip } from '../../../ui/index.ts';
import { idOf } from '../registers/common.tsx';
import { type FormDeps, UploadForm } from './list.tsx';

/** The form of the address. @throws Problem 404 */
export async function openForm(call: Call): Promise<FormInfo> {
  const found = await form(call.sql, call.space.id, idOf(call));
  if (!found) throw notFound('form');
  return found;
}

/** A form: its versions, its records, and its data for other programs. */
export async function formPage(call: Call, _deps: FormDeps): Promise<Reply> {
  const { l } = call;
  const found = await openForm(call);
  const versions = await versionsOfForm(call.sql, call.space.id, found.id);
  const title = l.pick(found.title) || found.formKey;
  const data = `/api/v1/forms/${found.id}`;
  return page(
    officePage(
      call,
      {
        title,
        crumbs: [{ label: l.t('office.forms.title'), href: l.href('/office/forms') }, { label: title }],
        ...(call.can('records.list') && {
          actions: (
            <LinkButton href={`${l.href('/office/records')}?form=${found.id}`} icon="inbox">
              {l.t('office.forms.records')}
            </LinkButton>
          ),
        }),
      },
      <div class="flow">
        <Section title={l.t('office.forms.versions')} lead={l.t('office.forms.versionsMore')}>
          <DataTable
            l={l}
            caption={l.t('office.forms.versions')}
            rows={versions}
            rowKey={(version) => version.id}
            columns={[
              {
                key: 'version',
                label: l.t('office.forms.version'),
                head: true,
                cell: (version) => (
                  <a href={l.href(`/office/forms/${found.id}/versions/${version.id}`)}>{version.version || '–'}</a>
                ),
              },
              {
                key: 'state',
                label: l.t('office.forms.state'),
                cell: (version) => <VersionState l={l} version={version} />,
              },
              {
                key: 'uploaded',
                label: l.t('office.forms.uploadedAt'),
                cell: (version) => l.dateTime(version.uploadedAt),
              },
              {
                key: 'published',
                label: l.t('office.forms.publishedAt'),
                cell: (version) => (version.publishedAt ? l.dateTime(version.publishedAt) : '–'),
              },
              { key: 'file', label: l.t('office.forms.workbook'), cell: (version) => version.fileName || '–' },
            ]}
          />
        </Section>
        {call.can('records.export') && (
          <Section title={l.t('office.forms.data')} lead={l.t('office.forms.dataMore')}>
            <ButtonRow>
              <LinkButton href={`${data}/records.csv.zip`} icon="download">
                CSV
              </LinkButton>
              <LinkButton href={`${data}/records.xlsx`} icon="download">
                Excel
              </LinkButton>
              <LinkButton href={`${data}/records.geojson`} icon="map">
                GeoJSON
              </LinkButton>
            </ButtonRow>
            <p>
              OData: <code>{`${call.baseUrl}${data}/odata`}</code>
            </p>
          </Section>
        )}
        {call.can('forms.edit') && <UploadForm call={call} />}
      </div>,
    ),
  );
}

export function VersionState({ l, version }: { readonly l: Locale; readonly version: FormVersionInfo }) {
  if (!version.publishedAt) return <StateChip tone="info">{l.t('office.forms.state.draft')}</StateChip>;
  if (version.retiredAt) return <StateChip tone="neutral">{l.t('office.forms.state.retired')}</StateChip>;
  return <StateChip tone="good">{l.t('office.forms.state.published')}</StateChip>;
}
