/** The checklist and the forms belong to the kind; the story takes them from here. */
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
} from '../../src/programmes/oversight/checklist.ts';
export { ANSWER_FORM, FIX_FORM } from '../../src/programmes/oversight/forms/answer.ts';
export type { FormRow, FormSheets } from '../../src/programmes/oversight/forms/rows.ts';
export { VISIT_FORM } from '../../src/programmes/oversight/forms/visit.ts';
export { workbookBytes } from '../../src/programmes/oversight/forms/workbook.ts';
export { CHECKLIST, itemsFor } from '../../src/programmes/oversight/items.ts';
export { measures } from '../../src/programmes/oversight/measures.ts';
