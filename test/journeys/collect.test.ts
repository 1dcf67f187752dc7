import type { ControlNode, Form, FormNode } from '@demilge/xform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPhoto } from '../../seeds/story/index.ts';
import type { Actor } from '../../src/kernel/access/index.ts';
import { assignment } from '../../src/kernel/assignments/index.ts';
import { start } from '../../src/kernel/flow/index.ts';
import { attachmentsOf, listRecords, record } from '../../src/kernel/records/index.ts';
import { today } from '../../src/kernel/subjects/index.ts';
import { transaction } from '../../src/platform/db/index.ts';
import { checkVisit, oversight } from '../../src/programmes/oversight/index.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { collectPhone, type Fetched } from '../support/collect.ts';
import { fieldDay } from '../support/field.ts';
import { numberFor } from '../support/walk.ts';

const visitFlow = oversight.flows.find((flow) => flow.name === 'oversight.visit')!;

let app: TestApp;
let day: Awaited<ReturnType<typeof fieldDay>>;
let phone: ReturnType<typeof collectPhone>;
let visit: Fetched;
let photo: Buffer;
const sent: { recordId: string } = { recordId: '' };

beforeAll(async () => {
  app = await testApp();
  day = await fieldDay(app);
  const planned = { spaceId: app.space.id, actor: 'system', deadline: today(new Date()) } as const;
  await transaction(app.sql, async (tx) => {
    for (const thingId of day.tasks) await start(tx, visitFlow, { ...planned, thingId });
  });
  const token = day.link.split('=').at(-1);
  phone = collectPhone(`${await app.listen()}/or/${token}`);
  photo = await drawPhoto({
    ...{ kind: 'ramp', facility: 'ak-kashat-fap', moment: 'before', takenOn: '2016-05-04', seed: 'collect' },
  });
});
afterAll(() => app.close());

test('ODK Collect lists the forms of Айгүл and fetches the checklist with its table, each by its hash', async () => {
  const offered = await phone.list();
  expect(offered.map((one) => [one.formId, one.version])).toEqual([['oversight_visit', '2015090101']]);
  visit = await phone.fetchForm(offered[0]!);
  expect([...visit.files.keys()]).toEqual(['facilities.csv']);
  expect(visit.form.missingResources).toEqual([]);
});

test('a visit filled in Collect arrives once, its photo in a second request, and is the same kind of record as from our app', async () => {
  const task = (await assignment(app.sql, app.space.id, day.tasks[0]!))!;
  const { form } = visit;
  fill(form, (node) => {
    if (node.name === 'facility') return task.subjectId;
    if (node.name === 'visited_on') return task.from;
    if (node.name === 'photo_before') return 'ramp.jpg';
    return null;
  });
  expect(form.validate()).toEqual([]);
  form.finish();
  expect(form.attachments()).toEqual(['ramp.jpg']);
  expect(form.instanceName).toBe(`Ак-Дөбө ФАП ${task.from}`);

  const first = await phone.send(form, new Map(), true);
  expect([first.head, first.status, first.most > 1_000_000]).toEqual([204, 201, true]);
  const second = await phone.send(form, new Map([['ramp.jpg', photo]]));
  expect(second.status).toBe(201);
  const again = await phone.send(form, new Map([['ramp.jpg', photo]]));
  expect([again.status, again.said]).toEqual([201, second.said]);

  const { rows } = await listRecords(app.sql, app.space.id, { formKey: 'oversight_visit' });
  expect(
    rows.map(({ door, authorId, aside, incomplete, conflict }) => [door, authorId, aside, incomplete, conflict]),
  ).toEqual([['openrosa', day.accountId, false, false, false]]);
  sent.recordId = rows[0]!.id;
  const kept = (await record(app.sql, app.space.id, sent.recordId))!;
  // Collect sends no assignment: the task of this person, facility and day is found.
  expect([kept.assignmentId, kept.subjectId, kept.occurredOn]).toEqual([task.id, task.subjectId, task.from]);
  const files = await attachmentsOf(app.sql, app.space.id, sent.recordId);
  expect(files.map((file) => [file.name, file.bytes])).toEqual([['ramp.jpg', photo.byteLength]]);
});

test('a second person checks it, and it counts', async () => {
  const reviewer = await app.person('Улан Токтосунов', ['reviewer']);
  const by: Actor = {
    ...{ accountId: reviewer.accountId, spaceId: app.space.id, name: 'Улан Токтосунов', roles: ['reviewer'] },
    ...{ organisationId: null, personId: null },
  };
  await checkVisit(app.sql, { spaceId: app.space.id, assignmentId: day.tasks[0]!, by });
  const counted = await app.sql<{ measure: string; n: number }[]>`
    select measure, count(*)::int as n from evidence where space_id = ${app.space.id} and record_id = ${sent.recordId}
      and measure in ('oversight.visit', 'oversight.problem') group by measure order by measure`;
  expect(counted.map(({ measure, n }) => [measure, n])).toEqual([
    ['oversight.problem', 1],
    ['oversight.visit', 1],
  ]);
});

/** Answers what must be answered, as somebody in a hurry would: the first of each list, a number in the middle. */
function fill(form: Form, known: (node: ControlNode) => string | null): void {
  for (;;) {
    const node = controls(form.root).find((one) => {
      const wanted = known(one) ?? firstAnswer(one);
      return one.relevant && !one.readonly && one.value === '' && wanted !== '';
    });
    if (!node) return;
    form.setValue(node.ref, known(node) ?? firstAnswer(node));
  }
}

function firstAnswer(node: ControlNode): string {
  if (node.dataType === 'int' || node.dataType === 'decimal') return numberFor(node.name);
  if (!node.required) return '';
  if (node.control === 'trigger') return 'OK';
  return node.choices[0]?.value ?? 'Пандус жок';
}

function controls(node: FormNode): readonly ControlNode[] {
  if (!node.relevant) return [];
  return node.kind === 'control' ? [node] : node.children.flatMap((child) => controls(child));
}
