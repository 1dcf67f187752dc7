export type { Hit, Kind, KindForm, MediaList, Todo } from './kind.ts';
