import { FormView } from '../../ui/form/index.ts';
import { Alert, Icon } from '../../ui/index.ts';
import { filling, finishFilling, home, l, stopFilling } from '../state.ts';
import { ClockState } from './Line.tsx';

/** The form itself. Leaving it is safe at any moment: what was answered is kept already. */
export function Fill() {
  const now = filling.value;
  const { t } = l.value;
  if (!now) return null;
  const back = home.value?.home.tasks.find((task) => task.id === now.taskId)?.returned;
  return (
    <>
      <div class="fill-head">
        <button type="button" class="btn btn--quiet btn--small" onClick={() => void stopFilling()}>
          <Icon name="close" size={18} />
          {t('field.fill.leave')}
        </button>
        <p class="fill-name">{now.name}</p>
      </div>
      <ClockState />
      {back && (
        <Alert tone="warn" title={t('field.returned.by', { by: back.by })}>
          {back.reason}
        </Alert>
      )}
      <FormView
        form={now.form}
        l={l.value}
        device={now.device}
        startAt={now.startAt}
        onChange={now.keep}
        onFinish={() => void finishFilling()}
      />
      <p class="soft small fill-kept" aria-busy={now.writing.value}>
        {t('field.fill.kept')}
      </p>
    </>
  );
}
