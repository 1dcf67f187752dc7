import {
  applyRecord,
  type Measure,
  REPORTED_FORM,
  reported,
  reportedHandler,
  reportedXml,
} from '../src/kernel/evidence/index.ts';
import { addIndicator, setGoal } from '../src/kernel/indicators/index.ts';
import { addProject, addResult } from '../src/kernel/projects/index.ts';
import { publishArticle, writeArticle } from '../src/kernel/publications/index.ts';
import { judge, receive } from '../src/kernel/records/index.ts';
import type { Chapter } from './load.ts';
import type { StoryActors } from './load-accounts.ts';
import { idOf, type Register } from './load-register.ts';
import { DOCUMENTS, type Indicator, NEWS, PROJECTS, type Project, reportedDay, storyId, UNITS } from './story/index.ts';

/** Every indicator was agreed before the first of the story's events. */
const AGREED = new Date('2010-09-01T09:00:00+06:00');

/** Enters projects with their results chains, indicators, targets and the figures that documents report. @returns ids by key */
export async function loadProjects(
  chapter: Chapter,
  register: Register,
  actors: StoryActors,
): Promise<ReadonlyMap<string, string>> {
  const { tx } = chapter;
  const by = actors.coordinator;
  const projects = new Map<string, string>();
  for (const [ordinal, project] of PROJECTS.entries()) {
    const { from, to } = project.period;
    const projectId = await addProject(tx, by, {
      code: project.code,
      slug: project.key,
      title: project.title,
      goal: project.goal,
      note: joined(project.notes),
      startsOn: from?.date ?? null,
      endsOn: to?.date ?? null,
      precision: from?.precision ?? 'month',
      ordinal,
      parties: [
        ...project.funders.map((key) => ({
          organisationId: idOf(register.organisations, key),
          role: 'funder' as const,
        })),
        ...project.partners.map((key) => ({
          organisationId: idOf(register.organisations, key),
          role: 'partner' as const,
        })),
        { organisationId: idOf(register.organisations, 'agents-of-change'), role: 'implementer' as const },
      ],
      placeIds: project.places.map((key) => idOf(register.places, key)),
    });
    projects.set(project.key, projectId);
    await loadResults(chapter, actors, project, projectId);
  }
  for (const item of NEWS) {
    const id = await writeArticle(tx, by, {
      kind: 'news',
      slug: item.key,
      title: item.title,
      summary: item.text,
      body: item.text,
      happenedOn: item.at.date,
    });
    await publishArticle(tx, by, { kind: 'news', id });
  }
  return projects;
}

function joined(texts: readonly Readonly<Record<'ky' | 'ru' | 'en', string>>[]): Record<'ky' | 'ru' | 'en', string> {
  const join = (language: 'ky' | 'ru' | 'en'): string => texts.map((text) => text[language]).join(' ');
  return { ky: join('ky'), ru: join('ru'), en: join('en') };
}

async function loadResults(chapter: Chapter, actors: StoryActors, project: Project, projectId: string): Promise<void> {
  const { tx } = chapter;
  const by = actors.coordinator;
  const last: Partial<Record<'impact' | 'outcome' | 'output', string>> = {};
  let ordinal = 0;
  for (const result of project.results) {
    const parentId =
      result.level === 'output' ? (last.outcome ?? null) : result.level === 'outcome' ? (last.impact ?? null) : null;
    const resultId = await addResult(tx, by, { projectId, parentId, level: result.level, title: result.title });
    last[result.level] = resultId;
    for (const indicator of result.indicators) {
      const { id } = await addIndicator(tx, by, {
        projectId,
        resultId,
        code: indicator.key,
        title: indicator.title,
        unit: UNITS[indicator.unit],
        definition: indicator.definition,
        ordinal: ordinal++,
        at: AGREED,
      });
      await loadGoals(chapter, actors, project, indicator, id);
      await loadReported(chapter, actors, project, indicator, projectId);
    }
  }
}

async function loadGoals(
  { tx }: Chapter,
  actors: StoryActors,
  project: Project,
  indicator: Indicator,
  indicatorId: string,
): Promise<void> {
  const by = actors.coordinator;
  if (indicator.baseline)
    await setGoal(tx, by, {
      indicatorId,
      kind: 'baseline',
      to: indicator.baseline.at.date,
      value: indicator.baseline.value,
      at: AGREED,
    });
  if (!indicator.target) return;
  const to = indicator.target.at?.date ?? project.period.to?.date ?? '2015-12-31';
  const began = project.period.from?.date;
  const from = began && began <= to ? began : `${to.slice(0, 4)}-01-01`;
  await setGoal(tx, by, { indicatorId, kind: 'target', from, to, value: indicator.target.value, at: AGREED });
}

/** A figure that a document gives becomes a record that says so, stated by one person and accepted by another. */
async function loadReported(
  { tx, kinds, space }: Chapter,
  actors: StoryActors,
  project: Project,
  indicator: Indicator,
  projectId: string,
): Promise<void> {
  const measures: readonly Measure[] = [reported, ...kinds.flatMap((kind) => kind.measures)];
  for (const [i, value] of indicator.reported.entries()) {
    const document = DOCUMENTS.find((one) => one.key === value.document);
    const happenedOn = reportedDay(project, value);
    const receivedAt = new Date(`${happenedOn}T12:00:00+06:00`);
    const { recordId } = await receive(
      { sql: tx, handlers: new Map([[REPORTED_FORM.key, reportedHandler]]) },
      {
        spaceId: space.id,
        xml: reportedXml({
          instanceId: storyId(`reported/${project.key}/${indicator.key}/${i}`),
          projectId,
          indicator: indicator.key,
          quantity: value.value,
          happenedOn,
          document: `${document?.title.ky ?? value.document} (${document?.address ?? ''})`,
        }),
        door: 'seed',
        authorId: actors.coordinator.accountId,
        receivedAt,
      },
    );
    await judge(tx, {
      spaceId: space.id,
      recordId,
      verdict: 'accepted',
      by: actors.reviewer,
      at: new Date(receivedAt.getTime() + 86_400_000),
    });
    await applyRecord(tx, { spaceId: space.id, recordId, measures });
  }
}
