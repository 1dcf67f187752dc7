import type { Call } from '../../kernel/access/index.ts';
import type { Party, Project } from '../../kernel/projects/index.ts';
import { Card } from '../../ui/index.ts';

/** The picture that stands beside a shared link to this page. */
export function pictureOf(call: Call, kind: string, slug: string, alt: string): { url: string; alt: string } {
  return { url: `${call.baseUrl}/share/${call.l.language}/${kind}/${slug}.png`, alt };
}

/** Paragraphs that are parted by an empty line. */
export function Paragraphs({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split(/\n\s*\n/)
        .filter((part) => part.trim() !== '')
        .map((part) => (
          <p key={part}>{part}</p>
        ))}
    </>
  );
}

export function partiesOf(project: Project, role: Party['role']): readonly Party[] {
  return project.parties.filter((party) => party.role === role);
}

/** A project in a list: its time, its name and who paid for it. */
export function ProjectCard({
  call,
  project,
  level = 3,
}: {
  readonly call: Call;
  readonly project: Project;
  readonly level?: 2 | 3;
}) {
  const { l } = call;
  const funders = partiesOf(project, 'funder').map((party) => l.pick(party.name));
  return (
    <Card
      level={level}
      title={l.pick(project.title)}
      href={l.href(`/projects/${project.slug}`)}
      kicker={l.period(project.startsOn, project.endsOn, project.precision) || l.t('site.project.noDates')}
      {...(funders.length > 0 && { footer: l.t('site.project.fundedBy', { names: funders.join(', ') }) })}
    >
      {l.pick(project.goal)}
    </Card>
  );
}
