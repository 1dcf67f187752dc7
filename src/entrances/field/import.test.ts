import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, type TestPerson, testApp } from '../../../test/support/app.ts';
import { visitSpace, visitXml } from '../../../test/support/visit.ts';
import { attachmentsOf, listRecords } from '../../kernel/records/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';

let app: TestApp;
let gulnara: TestPerson;
let aigul: TestPerson;

beforeAll(async () => {
  app = await testApp();
  await visitSpace(app.sql, app.files, app.space.id);
  gulnara = await app.person('Гүлнара', ['coordinator']);
  aigul = await app.person('Айгүл', ['field_worker']);
});
afterAll(() => app.close());

const BOUNDARY = 'memory-card';
async function bring(person: TestPerson, content: string) {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="demilge.json"\r\nContent-Type: application/json\r\n\r\n`;
  return await person.ask({
    method: 'POST',
    url: '/ky/office/phone-file',
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    payload: `${head}${content}\r\n--${BOUNDARY}--\r\n`,
  });
}

const board = Buffer.from('a picture of the board');
const phoneFile = (id: string, personId: string): string =>
  JSON.stringify({
    demilge: 'outbox',
    version: 1,
    person: { id: personId, name: 'Айгүл' },
    records: [
      {
        xml: visitXml({ id, board: 'board.jpg' }),
        title: 'Клиникага баруу',
        label: 'Ак-Дөбө ФАП',
        files: [
          {
            name: 'board.jpg',
            sha256: createHash('sha256').update(board).digest('hex'),
            mediaType: 'image/jpeg',
            base64: board.toString('base64'),
          },
        ],
      },
    ],
  });

test('Гүлнара takes in what Айгүл’s phone wrote to a memory card: the record is Айгүл’s, and twice is once', async () => {
  const id = uuidv7();
  const first = await bring(gulnara, phoneFile(id, aigul.accountId));
  const second = await bring(gulnara, phoneFile(id, aigul.accountId));
  expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
  expect([first.body.includes('Кабыл алынды'), second.body.includes('Мурун келген')]).toEqual([true, true]);
  const { rows } = await listRecords(app.sql, app.space.id, {});
  expect(rows.map(({ id: one, authorId, door, incomplete }) => ({ one, authorId, door, incomplete }))).toEqual([
    { one: id, authorId: aigul.accountId, door: 'import', incomplete: false },
  ]);
  const files = await attachmentsOf(app.sql, app.space.id, id);
  expect(files.map(({ name, bytes }) => ({ name, bytes }))).toEqual([{ name: 'board.jpg', bytes: board.length }]);
});

test('a file that is not ours, or of someone who is not in the space, is not taken', async () => {
  for (const content of ['', '{}', 'not json', phoneFile(uuidv7(), uuidv7())])
    expect((await bring(gulnara, content)).statusCode).toBe(422);
});

test('a field worker may not take files in', async () => {
  expect((await bring(aigul, phoneFile(uuidv7(), aigul.accountId))).statusCode).toBe(403);
});
