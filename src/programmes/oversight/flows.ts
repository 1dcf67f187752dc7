import type { Flow } from '../../kernel/flow/index.ts';

/** Days that a facility has for its answer before the card may be published without one. */
export const ANSWER_DAYS = 14;

/** A visit: the thing is its assignment, from the plan to the public score card. */
export const visitFlow: Flow = {
  name: 'oversight.visit',
  initial: 'planned',
  states: ['planned', 'agreed', 'done', 'returned', 'checked', 'shared', 'answered', 'published', 'cancelled'],
  transitions: [
    // Another day may be agreed until the visit is made.
    { from: ['planned', 'agreed'], event: 'agree', to: 'agreed', who: ['coordinator', 'field_worker'] },
    { from: ['planned', 'agreed', 'returned'], event: 'record', to: 'done', who: ['system'] },
    // A correction goes back to be checked, however far the visit has come; what was published stays until it is published anew.
    { from: ['done', 'checked', 'shared', 'answered', 'published'], event: 'correct', to: 'done', who: ['system'] },
    { from: ['done'], event: 'return', to: 'returned', who: ['reviewer', 'coordinator'], needsReason: true },
    // Who sent a visit back may think better of it: it is checked as it stands.
    { from: ['done', 'returned'], event: 'check', to: 'checked', who: ['reviewer', 'coordinator'] },
    // Until it is shared with the facility, a check may be taken back.
    { from: ['checked'], event: 'uncheck', to: 'done', who: ['reviewer', 'coordinator'], needsReason: true },
    { from: ['checked'], event: 'share', to: 'shared', who: ['coordinator', 'reviewer'], deadlineDays: ANSWER_DAYS },
    { from: ['shared'], event: 'answer', to: 'answered', who: ['system'] },
    { from: ['shared', 'answered'], event: 'publish', to: 'published', who: ['coordinator'] },
    { from: ['published'], event: 'withdraw', to: 'answered', who: ['coordinator'], needsReason: true },
    { from: ['planned', 'agreed'], event: 'cancel', to: 'cancelled', who: ['coordinator'], needsReason: true },
    { from: ['cancelled'], event: 'reopen', to: 'planned', who: ['coordinator'] },
  ],
};

/** A problem: found by the monitor, agreed by the facility, acted upon, fixed, confirmed by those who use the place. */
export const problemFlow: Flow = {
  name: 'oversight.problem',
  initial: 'found',
  states: ['found', 'agreed', 'refused', 'acted', 'fixed', 'confirmed', 'closed'],
  transitions: [
    { from: ['found', 'refused'], event: 'agree', to: 'agreed', who: ['system', 'coordinator'] },
    { from: ['found', 'agreed'], event: 'refuse', to: 'refused', who: ['system', 'coordinator'] },
    { from: ['found', 'agreed', 'refused'], event: 'act', to: 'acted', who: ['system', 'coordinator'] },
    { from: ['found', 'agreed', 'refused', 'acted'], event: 'fix', to: 'fixed', who: ['system', 'coordinator'] },
    { from: ['fixed'], event: 'confirm', to: 'confirmed', who: ['system', 'coordinator'] },
    { from: ['fixed', 'confirmed'], event: 'relapse', to: 'agreed', who: ['system', 'coordinator'], needsReason: true },
    {
      from: ['found', 'agreed', 'refused', 'acted'],
      event: 'close',
      to: 'closed',
      who: ['system', 'coordinator'],
      needsReason: true,
    },
    { from: ['closed'], event: 'reopen', to: 'found', who: ['system', 'coordinator'] },
  ],
};
