import type { Project } from './logframe.ts';
import { EARLY_PROJECTS } from './projects-early.ts';
import { GOVERNANCE_PROJECT } from './projects-governance.ts';
import { INITIATIVE_PROJECT } from './projects-initiative.ts';
import { OVERSIGHT_PROJECT } from './projects-oversight.ts';
import { SCHOOL_PROJECT } from './projects-school.ts';

/** The seven projects of the association's page and INITIATIVE, in the order in which the page tells them. */
export const PROJECTS: readonly Project[] = [
  ...EARLY_PROJECTS,
  SCHOOL_PROJECT,
  GOVERNANCE_PROJECT,
  OVERSIGHT_PROJECT,
  INITIATIVE_PROJECT,
];
