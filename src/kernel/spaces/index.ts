export { createSpace, type Profile, type Space, setProfile } from './create.ts';
export { allSpaces, anySpace, spaceForHost } from './queries.ts';
