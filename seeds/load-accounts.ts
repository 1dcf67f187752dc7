import { type Actor, addAccount } from '../src/kernel/access/index.ts';
import type { Chapter } from './load.ts';
import { idOf, type Register } from './load-register.ts';
import { COORDINATOR, DEMO_ACCOUNTS, personOf, REVIEWER } from './story/index.ts';

export type StoryActors = {
  readonly coordinator: Actor;
  readonly reviewer: Actor;
  /** By the person's key in the story. */
  readonly all: ReadonlyMap<string, Actor>;
};

/** Opens the demo accounts, each with its person. */
export async function loadAccounts({ tx, space }: Chapter, register: Register, password: string): Promise<StoryActors> {
  const all = new Map<string, Actor>();
  for (const { login, role, language, person, organisation } of DEMO_ACCOUNTS) {
    const personId = idOf(register.people, person);
    const organisationId =
      (role === 'partner' || role === 'funder') && organisation ? idOf(register.organisations, organisation) : null;
    const name = personOf(person).fullName;
    const accountId = await addAccount(tx, space.id, null, {
      login,
      name,
      password,
      language,
      roles: [role],
      organisationId,
      personId,
    });
    all.set(person, { accountId, spaceId: space.id, name, roles: [role], organisationId, personId });
  }
  const named = (key: string): Actor => {
    const actor = all.get(key);
    if (!actor) throw new Error(`the story gives "${key}" no account`);
    return actor;
  };
  return { coordinator: named(COORDINATOR), reviewer: named(REVIEWER), all };
}
