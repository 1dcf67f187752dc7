export type { Hit, Kind, KindForm, Todo } from './kind.ts';
