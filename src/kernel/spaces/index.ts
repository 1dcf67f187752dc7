export { createSpace, type Profile, type Space, setProfile } from './create.ts';
export { messages as spaceMessages } from './messages/index.ts';
export { allSpaces, anySpace, spaceForHost } from './queries.ts';
