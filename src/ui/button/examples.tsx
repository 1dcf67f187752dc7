import { type Example, say } from '../example.ts';
import { Button, ButtonRow, LinkButton } from './Button.tsx';

export const examples: Example[] = [
  {
    title: 'Button',
    render: (l) => (
      <ButtonRow>
        <Button look="main" icon="check">
          {say(l, 'Кабыл алуу', 'Принять', 'Accept')}
        </Button>
        <Button icon="undo">{say(l, 'Кайра жөнөтүү', 'Вернуть на доработку', 'Send back')}</Button>
        <LinkButton href="#print" look="quiet" icon="print">
          {say(l, 'Басып чыгаруу', 'Распечатать', 'Print')}
        </LinkButton>
        <Button look="danger" icon="trash">
          {say(l, 'Жарыялоону токтотуу', 'Снять с публикации', 'Withdraw')}
        </Button>
        <Button disabled>{say(l, 'Күтүлүүдө', 'Ожидание', 'Waiting')}</Button>
        <Button look="main" size="large" icon="send">
          {say(l, 'Актыны жөнөтүү', 'Отправить акт', 'Send the report')}
        </Button>
      </ButtonRow>
    ),
  },
];
