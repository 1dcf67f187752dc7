export type { Call, Page } from './call.ts';
export { type Actor, can, demand, ROLES, type Role, type Rules, type Who } from './rules.ts';
