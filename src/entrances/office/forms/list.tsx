import { compileWorkbook } from '@demilge/xlsform';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import { formOfKey, forms, publishedForms, type Uploaded, uploadWorkbook } from '../../../kernel/forms/index.ts';
import type { MediaList } from '../../../kernel/kinds/index.ts';
import { page, type Reply, readUploads, seeOther, type Upload } from '../../../platform/http/index.ts';
import { folds } from '../../../platform/i18n/index.ts';
import { Problem } from '../../../platform/problem.ts';
import {
  Button,
  DataTable,
  EmptyState,
  FileField,
  FilterBar,
  LinkButton,
  ProblemSummary,
  Section,
  StateChip,
} from '../../../ui/index.ts';
import { asked, byOf } from '../registers/common.tsx';
import { Findings } from './findings.tsx';

/** What the pages of forms are given: the programme kind of each form key that a kind has claimed, and the lists that kinds make. */
export type FormDeps = {
  readonly kindOfKey: ReadonlyMap<string, string>;
  /** By file name ('facilities.csv'). */
  readonly lists: Readonly<Record<string, MediaList>>;
};

const MOST_BYTES = 20_000_000;
const MOST_FILES = 50;

/** The forms of the space, and the place to bring a workbook. */
export async function formList(call: Call, _deps: FormDeps, problem?: Problem): Promise<Reply> {
  const { l, sql, space } = call;
  const [all, offered] = await Promise.all([forms(sql, space.id), publishedForms(sql, space.id)]);
  const wanted = folds(asked(call, 'q'));
  const rows = all.filter((form) => {
    const words = folds([form.formKey, ...Object.values(form.title)].join(' '));
    return wanted.every((beginning) => words.some((word) => word.startsWith(beginning)));
  });
  const current = new Map(offered.map((version) => [version.formId, version]));
  return page(
    officePage(
      call,
      {
        title: l.t('office.forms.title'),
        subheading: l.t('office.forms.lead'),
        actions: (
          <LinkButton href="/office/forms/template.xlsx" icon="download">
            {l.t('office.forms.template')}
          </LinkButton>
        ),
      },
      <div class="flow">
        {problem && <Refused call={call} problem={problem} />}
        <FilterBar l={l} action={l.href('/office/forms')} search={{ value: asked(call, 'q') }} />
        <DataTable
          l={l}
          caption={l.t('office.forms.title')}
          rows={rows}
          rowKey={(form) => form.id}
          empty={
            <EmptyState title={l.t('office.forms.none')} icon="form">
              {l.t('office.forms.noneMore')}
            </EmptyState>
          }
          columns={[
            {
              key: 'title',
              label: l.t('office.forms.form'),
              head: true,
              cell: (form) => <a href={l.href(`/office/forms/${form.id}`)}>{l.pick(form.title) || form.formKey}</a>,
            },
            { key: 'key', label: l.t('office.forms.key'), cell: (form) => <code>{form.formKey}</code> },
            {
              key: 'offered',
              label: l.t('office.forms.offered'),
              cell: (form) => {
                const version = current.get(form.id);
                return version ? (
                  <StateChip tone="good">{version.version || '–'}</StateChip>
                ) : (
                  <StateChip tone="neutral">{l.t('office.forms.notOffered')}</StateChip>
                );
              },
            },
          ]}
        />
        {call.can('forms.edit') && <UploadForm call={call} />}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

export function UploadForm({ call }: { readonly call: Call }) {
  const { l } = call;
  return (
    <Section id="upload" title={l.t('office.forms.upload')} lead={l.t('office.forms.uploadMore')}>
      <form method="post" action={l.href('/office/forms')} enctype="multipart/form-data" class="form flow">
        <FileField l={l} name="workbook" label={l.t('office.forms.workbook')} accept=".xlsx" required />
        <FileField l={l} name="media" label={l.t('office.forms.media')} hint={l.t('office.forms.mediaHint')} multiple />
        <Button look="main" icon="upload">
          {l.t('office.forms.upload')}
        </Button>
      </form>
    </Section>
  );
}

/** Everything that is wrong with the workbook at once, each where it stands. */
function Refused({ call, problem }: { readonly call: Call; readonly problem: Problem }) {
  const { l } = call;
  return (
    <>
      <ProblemSummary title={l.t(problem.key, problem.details)} problems={[]} />
      {problem.key === 'forms.workbookRefused' && (
        <Findings l={l} caption={l.t('office.forms.findings')} kept={problem.parts} />
      )}
    </>
  );
}

/** Takes a workbook in as a draft version. What is wrong with it is shown on the same page, beside sheet, row and column. */
export async function uploadPost(call: Call, deps: FormDeps): Promise<Reply> {
  try {
    const { files } = await readUploads(call.request, Math.min(call.maxUpload, MOST_BYTES), MOST_FILES);
    const { form, version } = await take(call, deps, files);
    const flash = { key: 'office.forms.uploaded', params: { version: version.version } };
    return seeOther(call.l.href(`/office/forms/${form.id}/versions/${version.id}`), flash);
  } catch (error) {
    if (error instanceof Problem && [409, 413, 422].includes(error.status)) return await formList(call, deps, error);
    throw error;
  }
}

async function take(call: Call, deps: FormDeps, files: readonly Upload[]): Promise<Uploaded> {
  const workbook = files.find((file) => file.field === 'workbook');
  if (!workbook) throw new Problem(422, 'office.forms.noWorkbook');
  const { formId } = await compileWorkbook(workbook.bytes, { fileStem: workbook.name.replace(/\.[^.]*$/, '') });
  const known = await formOfKey(call.sql, call.space.id, formId);
  const media = files.filter((file) => file.field === 'media').map(({ name, bytes }) => ({ name, bytes }));
  return await uploadWorkbook(call.sql, call.files, byOf(call), {
    spaceId: call.space.id,
    kind: known?.kind ?? deps.kindOfKey.get(formId) ?? 'general',
    fileName: workbook.name,
    bytes: workbook.bytes,
    media,
  });
}
