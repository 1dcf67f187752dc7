export interface ProgressProps {
  readonly id: string;
  /** What is being done. */
  readonly label: string;
  /** How far, in words: "12 of 20". */
  readonly words?: string;
  /** Left out, how long it takes is not known. */
  readonly value?: number;
  readonly max?: number;
}

/** Long work on its way. */
export function Progress({ id, label, words, value, max = 100 }: ProgressProps) {
  return (
    <div class="progress">
      <label for={id}>{label}</label>
      {words && <span class="progress-words">{words}</span>}
      <progress id={id} max={max} {...(value !== undefined && { value })}>
        {words}
      </progress>
    </div>
  );
}
