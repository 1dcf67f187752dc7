export {
  acceptInvitation,
  addAccount,
  addDevice,
  changePassword,
  endRole,
  grantRole,
  invite,
  type NewAccount,
  openInvitation,
  phoneKeyOf,
  revokeDevice,
  revokeInvitation,
  setAccountDisabled,
  setOrganisation,
} from './accounts.ts';
export type { Call, NavEntry, Page } from './call.ts';
export {
  type OfficeFrame,
  officePage,
  pageContext,
  plainPage,
  type SiteFrame,
  sitePage,
} from './frame.tsx';
export { messages as accessMessages } from './messages/index.ts';
export { beginPasskey, beginSecondStep, finishPasskey, finishSecondStep, removePasskey } from './passkeys.ts';
export {
  type Account,
  type ActorRow,
  accountNames,
  type Device,
  type Invitation,
  listAccounts,
  listDevices,
  listInvitations,
  passkeysOf,
} from './queries.ts';
export { type Actor, can, demand, ownPart, ROLES, type Role, type Rules, TIED_ROLES, type Who } from './rules.ts';
export { actorForDevice, actorForToken, passwordHolds, provePassword, signIn, signOut } from './sign-in.ts';
