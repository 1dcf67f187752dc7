import { type Call, ownPart } from '../../../kernel/access/index.ts';
import { activitiesOf } from '../../../kernel/activities/index.ts';
import { type EvidenceRow, type Measure, type Period, REPORTED } from '../../../kernel/evidence/index.ts';
import { type Freeze, freezesOf } from '../../../kernel/freezes/index.ts';
import { isPartyOf, type Project, project, projects } from '../../../kernel/projects/index.ts';
import { today } from '../../../kernel/subjects/index.ts';
import { notFound } from '../../../platform/problem.ts';

/** What every page of figures is given besides the call. */
export type Figures = { readonly measures: readonly Measure[] };

/** Whether the reader works here: they see names and every cell; everybody else sees pseudonyms, and few people are hidden. */
export function worksHere(call: Call): boolean {
  return call.actor?.roles.some((role) => role === 'coordinator' || role === 'reviewer') ?? false;
}

/** The projects whose figures and reports the reader may see, the latest first and those without a date last. */
export async function visibleProjects(call: Call): Promise<readonly Project[]> {
  const found = await projects(call.sql, call.space.id, ownPart(call.actor));
  return [...found].sort((a, b) => ((a.startsOn ?? '') < (b.startsOn ?? '') ? 1 : -1));
}

/** The frozen reports of these projects, the newest first. */
export async function freezesIn(call: Call, projectIds: readonly string[]): Promise<readonly Freeze[]> {
  const all = await freezesOf(call.sql, call.space.id, null);
  return all.filter((one) => projectIds.includes(one.projectId));
}

/** The project, if the space has it and the reader may see it. @throws Problem 404 */
export async function visibleProject(call: Call, id: string): Promise<Project> {
  const found = await project(call.sql, call.space.id, id);
  const { organisationId } = ownPart(call.actor);
  if (!found || (organisationId && !isPartyOf(found, organisationId))) throw notFound('project');
  return found;
}

/** Whether a row belongs to a project that the reader may see. */
export async function mayOpen(call: Call, row: EvidenceRow): Promise<boolean> {
  if (!ownPart(call.actor).organisationId) return true;
  for (const { id } of await visibleProjects(call)) {
    if (row.measure === REPORTED && row.attributes.project === id) return true;
    if ((await activitiesOf(call.sql, call.space.id, id)).some((activity) => activity.id === row.activityId))
      return true;
  }
  return false;
}

export type NamedPeriod = Period & { readonly key: string };

/** The whole of a project up to today, and each of its years and quarters. */
export function periodsOf(found: Pick<Project, 'startsOn' | 'endsOn'>, now: Date): NamedPeriod[] {
  const day = today(now);
  const from = found.startsOn ?? '2010-01-01';
  const to = found.endsOn ?? [day, from].sort()[1]!;
  const out: NamedPeriod[] = [{ key: 'all', from, to }];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    out.push({ key: `${year}`, from: `${year}-01-01`, to: `${year}-12-31` });
    for (const quarter of quartersOf(year)) if (quarter.from <= to && quarter.to >= from) out.push(quarter);
  }
  return out;
}

function quartersOf(year: number): NamedPeriod[] {
  const ends = ['03-31', '06-30', '09-30', '12-31'];
  return ends.map((end, i) => ({
    ...{ key: `${year}-Q${i + 1}`, from: `${year}-${String(i * 3 + 1).padStart(2, '0')}-01`, to: `${year}-${end}` },
  }));
}

/** The period that the address asks for; the whole project, where it asks for none that there is. */
export function chosenPeriod(periods: readonly NamedPeriod[], key: string): NamedPeriod {
  return periods.find((period) => period.key === key) ?? periods[0]!;
}

/** What a chart of the period is drawn over: quarters of a year or of a short project, else years. */
export function pointsOf(periods: readonly NamedPeriod[], chosen: NamedPeriod): readonly NamedPeriod[] {
  const inside = periods.filter((one) => one.key !== 'all' && one.from <= chosen.to && one.to >= chosen.from);
  const years = inside.filter((one) => !one.key.includes('Q'));
  const quarters = inside.filter((one) => one.key.includes('Q'));
  return quarters.length <= 12 ? quarters : years;
}
