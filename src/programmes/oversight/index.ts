export {
  AMENDED_DAY,
  type ChecklistItem,
  FACILITY_TYPES,
  type FacilityType,
  FIRST_DAY,
  PASSPORT_ROW_NAMES,
  type PassportRowKey,
  type PhotoKind,
  type Text3,
  type Verdict,
} from './checklist.ts';

export { ANSWER_FORM as ANSWER_SHEETS, FIX_FORM as FIX_SHEETS } from './forms/answer.ts';
export type { FormRow, FormSheets } from './forms/rows.ts';
export { VISIT_FORM as VISIT_SHEETS } from './forms/visit.ts';
export { workbookBytes } from './forms/workbook.ts';
export { CHECKLIST, itemsFor } from './items.ts';
export { oversight } from './manifest.ts';
export { measures } from './measures.ts';
export { publishVisit } from './publish.ts';
export { acceptFix, checkVisit, returnVisit } from './review.ts';
export { agreeVisit, cancelVisit, planRound, type RoundPlan } from './rounds.ts';
export { shareVisit } from './share.ts';
export { fixRate, problemsNow, standingsOf } from './standing.ts';
