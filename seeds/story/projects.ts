import type { Project } from './logframe.ts';
import { EARLY_PROJECTS } from './projects-early.ts';
import { GOVERNANCE_PROJECT, INITIATIVE_PROJECT, SCHOOL_PROJECT } from './projects-later.ts';
import { OVERSIGHT_PROJECT } from './projects-oversight.ts';

/** The seven projects of the association's page and INITIATIVE, in the order in which the page tells them. */
export const PROJECTS: readonly Project[] = [
  ...EARLY_PROJECTS,
  SCHOOL_PROJECT,
  GOVERNANCE_PROJECT,
  OVERSIGHT_PROJECT,
  INITIATIVE_PROJECT,
];
