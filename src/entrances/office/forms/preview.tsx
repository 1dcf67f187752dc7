import type { DescribedForm, DescribedQuestion } from '@demilge/xlsform';
import { LANGUAGES, type Language, type Locale } from '../../../platform/i18n/index.ts';
import { text3 } from './describe.ts';

/** How many choices of a long list a preview shows. */
const MOST_CHOICES = 12;
/** Types of answers that have a word; the others are shown as the workbook writes them. */
const ANSWERS: readonly string[] = [
  ...['text', 'integer', 'decimal', 'date', 'time', 'dateTime', 'geopoint'],
  ...['image', 'audio', 'video', 'file', 'barcode'],
];

/** The form as a person in the village reads it, in each language beside the others, as wide as a phone. Nothing can be filled. */
export function Preview({ l, form }: { readonly l: Locale; readonly form: DescribedForm }) {
  return (
    <div class="phones">
      {LANGUAGES.map((language) => (
        <section class="phone" key={language} lang={language} aria-label={l.t(`office.forms.in.${language}`)}>
          <p class="kicker">{l.t(`office.forms.in.${language}`)}</p>
          {form.questions.filter(isSeen).map((question) => (
            <PreviewQuestion key={question.path} l={l} question={question} language={language} />
          ))}
        </section>
      ))}
    </div>
  );
}

const isSeen = (question: DescribedQuestion): boolean =>
  question.visible && (question.kind === 'question' || Object.keys(question.labels).length > 0);

function PreviewQuestion(props: { l: Locale; question: DescribedQuestion; language: Language }) {
  const { l, question, language } = props;
  const label = text3(question.labels)[language];
  const hint = text3(question.hints)[language];
  const guidance = text3(question.guidance)[language];
  const words = label ?? <em class="soft">{l.t('office.forms.untranslated', { name: question.name })}</em>;
  return (
    <div class="phone-question">
      {question.kind === 'question' ? <p class="field-label">{words}</p> : <h3>{words}</h3>}
      {hint && <p class="field-hint">{hint}</p>}
      {guidance && <p class="field-hint">{guidance}</p>}
      {question.kind === 'question' && <Answer {...props} />}
      {question.relevant && (
        <p class="soft small">
          {l.t('office.forms.shownIf')} <code>{question.relevant}</code>
        </p>
      )}
    </div>
  );
}

function Answer({ l, question, language }: { l: Locale; question: DescribedQuestion; language: Language }) {
  if (question.choices) {
    const more = question.choices.length - MOST_CHOICES;
    return (
      <ul class="phone-choices">
        {question.choices.slice(0, MOST_CHOICES).map((choice) => (
          <li key={choice.name}>{text3(choice.labels)[language] ?? choice.name}</li>
        ))}
        {more > 0 && <li class="soft">{l.t('office.forms.moreChoices', { n: more })}</li>}
      </ul>
    );
  }
  if (question.type === 'note') return null;
  return (
    <p class="phone-answer soft small">
      {ANSWERS.includes(question.type) ? l.t(`office.forms.answer.${question.type}`) : question.type}
      {question.list && ` · ${question.list}`}
      {question.required && ` · ${l.t('office.forms.required')}`}
    </p>
  );
}
