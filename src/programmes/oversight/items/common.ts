import type { Answer, FacilityType } from '../checklist.ts';

export const ALL: readonly FacilityType[] = ['fmc', 'fgp', 'fap'];

/** A feldsher point has neither a registry desk nor a laboratory. */
export const WITH_DOCTORS: readonly FacilityType[] = ['fmc', 'fgp'];

export const TICK: Answer = { kind: 'verdict' };
