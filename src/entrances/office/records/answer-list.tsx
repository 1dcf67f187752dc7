import type { Call } from '../../../kernel/access/index.ts';
import type { Attachment } from '../../../kernel/records/index.ts';
import { PhotoGrid } from '../../../ui/index.ts';
import { answerText, isInner, isPersonal, type Line } from './answers.ts';
import { fileHref, seenBy } from './files.ts';
import { seesPeople } from './reader.ts';

/** The answers question by question, with pictures large enough to judge by. */
export function AnswerList(props: {
  call: Call;
  recordId: string;
  lines: readonly Line[];
  names: ReadonlyMap<string, string>;
  fileOf: (line: Line) => Attachment | null;
}) {
  const { call, lines, names, fileOf } = props;
  const { l } = call;
  const asked = lines.filter((line) => (line.value !== '' || line.question.required) && !isInner(line.question));
  if (asked.length === 0) return <p class="soft">{l.t('office.records.noAnswers')}</p>;
  return (
    <>
      {sectionsOf(asked).map(({ heading, answers }) => (
        <section key={heading?.at ?? ''}>
          {heading && (
            <h3>
              {l.pick(heading.question.labels) || heading.question.name}
              {heading.turn !== null && ` ${l.number(heading.turn)}`}
            </h3>
          )}
          <dl class="facts">
            {answers.map((line) => {
              const file = fileOf(line);
              return (
                <div key={line.at}>
                  <dt lang={l.pickLanguage(line.question.labels)}>
                    {l.pick(line.question.labels) || line.question.name}
                  </dt>
                  <dd>{file ? <File {...props} line={line} file={file} /> : answerOf(call, line, names)}</dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </>
  );
}

type Part = { readonly heading: Line | null; readonly answers: Line[] };

/** Answers under the heading that they stand below; a heading with nothing below it is left out. */
function sectionsOf(lines: readonly Line[]): readonly Part[] {
  const parts: Part[] = [{ heading: null, answers: [] }];
  for (const line of lines) {
    if (line.value === null) parts.push({ heading: line, answers: [] });
    else parts.at(-1)?.answers.push(line);
  }
  return parts.filter((part) => part.answers.length > 0);
}

function answerOf(call: Call, line: Line, names: ReadonlyMap<string, string>) {
  const { l } = call;
  const { question, value } = line;
  if (!value) return <span class="soft">{l.t('office.records.unanswered')}</span>;
  if (isPersonal(question) && !seesPeople(call)) return <span class="soft">{l.t('office.records.withheld')}</span>;
  return answerText(l, question, value, names);
}

function File(props: { call: Call; recordId: string; line: Line; file: Attachment }) {
  const { call, recordId, line, file } = props;
  const { l } = call;
  const label = l.pick(line.question.labels) || line.question.name;
  const seen = seenBy(call, file, false);
  if (!seen || (isPersonal(line.question) && !seesPeople(call)))
    return <span class="soft">{l.t('office.records.withheld')}</span>;
  const original = seenBy(call, file, true);
  const more = original && original.sha256 !== seen.sha256 && (
    <p class="small">
      <a href={fileHref(recordId, file.name, true)}>{l.t('office.records.original')}</a>
    </p>
  );
  if (!seen.mediaType.startsWith('image/'))
    return <a href={fileHref(recordId, file.name)}>{l.t('office.records.file', { name: file.name })}</a>;
  const id = line.at.replace(/\W+/g, '-');
  return (
    <>
      <PhotoGrid
        l={l}
        id={`photos${id}`}
        size="large"
        photos={[{ id: id.slice(1), src: fileHref(recordId, file.name), alt: label, width: 1200, height: 900 }]}
      />
      {more}
    </>
  );
}
