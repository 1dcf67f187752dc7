import { z } from 'zod';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import { addVersion } from '../../../kernel/sources/index.ts';
import type { Follows } from '../../../kernel/subjects/index.ts';
import { page, type Reply, readFields, readUploads, seeOther } from '../../../platform/http/index.ts';
import { Problem } from '../../../platform/problem.ts';
import { Button, ButtonRow, DateField, FileField, LinkButton, TextField } from '../../../ui/index.ts';
import { byOf, dayNeeded, dayOrNull, orAgain, problemParts, short } from '../registers/common.tsx';
import { readSourceRows } from './rows.ts';
import { sourceOf } from './source.tsx';

const MAX_SOURCE_BYTES = 5 * 1024 * 1024;
const VersionForm = z.object({ version: short(80).min(1), validFrom: dayNeeded, validTo: dayOrNull });

export async function newVersion(
  call: Call,
  problem?: Problem,
  sent: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { l } = call;
  const found = await sourceOf(call);
  const { summary, errors } = problemParts(l, problem);
  return page(
    officePage(
      call,
      {
        title: l.t('registers.sources.addVersion'),
        crumbs: [
          { label: l.t('registers.sources.title'), href: l.href('/office/sources') },
          { label: l.pick(found.title), href: l.href(`/office/sources/${found.id}`) },
          { label: l.t('registers.sources.addVersion') },
        ],
      },
      <form
        class="form flow"
        method="post"
        encType="multipart/form-data"
        action={l.href(`/office/sources/${found.id}/versions`)}
      >
        {summary}
        <TextField
          l={l}
          name="version"
          required
          label={l.t('registers.sources.version')}
          maxLength={80}
          width="medium"
          value={sent.version ?? ''}
          {...errors('version')}
        />
        <DateField
          l={l}
          name="validFrom"
          required
          label={l.t('registers.from')}
          value={sent.validFrom ?? ''}
          {...errors('validFrom')}
        />
        <DateField
          l={l}
          name="validTo"
          label={l.t('registers.lastDay')}
          hint={l.t('registers.sources.openHint')}
          value={sent.validTo ?? ''}
          {...errors('validTo')}
        />
        <FileField
          l={l}
          name="file"
          required
          accept=".xlsx"
          label={l.t('registers.sources.file')}
          hint={l.t('registers.sources.fileHint')}
          {...errors('file')}
        />
        <ButtonRow>
          <Button look="main" icon="upload">
            {l.t('registers.save')}
          </Button>
          <LinkButton look="quiet" href={l.href(`/office/sources/${found.id}`)}>
            {l.t('ui.cancel')}
          </LinkButton>
        </ButtonRow>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

export async function createVersion(call: Call, follows: Follows): Promise<Reply> {
  const found = await sourceOf(call);
  let sent: Record<string, string> = {};
  return await orAgain(
    async () => {
      const { fields, files } = await readUploads(call.request, MAX_SOURCE_BYTES, 1);
      sent = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
      const read = readFields(VersionForm, fields);
      const [file] = files;
      if (!file)
        throw new Problem(422, 'registers.import.noFile', {}, [{ at: 'file', key: 'registers.import.noFile' }]);
      const rows = await readSourceRows(file.bytes);
      const by = { ...byOf(call), follows };
      const { id } = await addVersion(call.sql, by, { source: found.id, ...read, rows });
      const home = call.l.href(`/office/sources/${found.id}`);
      return seeOther(home, { key: 'registers.saved', undo: `${home}/versions/${id}/undo` });
    },
    (problem) => newVersion(call, problem, sent),
  );
}
