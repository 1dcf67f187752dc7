import { Icon } from '../../icon/Icon.tsx';
import { type ControlProps, controlId, Frame, tied } from '../Frame.tsx';
import { shrink } from '../picture.ts';
import { Drawing } from './Drawing.tsx';
import { useFileAddress } from './useFileAddress.ts';
import { useKeep } from './useKeep.ts';

type Kind = 'image' | 'audio' | 'video' | 'file';

/** What sort of file the question wants, by its media type. */
export function kindOf(mediatype: string | undefined): Kind {
  const kind = mediatype?.split('/')[0];
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file';
}

const EXTENSION = /\.([a-z0-9]{1,8})$/i;

/** A photo, a recording, a film or any file; drawings and signatures are drawn here. */
export function Attachment(props: ControlProps) {
  const { appearance } = props.node;
  const drawn = appearance.includes('signature') || appearance.includes('draw');
  return drawn && props.stage.device ? <Drawing {...props} /> : <Taken {...props} />;
}

function Taken(props: ControlProps) {
  const { node, stage } = props;
  const { t } = stage.l;
  const { busy, failed, keep } = useKeep(props);
  const address = useFileAddress(props);
  const kind = kindOf(node.parameters.mediatype);
  const id = controlId(node);
  const take = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    const photo = stage.device?.photo;
    if (!file || !photo) return;
    await keep(async () => {
      const longEdge = Number(node.parameters['max-pixels']) || photo.longEdge;
      const kept = kind === 'image' ? await shrink(file, { ...photo, longEdge }) : file;
      return [kept, kept === file ? (EXTENSION.exec(file.name)?.[1] ?? 'bin').toLowerCase() : 'jpg'];
    });
    input.value = '';
  };
  const capture = node.appearance.includes('new-front') || node.appearance.includes('selfie') ? 'user' : 'environment';
  const direct = node.appearance.some((word) => word.startsWith('new')) && kind !== 'file';
  return (
    <Frame {...props}>
      {address && kind === 'image' && <img class="q-picture" src={address} alt={t('form.file.answer')} />}
      {address && kind === 'audio' && (
        <audio class="q-media" controls src={address} aria-label={t('form.file.answer')}>
          <track kind="captions" />
        </audio>
      )}
      {address && kind === 'video' && (
        <video class="q-media" controls src={address} aria-label={t('form.file.answer')}>
          <track kind="captions" />
        </video>
      )}
      {node.value && kind === 'file' && <p>{node.value}</p>}
      <div class="drop">
        <Icon name={kind === 'image' ? 'camera' : 'file'} size={28} />
        <span role="status">
          {busy ? t('form.file.busy') : t(node.value ? 'form.file.change' : `form.file.${kind}`)}
        </span>
        <input
          id={id}
          name={node.ref}
          class="drop-input"
          type="file"
          // Converters write `application/*` for "any file": taken at its word it would hide tables and texts.
          accept={kind === 'file' ? (node.parameters.accept ?? '*/*') : `${kind}/*`}
          {...(direct && { capture })}
          onChange={(event) => void take(event.currentTarget)}
          {...tied(props)}
        />
      </div>
      {failed && <p class="field-error">{t('form.file.failed')}</p>}
      {node.value && !node.readonly && stage.device && (
        <button type="button" class="btn btn--quiet btn--small" onClick={() => stage.answer(node.ref, '')}>
          {t('form.file.remove')}
        </button>
      )}
    </Frame>
  );
}
