import type { ComponentChildren } from 'preact';
import { describedBy, Field, FieldError, FieldGroup, type FieldProps, fieldId } from './field.tsx';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
}

export interface SelectProps extends FieldProps {
  readonly value?: string;
  /** Choices, or groups of them under a name. */
  readonly choices: readonly (Choice | { readonly label: string; readonly choices: readonly Choice[] })[];
  /** The words of the empty first choice; left out, there is none. */
  readonly prompt?: string;
}

function Option({ choice, value }: { readonly choice: Choice; readonly value: string | undefined }) {
  return (
    <option value={choice.value} selected={choice.value === value} disabled={choice.disabled ?? false}>
      {choice.label}
    </option>
  );
}

/** One of many, in the browser's own list. */
export function Select(props: SelectProps) {
  const { name, value, choices, prompt } = props;
  return (
    <Field field={props}>
      <select class="input input--select" id={fieldId(props)} name={name} {...describedBy(props)}>
        {prompt !== undefined && (
          <option value="" selected={!value}>
            {prompt}
          </option>
        )}
        {choices.map((choice) =>
          'choices' in choice ? (
            <optgroup key={choice.label} label={choice.label}>
              {choice.choices.map((inner) => (
                <Option key={inner.value} choice={inner} value={value} />
              ))}
            </optgroup>
          ) : (
            <Option key={choice.value} choice={choice} value={value} />
          ),
        )}
      </select>
    </Field>
  );
}

interface TickProps {
  readonly type: 'radio' | 'checkbox';
  readonly id: string;
  readonly name: string;
  readonly choice: Choice;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly required?: boolean;
}

function Tick({ type, id, name, choice, checked, disabled, required }: TickProps) {
  return (
    <div class="tick">
      <input
        type={type}
        id={id}
        name={name}
        value={choice.value}
        checked={checked}
        disabled={disabled || (choice.disabled ?? false)}
        {...(required && { required })}
        {...(choice.hint && { 'aria-describedby': `${id}-hint` })}
      />
      <label for={id}>
        <span>{choice.label}</span>
        {choice.hint && (
          <small class="tick-hint" id={`${id}-hint`}>
            {choice.hint}
          </small>
        )}
      </label>
    </div>
  );
}

export interface RadioGroupProps extends FieldProps {
  readonly value?: string;
  readonly choices: readonly Choice[];
  /** Side by side on a wide screen. */
  readonly inline?: boolean;
}

/** One of a few, all of them seen. */
export function RadioGroup(props: RadioGroupProps) {
  const id = fieldId(props);
  return (
    <FieldGroup field={props}>
      <div class={props.inline ? 'ticks ticks--inline' : 'ticks'}>
        {props.choices.map((choice, index) => (
          <Tick
            key={choice.value}
            type="radio"
            id={`${id}-${index}`}
            name={props.name}
            choice={choice}
            checked={choice.value === props.value}
            disabled={props.disabled ?? false}
            required={props.required ?? false}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

export interface CheckboxGroupProps extends FieldProps {
  readonly values?: readonly string[];
  readonly choices: readonly Choice[];
  readonly inline?: boolean;
}

/** Some of a few. */
export function CheckboxGroup(props: CheckboxGroupProps) {
  const id = fieldId(props);
  return (
    <FieldGroup field={props}>
      <div class={props.inline ? 'ticks ticks--inline' : 'ticks'}>
        {props.choices.map((choice, index) => (
          <Tick
            key={choice.value}
            type="checkbox"
            id={`${id}-${index}`}
            name={props.name}
            choice={choice}
            checked={props.values?.includes(choice.value) ?? false}
            disabled={props.disabled ?? false}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

export interface CheckboxProps extends Omit<FieldProps, 'label'> {
  readonly label: ComponentChildren;
  readonly checked?: boolean;
  /** What is sent when it is ticked; `yes` unless told. */
  readonly value?: string;
}

/** Yes or no, e.g. a consent. */
export function Checkbox(props: CheckboxProps) {
  const { name, label, checked = false, value = 'yes', hint, error, l, required, disabled } = props;
  const id = fieldId(props);
  return (
    <div class={error ? 'field field--wrong' : 'field'}>
      <div class="tick">
        <input
          type="checkbox"
          id={id}
          name={name}
          value={value}
          checked={checked}
          {...describedBy({
            l,
            name,
            id,
            label: name,
            hint,
            error,
            ...(required && { required }),
            ...(disabled && { disabled }),
          })}
        />
        <label for={id}>
          <span>{label}</span>
          {hint && (
            <small class="tick-hint" id={`${id}-hint`}>
              {hint}
            </small>
          )}
        </label>
      </div>
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}
