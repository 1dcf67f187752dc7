import type { Form, Issue } from '@demilge/xform';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Locale } from '../../platform/i18n/index.ts';
import { Icon } from '../icon/Icon.tsx';
import type { Device, Stage } from './env.ts';
import { Nodes } from './Nodes.tsx';
import { type FormPage, numbered, pageAt, pagesOf, questionsOf } from './pages.ts';
import { removeInstance } from './removed.ts';
import { Words } from './Words.tsx';

export interface FormViewProps {
  readonly form: Form;
  readonly l: Locale;
  readonly device: Device;
  /** Where a draft is taken up again: the path of the page. */
  readonly startAt?: string | undefined;
  /** After every answer and every turn of a page. */
  readonly onChange: (page: string) => void;
  /** The person has finished; `issues` are what the form still says is wrong. */
  readonly onFinish: (issues: readonly Issue[]) => void;
  /** The form is one part of a page: it leaves the page where it stands, and takes the focus only when a page of it is turned. */
  readonly within?: boolean;
}

/** The end is a page too: it says what is missing and takes the form away. */
const END = 'end';

/** A form, one question or one page at a time. Nothing wrong traps a person: it is shown, and one may go on. */
export function FormView({ form, l, device, startAt, onChange, onFinish, within = false }: FormViewProps) {
  const [, redraw] = useState(0);
  const [at, setAt] = useState(() => (startAt ? keyOf(form, startAt) : ''));
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set());
  /** The instance that was removed last, and the way back. */
  const [removed, setRemoved] = useState<Taken | undefined>();
  const top = useRef<HTMLHeadingElement>(null);
  // A reader is told at the beginning, too, which page this is.
  const turned = useRef(!within);
  const pages = pagesOf(form);
  const found = pages.findIndex((page) => page.key === at);
  const last = useRef(0);
  const index = at === END ? pages.length : found >= 0 ? found : Math.min(last.current, pages.length - 1);
  last.current = index;
  const page: FormPage | undefined = pages[index];

  useEffect(() => form.subscribe(() => redraw((n) => n + 1)), [form]);
  useLayoutEffect(() => {
    if (!turned.current) return;
    turned.current = false;
    if (within) top.current?.scrollIntoView({ block: 'nearest' });
    else globalThis.scrollTo(0, 0);
    top.current?.focus({ preventScroll: true });
  }, [at]);

  const turn = (to: number, of = pages) => {
    const next = of[to];
    turned.current = true;
    setRemoved(undefined);
    setAt(next?.key ?? END);
    onChange(next?.ref ?? END);
  };
  /** To the page of a path, in a form that has just changed. */
  const turnTo = (ref: string) => {
    const now = pagesOf(form);
    turn(pageAt(now, ref), now);
  };
  const stage: Stage = {
    l,
    device,
    showMissing: page ? tried.has(page.key) : false,
    answer: (ref, value) => {
      form.setValue(ref, value);
      onChange(page?.ref ?? END);
    },
    addRepeat: (ref) => {
      setRemoved(undefined);
      form.addRepeat(ref);
      onChange(page?.ref ?? END);
    },
    removeRepeat: (ref) => {
      const instance = form.get(ref);
      if (instance?.kind !== 'repeatInstance') return;
      const what = numbered(instance);
      setRemoved({ what, undo: removeInstance(form, instance) });
      onChange(page?.ref ?? END);
    },
  };
  const wrongNow = () => (page ? questionsOf(page.nodes).filter((node) => node.issue) : []);
  const wrong = wrongNow();
  const forward = () => {
    // All is asked anew: on a slow phone the button may be touched before the last answer, and what it opens, is drawn.
    const [first] = wrongNow();
    if (page && first && !tried.has(page.key)) {
      setTried(new Set([...tried, page.key]));
      requestAnimationFrame(() => focusOn(first.id));
      return;
    }
    const now = pagesOf(form);
    const here = now.findIndex((one) => one.key === page?.key);
    turn((here >= 0 ? here : index) + 1, now);
  };
  const toIssue = (issue: Issue) => {
    const to = pageAt(pages, issue.ref);
    if (pages[to]) setTried(new Set([...tried, pages[to].key]));
    turn(to);
  };

  return (
    <div class="form-view">
      <FormHead l={l} index={index} count={pages.length} trail={page?.trail ?? []} top={top} />
      {removed && <Removed l={l} taken={removed} onUndo={() => turnTo(removed.undo())} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          forward();
        }}
      >
        {page ? (
          <PageBody
            page={page}
            stage={stage}
            onAdd={(ref) => turnTo(form.addRepeat(ref))}
            onLeave={() => turn(index + 1)}
          />
        ) : (
          <End form={form} l={l} onIssue={toIssue} onFinish={onFinish} />
        )}
        <div class="form-nav">
          {index > 0 && (
            <button type="button" class="btn btn--large" onClick={() => turn(index - 1)}>
              <Icon name="previous" />
              {l.t('form.back')}
            </button>
          )}
          {page && !page.ends && (
            <button type="submit" class="btn btn--main btn--large form-next">
              {l.t(wrong.length > 0 && tried.has(page.key) ? 'form.nextAnyway' : 'form.next')}
              <Icon name="next" />
            </button>
          )}
        </div>
      </form>
    </div>
  );
}

/** An instance that was removed: its name, and the way back. */
interface Taken {
  readonly what: string;
  readonly undo: () => string;
}

/** Says what was taken away. The button that did it is gone, so the focus comes here. */
function Removed({ l, taken, onUndo }: { readonly l: Locale; readonly taken: Taken; readonly onUndo: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), [taken]);
  return (
    <div class="form-removed" role="status">
      <span>{l.t('form.repeat.removed', { what: taken.what })}</span>
      <button type="button" class="btn btn--small" ref={button} onClick={onUndo}>
        <Icon name="undo" size={18} />
        {l.t('form.repeat.undo')}
      </button>
    </div>
  );
}

function keyOf(form: Form, ref: string): string {
  if (ref === END) return END;
  const pages = pagesOf(form);
  return pages[pageAt(pages, ref)]?.key ?? '';
}

function focusOn(id: number): void {
  const field = document.getElementById(`q${id}`);
  const target = field?.matches('fieldset')
    ? field.querySelector<HTMLElement>('input, select, button, summary')
    : field;
  target?.focus();
  field?.scrollIntoView({ block: 'center' });
}

function FormHead({
  l,
  index,
  count,
  trail,
  top,
}: {
  readonly l: Locale;
  readonly index: number;
  readonly count: number;
  readonly trail: readonly string[];
  readonly top: { current: HTMLHeadingElement | null };
}) {
  const words = index >= count ? l.t('form.end.title') : l.t('form.page', { n: index + 1, of: count });
  return (
    <div class="form-head">
      <h2 class="form-step" tabIndex={-1} ref={top}>
        {words}
        {trail.length > 0 && <span class="form-trail"> · {trail.map((part) => plain(part)).join(' · ')}</span>}
      </h2>
      <progress class="form-progress" value={index} max={Math.max(1, count)} aria-label={l.t('form.progress')} />
    </div>
  );
}

const plain = (text: string): string => text.replace(/<[^>]+>|[*_#]/g, '');

function PageBody({
  page,
  stage,
  onAdd,
  onLeave,
}: {
  readonly page: FormPage;
  readonly stage: Stage;
  readonly onAdd: (ref: string) => void;
  readonly onLeave: () => void;
}) {
  const { t } = stage.l;
  if (page.ends) {
    const { ends } = page;
    return (
      <div class="q-group flow">
        <h3 class="q-group-title">
          <Words text={ends.label || t('form.repeat.list')} />
        </h3>
        <p>{t('form.repeat.count', { n: ends.children.length })}</p>
        <div class="btn-row">
          <button type="button" class="btn" onClick={() => onAdd(ends.ref)}>
            <Icon name="plus" />
            {t('form.repeat.add', { what: ends.label })}
          </button>
          <button type="button" class="btn btn--main" onClick={onLeave}>
            {t('form.repeat.done')}
          </button>
        </div>
      </div>
    );
  }
  const { instance } = page;
  const single = instance && page.nodes[0]?.kind === 'control';
  return (
    <>
      <Nodes nodes={page.nodes} stage={stage} />
      {single && (
        <button type="button" class="btn btn--quiet btn--small" onClick={() => stage.removeRepeat(instance.ref)}>
          {t('form.repeat.remove', { what: numbered(instance) })}
        </button>
      )}
    </>
  );
}

/** More would be a wall; those that are mended make room for the next. */
const MOST_ISSUES = 20;

function End({
  form,
  l,
  onIssue,
  onFinish,
}: {
  readonly form: Form;
  readonly l: Locale;
  readonly onIssue: (issue: Issue) => void;
  readonly onFinish: (issues: readonly Issue[]) => void;
}) {
  const issues = form.validate();
  return (
    <div class="flow">
      {issues.length > 0 ? (
        <div class="alert alert--warn">
          <Icon name="warning" />
          <div class="alert-body">
            <p class="alert-title">{l.t('form.end.wrong', { n: issues.length })}</p>
            <ul class="end-issues">
              {issues.slice(0, MOST_ISSUES).map((issue) => (
                <li key={issue.ref}>
                  <button type="button" class="link" onClick={() => onIssue(issue)}>
                    {plain(issue.label) || issue.ref}
                  </button>
                  <small>{issue.message || l.t(`form.issue.${issue.kind}`)}</small>
                </li>
              ))}
            </ul>
            {issues.length > MOST_ISSUES && <p>{l.t('form.end.more', { n: issues.length - MOST_ISSUES })}</p>}
            <p>{l.t('form.end.anyway')}</p>
          </div>
        </div>
      ) : (
        <p class="lead">{l.t('form.end.ready')}</p>
      )}
      <button type="button" class="btn btn--main btn--large btn--wide" onClick={() => onFinish(issues)}>
        <Icon name="check" />
        {l.t(issues.length > 0 ? 'form.end.finishAnyway' : 'form.end.finish')}
      </button>
    </div>
  );
}
