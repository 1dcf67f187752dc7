/** The association's story, for the loader. Every list is in the order in which it can be entered. */
export { ASSOCIATION, type Association } from './association.ts';
export { DOCUMENTS, type DocumentKey, type StoryDocument } from './documents.ts';
export {
  FACILITIES,
  type Facility,
  facilityOf,
  SUCCESSIONS,
  SUCCESSORS,
  type Succession,
  typeOn,
} from './facilities.ts';
export { answerInstanceXml, fixInstanceXml, type InstanceIds, visitInstanceXml } from './instance.ts';
export {
  type Indicator,
  type Project,
  type ProjectActivity,
  type ReportedValue,
  type Result,
  reportedDay,
  UNITS,
  type Unit,
} from './logframe.ts';
export { NEWS, type NewsItem } from './news.ts';
export { ORGANISATIONS, type Organisation, type OrganisationKey } from './partners.ts';
export { PASSPORT, type Passport, type PassportRow, type PassportVersion } from './passport.ts';
export { DEMO_ACCOUNTS, type DemoAccount, LIKENESS_ROWS, PEOPLE, type Person, personOf } from './people.ts';
export { drawPhoto, PHOTOS, type PhotoWish, photoBytes, wishesOf } from './photos.ts';
export { PLACES, type Place } from './places.ts';
export { PROJECTS } from './projects.ts';
export { FACILITY_ANSWERS, type FacilityAnswer, FIXES, type Fix } from './responses.ts';
export { COORDINATOR, monitorOf, REVIEWER, ROUNDS, type Round, type RoundKey } from './rounds.ts';
export { type Season, seasonOf } from './season.ts';
export type { Period, Text3, When } from './types.ts';
export {
  storyId,
  VISITS,
  type Visit,
  type VisitPhoto,
  type VisitProblem,
} from './visits.ts';
