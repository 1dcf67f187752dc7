import { useState } from 'preact/hooks';
import { l, newToken } from '../state.ts';

/** A link or the key alone, as it may be pasted. */
const KEY = /(?:#key=)?([\w-]{20,200})\s*$/;

/** A sign-in link that came by messenger instead of a QR code. */
export function LinkForm() {
  const { t } = l.value;
  const [wrong, setWrong] = useState(false);
  return (
    <form
      class="flow"
      onSubmit={(event) => {
        event.preventDefault();
        const text = String(new FormData(event.currentTarget).get('link') ?? '');
        const key = KEY.exec(text.trim())?.[1];
        setWrong(!key);
        if (key) newToken.value = key;
      }}
    >
      <div class={wrong ? 'field field--wrong' : 'field'}>
        <label class="field-label" for="link">
          {t('field.signIn.link')}
        </label>
        <input
          id="link"
          name="link"
          class="input"
          autocomplete="off"
          spellcheck={false}
          {...(wrong && { 'aria-invalid': 'true' as const, 'aria-describedby': 'link-error' })}
        />
        {wrong && (
          <p class="field-error" id="link-error">
            {t('field.signIn.wrongLink')}
          </p>
        )}
      </div>
      <button type="submit" class="btn btn--main">
        {t('field.signIn.go')}
      </button>
    </form>
  );
}
