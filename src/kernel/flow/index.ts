export type { Flow, Transition } from './flow.ts';
