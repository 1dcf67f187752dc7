import { Icon } from '../icon/Icon.tsx';
import { describedBy, Field, type FieldProps, fieldId } from './field.tsx';

export interface FileFieldProps extends FieldProps {
  /** As in the HTML attribute, e.g. `.xlsx` or `image/*`. */
  readonly accept?: string;
  readonly multiple?: boolean;
  /** The camera of a phone, for photos taken now. */
  readonly capture?: 'environment' | 'user';
}

/** A file. The browser's input fills the whole area, so a file can be dropped on it without a script. */
export function FileField(props: FileFieldProps) {
  const { l, name, accept, multiple, capture } = props;
  return (
    <Field field={props}>
      <div class="drop">
        <Icon name="upload" size={28} />
        <p class="drop-words" aria-hidden="true">
          {l.t(multiple ? 'ui.file.dropMany' : 'ui.file.drop')}
        </p>
        <input
          class="drop-input"
          type="file"
          id={fieldId(props)}
          name={name}
          {...(accept && { accept })}
          {...(multiple && { multiple })}
          {...(capture && { capture })}
          {...describedBy(props)}
        />
      </div>
    </Field>
  );
}
