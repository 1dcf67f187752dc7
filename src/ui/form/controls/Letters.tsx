import { useState } from 'preact/hooks';

const LETTERS = ['ө', 'ү', 'ң'] as const;

/** The three Kyrgyz letters that a Russian keyboard lacks, under the field that is being typed in. */
export function Letters({
  field,
  onType,
  label,
  capital,
}: {
  readonly field: { readonly current: HTMLInputElement | HTMLTextAreaElement | null };
  readonly onType: (text: string) => void;
  /** What readers call the row. */
  readonly label: string;
  /** What they call the key for a capital letter. */
  readonly capital: string;
}) {
  const [big, setBig] = useState(false);
  const type = (letter: string) => {
    const input = field.current;
    if (!input) return;
    const [from, to] = [input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length];
    input.setRangeText(letter, from, to, 'end');
    onType(input.value);
    setBig(false);
    input.focus();
  };
  // The pointer does not take the focus away: the keyboard of a phone would close and open with every letter.
  const stay = (event: Event) => event.preventDefault();
  return (
    <fieldset class="letters" aria-label={label}>
      <button
        type="button"
        class="letter"
        aria-pressed={big}
        aria-label={capital}
        onPointerDown={stay}
        onClick={() => setBig(!big)}
      >
        ⇧
      </button>
      {LETTERS.map((letter) => (
        <button
          key={letter}
          type="button"
          class="letter"
          onPointerDown={stay}
          onClick={() => type(big ? letter.toUpperCase() : letter)}
        >
          {big ? letter.toUpperCase() : letter}
        </button>
      ))}
    </fieldset>
  );
}
