import { describedBy, Field, type FieldProps, fieldId } from './field.tsx';

/** The answers that browsers offer to fill in here. */
export type AutoFill =
  | 'username'
  | 'current-password'
  | 'new-password'
  | 'one-time-code'
  | 'name'
  | 'email'
  | 'tel'
  | 'organization'
  | 'off';

export interface TextFieldProps extends FieldProps {
  readonly value?: string;
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'number' | 'search';
  /** What the browser may fill in, e.g. `username`, `current-password`, `name`, `off`. */
  readonly autocomplete?: AutoFill;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email';
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
  readonly pattern?: string;
  /** How much text is expected: the box is as long as the answer. */
  readonly width?: 'short' | 'medium' | 'full';
  readonly spellcheck?: boolean;
  /** The language of what is typed, when it is not the page's. */
  readonly lang?: string;
}

/** One line of text, a number, an address or a password. */
export function TextField(props: TextFieldProps) {
  const { l, name, label, id, hint, error, required, disabled, width = 'full', type = 'text', ...rest } = props;
  return (
    <Field field={props}>
      <input
        class={`input input--${width}`}
        id={fieldId(props)}
        name={name}
        // Preact's types know one shape per input type and cannot follow a variable; these types share their attributes.
        type={type as 'text'}
        {...describedBy(props)}
        {...rest}
      />
    </Field>
  );
}

export interface TextAreaProps extends FieldProps {
  readonly value?: string;
  readonly rows?: number;
  readonly maxLength?: number;
  readonly lang?: string;
}

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const { l, name, label, id, hint, error, required, disabled, rows = 4, value, ...rest } = props;
  return (
    <Field field={props}>
      <textarea class="input" id={fieldId(props)} name={name} rows={rows} {...describedBy(props)} {...rest}>
        {value}
      </textarea>
    </Field>
  );
}

export interface DateFieldProps extends FieldProps {
  /** ISO: 2016-04-12, or 2016-04 when `precision` is month. */
  readonly value?: string;
  readonly min?: string;
  readonly max?: string;
  readonly precision?: 'day' | 'month';
}

/** A day or a month, by the browser's own calendar; the hint says how to type it where there is none. */
export function DateField(props: DateFieldProps) {
  const { l, name, value, min, max, precision = 'day' } = props;
  return (
    <Field field={props}>
      <input
        class="input input--short"
        id={fieldId(props)}
        name={name}
        type={precision === 'day' ? 'date' : 'month'}
        placeholder={l.t(precision === 'day' ? 'ui.date.day' : 'ui.date.month')}
        {...(value !== undefined && { value })}
        {...(min !== undefined && { min })}
        {...(max !== undefined && { max })}
        {...describedBy(props)}
      />
    </Field>
  );
}
