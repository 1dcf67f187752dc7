import { type Example, say } from '../example.ts';
import { Checkbox, CheckboxGroup, RadioGroup, Select } from './choice.tsx';
import { FileField } from './file.tsx';
import { DateField, TextArea, TextField } from './text.tsx';

export const examples: Example[] = [
  {
    title: 'TextField, TextArea, DateField',
    render: (l) => (
      <div class="form">
        <TextField
          l={l}
          id="example-name"
          name="name"
          required
          label={say(l, 'Аты-жөнү', 'Имя', 'Name')}
          hint={say(
            l,
            'Адам өзүн кандай атаса, ошондой жазыңыз.',
            'Так, как человек называет себя сам.',
            'As the person says it.',
          )}
          error={say(l, 'Аты-жөнүн жазыңыз', 'Укажите имя', 'Give the name')}
        />
        <TextField l={l} name="phone" type="tel" width="medium" label={say(l, 'Телефону', 'Телефон', 'Phone')} />
        <DateField
          l={l}
          name="day"
          required
          label={say(l, 'Сапардын күнү', 'День визита', 'Day of the visit')}
          value="2016-04-12"
        />
        <TextArea l={l} name="note" label={say(l, 'Эскертүү', 'Заметка', 'Note')} value={'<b>"5 & 6"</b>'} />
      </div>
    ),
  },
  {
    title: 'Select, RadioGroup, CheckboxGroup, Checkbox, FileField',
    render: (l) => (
      <div class="form">
        <Select
          l={l}
          name="oblast"
          required
          label={say(l, 'Облус', 'Область', 'Oblast')}
          prompt={say(l, 'Тандаңыз', 'Выберите', 'Choose')}
          value="talas"
          choices={[
            {
              label: say(l, 'Түндүк', 'Север', 'North'),
              choices: [{ value: 'talas', label: say(l, 'Талас', 'Талас', 'Talas') }],
            },
            { value: 'osh', label: say(l, 'Ош', 'Ош', 'Osh') },
          ]}
        />
        <RadioGroup
          l={l}
          name="method"
          required
          label={say(l, 'Кантип билдиңиз?', 'Как вы узнали?', 'How do you know?')}
          value="seen"
          choices={[
            { value: 'seen', label: say(l, 'Өзүм көрдүм', 'Видела сама', 'Seen') },
            { value: 'document', label: say(l, 'Документтен', 'По документу', 'From a document') },
            {
              value: 'asked',
              label: say(l, 'Сурадым', 'Спросила', 'Asked'),
              hint: say(l, 'Кимден экенин эскертүүгө жазыңыз', 'Кого – напишите в заметке', 'Say whom in the note'),
            },
          ]}
        />
        <CheckboxGroup
          l={l}
          name="groups"
          inline
          label={say(l, 'Топтор', 'Группы', 'Groups')}
          values={['pregnant']}
          choices={[
            { value: 'pregnant', label: say(l, 'кош бойлуу аялдар', 'беременные', 'pregnant women') },
            { value: 'youth', label: say(l, 'жаштар', 'молодёжь', 'youth') },
          ]}
        />
        <Checkbox
          l={l}
          name="consent"
          required
          label={say(
            l,
            'Жообумду аты-жөнүмсүз жарыялоого макулмун',
            'Согласна на публикацию ответа без имени',
            'I agree that my answer is published without my name',
          )}
        />
        <FileField
          l={l}
          name="workbook"
          required
          accept=".xlsx"
          label={say(l, 'Текшерүү баракчасы', 'Чек-лист', 'Checklist')}
          hint=".xlsx"
        />
      </div>
    ),
  },
];
