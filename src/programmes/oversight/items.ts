import type { ChecklistItem, FacilityType } from './checklist.ts';
import { ACCESS_ITEMS } from './items/access.ts';
import { INFORMATION_ITEMS } from './items/information.ts';
import { PROCESS_ITEMS } from './items/process.ts';
import { READINESS_ITEMS } from './items/readiness.ts';

/** The forty items in the order in which a monitor walks through the building. */
export const CHECKLIST: readonly ChecklistItem[] = [
  ...ACCESS_ITEMS,
  ...INFORMATION_ITEMS,
  ...PROCESS_ITEMS,
  ...READINESS_ITEMS,
];

/** Items that a facility of this type is measured by. */
export function itemsFor(type: FacilityType): readonly ChecklistItem[] {
  return CHECKLIST.filter((item) => item.facilityTypes.includes(type));
}
