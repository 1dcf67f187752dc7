export { createSpace, type Profile, type Space, setProfile } from './create.ts';
export { anySpace, spaceForHost } from './queries.ts';
