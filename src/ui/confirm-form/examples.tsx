import { type Example, say } from '../example.ts';
import { ConfirmForm } from './ConfirmForm.tsx';

export const examples: Example[] = [
  {
    title: 'ConfirmForm',
    render: (l) => (
      <ConfirmForm
        l={l}
        action="#withdraw"
        cancel="#back"
        title={say(l, 'Жарыялоону токтотосузбу?', 'Снять с публикации?', 'Withdraw it?')}
        confirm={say(l, 'Токтотуу', 'Снять', 'Withdraw')}
      >
        <p>
          {say(
            l,
            'Барак ачык сайттан алынат, ордунда белги калат.',
            'Страница исчезнет с сайта, на её месте останется пометка.',
            'The page leaves the site; a mark stays in its place.',
          )}
        </p>
      </ConfirmForm>
    ),
  },
];
