import type { Call } from '../../kernel/access/index.ts';
import { type Figure, figure, indicatorsOf, type ShownCell } from '../../kernel/indicators/index.ts';
import type { Project } from '../../kernel/projects/index.ts';
import { today } from '../../kernel/subjects/index.ts';
import type { Locale } from '../../platform/i18n/index.ts';

/** The whole of a project, up to today while it runs: what the public sees of it. */
export function wholePeriod(found: Project, now: Date): { readonly from: string; readonly to: string } {
  return { from: found.startsOn ?? '2010-01-01', to: found.endsOn ?? today(now) };
}

export const totalOf = (figure: Figure): ShownCell | undefined =>
  figure.periods[0]?.cells.find((cell) => cell.key === '');

/** A value without its unit, or as a share. */
function bare(l: Locale, { indicator }: Figure, value: number | null): string {
  if (value === null) return l.t('ui.noData');
  const { percent, digits } = indicator.definition;
  return percent ? l.percent(value, digits) : l.number(value, digits);
}

/** A value with its unit, or as a share. */
function shown(l: Locale, figure: Figure, value: number | null): string {
  const { definition, unit } = figure.indicator;
  const text = bare(l, figure, value);
  return value === null || definition.percent ? text : `${text} ${l.pick(unit)}`.trim();
}

/** The total alone, where the title beside it says what it counts. */
export const numberOf = (l: Locale, figure: Figure): string => bare(l, figure, totalOf(figure)?.value ?? null);

/** The total; of a share also what it is a share of. */
export function actualOf(l: Locale, figure: Figure): string {
  const total = totalOf(figure);
  if (!total || total.value === null) return l.t('ui.noData');
  const of = { part: l.number(total.numerator ?? 0), whole: l.number(total.denominator ?? 0) };
  const share = figure.indicator.definition.agg === 'ratio' ? ` (${l.t('site.figure.of', of)})` : '';
  return shown(l, figure, total.value) + share;
}

export function targetOf(l: Locale, figure: Figure): string {
  const target = figure.goals.find((goal) => goal.kind === 'target' && Object.keys(goal.cell).length === 0);
  return target ? shown(l, figure, target.value) : '–';
}

/** The address of the page that opens a figure, without the language. */
export const figureAddress = (slug: string, code: string): string =>
  `/projects/${slug}/figures/${encodeURIComponent(code)}`;

/** A figure that the association shows first, of one of its public projects. */
export type Headline = { readonly project: Project; readonly figure: Figure };

/** The figures of the profile, in its order; one whose project is not public, or that there is not any more, is left out. */
export async function headlines(call: Call, shownProjects: readonly Project[]): Promise<readonly Headline[]> {
  const wanted = (call.space.profile.headline ?? []).map((name) => name.split('/'));
  const found = await Promise.all(
    wanted.map(async ([slug, code]) => {
      const project = shownProjects.find((one) => one.slug === slug);
      const indicators = project ? await indicatorsOf(call.sql, call.space.id, project.id) : [];
      const indicatorId = indicators.find((one) => one.code === code)?.id;
      if (!project || !indicatorId) return [];
      const periods = [wholePeriod(project, call.now())];
      return [{ project, figure: await figure(call.sql, call.space.id, { indicatorId, periods, suppress: true }) }];
    }),
  );
  return found.flat();
}
