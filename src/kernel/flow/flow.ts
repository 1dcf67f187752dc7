import type { Role } from '../access/index.ts';

/** One arrow of a flow. */
export type Transition = {
  readonly from: readonly string[];
  readonly event: string;
  readonly to: string;
  /** Who may; 'system' for what follows from a record or a time-out. */
  readonly who: readonly (Role | 'system')[];
  /** The event that must have been somebody else's: no one checks their own work. */
  readonly notBy?: string;
  readonly needsReason?: boolean;
  /** Days until the next step is due, counted from this one. */
  readonly deadlineDays?: number;
};

/** The states of a thing, one table per kind. Message keys: `<name>.state.<state>`, `<name>.event.<event>`. */
export type Flow = {
  /** 'oversight.visit'. */
  readonly name: string;
  readonly initial: string;
  readonly states: readonly string[];
  readonly transitions: readonly Transition[];
};
