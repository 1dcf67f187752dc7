/** The checklist belongs to the kind; the story only points at it. */
export { DOMAINS, FACILITY_TYPES, METHODS, VERDICTS } from '../../src/programmes/oversight/checklist.ts';
export { CHECKLIST, itemsFor } from '../../src/programmes/oversight/items.ts';
