import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, type TestPerson, testApp } from '../../../test/support/app.ts';
import { listAccounts, listInvitations } from '../../kernel/access/index.ts';
import { addProject } from '../../kernel/projects/index.ts';
import { addSubject } from '../../kernel/subjects/index.ts';
import { auditOf } from '../../platform/audit/index.ts';

let app: TestApp;
let coordinator: TestPerson;
let caritas: string;
let ecohimal: string;
let projectId: string;
beforeAll(async () => {
  app = await testApp();
  coordinator = await app.person('Айгүл Токтогулова', ['coordinator']);
  const by = { spaceId: app.space.id, accountId: coordinator.accountId };
  caritas = await addSubject(app.sql, by, { kind: 'organisation', type: 'funder', name: { en: 'Swiss Caritas' } });
  ecohimal = await addSubject(app.sql, by, { kind: 'organisation', type: 'ngo', name: { en: 'EcoHimal' } });
  const parties = [{ organisationId: caritas, role: 'funder' as const }];
  projectId = await addProject(app.sql, by, { code: 'P7', title: { ky: 'Саламаттык' }, parties });
});
afterAll(() => app.close());

const words = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const asks = { name: 'Ханна Келлер', roles: 'funder', language: 'ky' };

describe('who is asked in', () => {
  test('as a funder is of an organisation, and sees its projects from the first sign-in on', async () => {
    const page = await coordinator.post('/ky/office/access/invite', { ...asks, organisation: caritas });
    expect(page.statusCode).toBe(200);
    const address = /\/ky\/invitation\/[\w-]+/.exec(page.body)![0];
    expect(words((await coordinator.get('/ky/office/access')).body)).toContain('Ханна Келлер: Донор, Swiss Caritas');
    const fields = { login: 'hanna', name: 'Ханна Келлер', password: 'беш кызыл алма' };
    const taken = await app.ask({
      ...{ method: 'POST', url: address, payload: new URLSearchParams(fields).toString() },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(taken.statusCode).toBe(303);
    const account = (await listAccounts(app.sql, app.space.id)).find((one) => one.login === 'hanna');
    expect([account?.roles, account?.organisationId]).toEqual([['funder'], caritas]);
    expect(words((await coordinator.get('/ky/office/access')).body)).toContain('hanna Донор Swiss Caritas');
  });

  test.each(['partner', 'funder'])(
    'as a %s without an organisation is not asked in, and the page says why',
    async (role) => {
      const page = await coordinator.post('/ky/office/access/invite', {
        ...asks,
        name: 'Эсен',
        roles: role,
        organisation: '',
      });
      expect([page.statusCode, words(page.body).includes('Өнөктөш же донор үчүн уюмун тандаңыз.')]).toEqual([
        422,
        true,
      ]);
      expect(page.body).toContain('value="Эсен"');
      expect(page.body).toMatch(new RegExp(`value="${role}" checked`));
      expect((await listInvitations(app.sql, app.space.id)).filter((one) => one.name === 'Эсен')).toEqual([]);
    },
  );

  test('as a reviewer needs none, and an organisation that was chosen by the way is not kept', async () => {
    await coordinator.post('/ky/office/access/invite', {
      ...asks,
      name: 'Улан',
      roles: 'reviewer',
      organisation: caritas,
    });
    const invitation = (await listInvitations(app.sql, app.space.id)).find((one) => one.name === 'Улан');
    expect(invitation?.organisationId).toBeNull();
  });

  test('of a thing that is no organisation of this space is not asked in', async () => {
    for (const organisation of [projectId, coordinator.accountId])
      expect((await coordinator.post('/ky/office/access/invite', { ...asks, organisation })).statusCode).toBe(422);
  });
});

describe('the organisation of a partner', () => {
  let partner: TestPerson;
  beforeEach(async () => {
    partner = await app.person('Жылдыз Осмонова', ['partner'], { organisationId: ecohimal });
  });
  const project = async () => (await partner.get(`/ky/office/projects/${projectId}`)).statusCode;

  test('is changed by a coordinator, holds at once, and leaves a line in the audit', async () => {
    expect(await project()).toBe(404);
    const path = `/ky/office/access/${partner.accountId}/organisation`;
    expect((await coordinator.post(path, { organisation: caritas })).statusCode).toBe(303);
    expect(await project()).toBe(200);
    const [line] = await auditOf(app.sql, app.space.id, partner.accountId);
    expect([line?.action, line?.actorId, line?.details]).toEqual([
      'access.setOrganisation',
      coordinator.accountId,
      { before: ecohimal, organisationId: caritas },
    ]);
    expect((await partner.post(path, { organisation: ecohimal })).statusCode).toBe(403);
    expect((await coordinator.post(path, { organisation: projectId })).statusCode).toBe(422);
  });

  test("is one for all of the person's roles: who becomes the funder of another is its partner, too", async () => {
    const path = `/ky/office/access/${partner.accountId}/role`;
    expect((await coordinator.post(path, { do: 'grant', role: 'funder', organisation: caritas })).statusCode).toBe(303);
    expect(await project()).toBe(200);
    expect((await coordinator.post(path, { do: 'end', role: 'funder' })).statusCode).toBe(303);
    expect(await project()).toBe(200);
  });

  test('is not kept by another role of the person when it is changed', async () => {
    const both = await app.person('Гүлзат', ['field_worker', 'partner'], { organisationId: ecohimal });
    const path = `/ky/office/access/${both.accountId}/organisation`;
    expect((await coordinator.post(path, { organisation: caritas })).statusCode).toBe(303);
    expect((await both.get(`/ky/office/projects/${projectId}`)).statusCode).toBe(200);
  });

  test('is not for somebody whose role sees everything, nor granted with a role without one', async () => {
    const auditor = await app.person('Канышай', ['auditor']);
    const path = `/ky/office/access/${auditor.accountId}`;
    const page = await coordinator.post(`${path}/organisation`, { organisation: caritas });
    expect([page.statusCode, words(page.body).includes('Бул адамдын ролу уюмга байланган эмес.')]).toEqual([409, true]);
    expect((await coordinator.post(`${path}/role`, { do: 'grant', role: 'funder', organisation: '' })).statusCode).toBe(
      422,
    );
    expect(
      (await coordinator.post(`${path}/role`, { do: 'grant', role: 'funder', organisation: caritas })).statusCode,
    ).toBe(303);
    expect(
      (await coordinator.post(`/ky/office/access/${projectId}/organisation`, { organisation: caritas })).statusCode,
    ).toBe(404);
  });
});
