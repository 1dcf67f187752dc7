import { Problem } from '../../platform/problem.ts';

export const ROLES = ['coordinator', 'reviewer', 'field_worker', 'partner', 'funder', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** A signed-in person with the rights of this moment. */
export type Actor = {
  readonly accountId: string;
  readonly spaceId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The organisation whose part this person sees, for the roles partner and funder. */
  readonly organisationId: string | null;
  readonly personId: string | null;
};

/** Who may do an action: anybody, anybody signed in, a phone by its token, or the roles named. */
export type Who = 'anyone' | 'signed_in' | readonly Role[];
/** One table of rules: action → who. Rooms add their rows; main joins them; every route names one action. */
export type Rules = Readonly<Record<string, Who>>;

/** Roles that see the part of one organisation: the projects in which it has a part, their figures, records and reports. */
export const TIED_ROLES: readonly Role[] = ['partner', 'funder'];
const SEE_ALL: readonly Role[] = ['coordinator', 'reviewer', 'auditor'];
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Whose projects the person may see, as a filter: all of them, or those of one organisation; without one, none. */
export function ownPart(actor: Actor | null): { readonly organisationId?: string } {
  return actor?.roles.some((role) => SEE_ALL.includes(role)) ? {} : { organisationId: actor?.organisationId ?? NOBODY };
}

/** Whether the table lets this person do the action. An action without a row is nobody's. */
export function can(rules: Rules, actor: Actor | null, action: string): boolean {
  const who = rules[action];
  if (who === undefined) return false;
  if (who === 'anyone') return true;
  if (!actor) return false;
  return who === 'signed_in' || who.some((role) => actor.roles.includes(role));
}

/** @throws Problem 401 access.signInFirst for a stranger, 403 access.notYours for a person without the right */
export function demand(rules: Rules, actor: Actor | null, action: string): void {
  if (can(rules, actor, action)) return;
  throw actor ? new Problem(403, 'access.notYours') : new Problem(401, 'access.signInFirst');
}
