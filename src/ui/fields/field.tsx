import type { ComponentChildren } from 'preact';
import { cx } from '../classes.ts';
import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

/** What every field has. The `id` also names its hint (`id-hint`) and its error (`id-error`). */
export interface FieldProps {
  readonly l: UiLocale;
  readonly name: string;
  readonly label: string;
  /** The name is used when it is left out; it must be unique in the page. */
  readonly id?: string;
  readonly hint?: ComponentChildren;
  /** What is wrong and how to mend it. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
}

export function fieldId(field: Pick<FieldProps, 'id' | 'name'>): string {
  return field.id ?? field.name;
}

/** The attributes that tie an input to its hint and error. */
export function describedBy(field: FieldProps) {
  const id = fieldId(field);
  const ids = [field.hint && `${id}-hint`, field.error && `${id}-error`].filter(Boolean).join(' ');
  return {
    ...(ids && { 'aria-describedby': ids }),
    ...(field.error && { 'aria-invalid': 'true' as const }),
    ...(field.required && { required: true }),
    ...(field.disabled && { disabled: true }),
  };
}

/** The words of an error under its field. */
export function FieldError({ id, children }: { readonly id: string; readonly children: ComponentChildren }) {
  return (
    <p class="field-error" id={`${id}-error`}>
      <Icon name="error" size={18} />
      <span>{children}</span>
    </p>
  );
}

/** Fields that may stay empty say so; the rest are required, so no asterisks. */
export function LabelWords({ field }: { readonly field: FieldProps }) {
  return (
    <>
      {field.label}
      {!field.required && <span class="field-optional"> {field.l.t('ui.optional')}</span>}
    </>
  );
}

/** Label, hint and error around one input. */
export function Field({
  field,
  children,
  class: extra,
}: {
  readonly field: FieldProps;
  readonly children: ComponentChildren;
  readonly class?: string;
}) {
  const id = fieldId(field);
  return (
    <div class={cx('field', field.error && 'field--wrong', extra)}>
      <label class="field-label" for={id}>
        <LabelWords field={field} />
      </label>
      {field.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {children}
      {field.error && <FieldError id={id}>{field.error}</FieldError>}
    </div>
  );
}

/** The same around a group of inputs, as a fieldset. */
export function FieldGroup({ field, children }: { readonly field: FieldProps; readonly children: ComponentChildren }) {
  const id = fieldId(field);
  const described = describedBy(field);
  return (
    <fieldset
      class={cx('field', field.error && 'field--wrong')}
      id={id}
      {...(described['aria-describedby'] && { 'aria-describedby': described['aria-describedby'] })}
    >
      <legend class="field-label">
        <LabelWords field={field} />
      </legend>
      {field.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {children}
      {field.error && <FieldError id={id}>{field.error}</FieldError>}
    </fieldset>
  );
}
