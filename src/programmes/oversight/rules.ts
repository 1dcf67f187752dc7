import type { Rules } from '../../kernel/access/index.ts';

/** Who may do what in the oversight of facilities. */
export const rules: Rules = {
  'oversight.view': ['coordinator', 'reviewer', 'auditor'],
  /** One visit: a field worker opens only their own. */
  'oversight.visit': ['coordinator', 'reviewer', 'auditor', 'field_worker'],
  /** The list of one's own visits. */
  'oversight.fieldWork': ['field_worker'],
  'oversight.plan': ['coordinator'],
  'oversight.agree': ['coordinator', 'field_worker'],
  'oversight.review': ['coordinator', 'reviewer'],
  'oversight.share': ['coordinator', 'reviewer'],
  'oversight.publish': ['coordinator'],
  'oversight.fix': ['coordinator', 'reviewer'],
  'oversight.answer': 'anyone',
  'oversight.public': 'anyone',
};
