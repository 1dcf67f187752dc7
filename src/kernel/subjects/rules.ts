import type { Rules } from '../access/index.ts';

/** Who may see what of the people in the register. */
export const subjectRules: Rules = {
  'subjects.personDetail': ['coordinator', 'reviewer'],
};
