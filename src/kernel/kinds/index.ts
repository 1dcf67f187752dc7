export type { Kind, KindForm } from './kind.ts';
