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

/** A number as it is written, and what it is of; of a share, what it is a share of. */
export type Written = { readonly value: string; readonly unit: string };

export const inWords = ({ value, unit }: Written): string => `${value} ${unit}`.trim();

function written(l: Locale, { indicator }: Figure, value: number | null): Written {
  if (value === null) return { value: l.t('ui.noData'), unit: '' };
  const { percent, digits } = indicator.definition;
  return percent
    ? { value: l.percent(value, digits), unit: '' }
    : { value: l.number(value, digits), unit: l.pick(indicator.unit) };
}

/** The total; of a share also what it is a share of. */
export function actualOf(l: Locale, figure: Figure): Written {
  const total = totalOf(figure);
  const { value, unit } = written(l, figure, total?.value ?? null);
  if (!total || total.value === null || figure.indicator.definition.agg !== 'ratio') return { value, unit };
  const of = { part: l.number(total.numerator ?? 0), whole: l.number(total.denominator ?? 0) };
  return { value, unit: `${unit} (${l.t('site.figure.of', of)})`.trim() };
}

export function targetOf(l: Locale, figure: Figure): Written {
  const target = figure.goals.find((goal) => goal.kind === 'target' && Object.keys(goal.cell).length === 0);
  return target ? written(l, figure, target.value) : { value: '–', unit: '' };
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
