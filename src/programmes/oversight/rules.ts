import type { Rules } from '../../kernel/access/index.ts';

/** Who may do what in the oversight of facilities. */
export const rules: Rules = {
  'oversight.view': ['coordinator', 'reviewer', 'auditor'],
  'oversight.plan': ['coordinator'],
  'oversight.agree': ['coordinator', 'field_worker'],
  'oversight.review': ['coordinator', 'reviewer'],
  'oversight.share': ['coordinator', 'reviewer'],
  'oversight.publish': ['coordinator'],
  'oversight.fix': ['coordinator', 'reviewer', 'field_worker'],
  'oversight.answer': 'anyone',
  'oversight.public': 'anyone',
};
