import { useEffect, useRef, useState } from 'preact/hooks';
import { type ControlProps, controlId, Frame, tied } from '../Frame.tsx';

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

/** The browser's own reader of codes, where it has one. */
const detectorOf = (): (new () => Detector) | undefined =>
  (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector;

/** A bar or QR code, by camera where the browser can read codes; it can always be typed. */
export function Barcode(props: ControlProps) {
  const { node, stage } = props;
  const [looking, setLooking] = useState(false);
  const [refused, setRefused] = useState(false);
  const Reader = stage.device && detectorOf();
  return (
    <Frame {...props}>
      <input
        id={controlId(node)}
        name={node.ref}
        class="input"
        autocomplete="off"
        value={node.value}
        onInput={(event) => stage.answer(node.ref, event.currentTarget.value)}
        {...tied(props)}
      />
      {Reader && !node.readonly && (
        <button type="button" class="btn" onClick={() => setLooking(!looking)}>
          {stage.l.t(looking ? 'form.cancel' : 'form.barcode.scan')}
        </button>
      )}
      {refused && <p class="field-error">{stage.l.t('form.barcode.refused')}</p>}
      {looking && Reader && (
        <Camera
          reader={new Reader()}
          onCode={(code) => {
            setLooking(false);
            stage.answer(node.ref, code);
          }}
          onRefused={() => {
            setLooking(false);
            setRefused(true);
          }}
        />
      )}
    </Frame>
  );
}

function Camera({
  reader,
  onCode,
  onRefused,
}: {
  readonly reader: Detector;
  readonly onCode: (code: string) => void;
  readonly onRefused: () => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let gone = false;
    const look = async () => {
      const [code] = await reader.detect(video.current!).catch(() => []);
      if (gone) return;
      if (code) onCode(code.rawValue);
      else setTimeout(() => void look(), 150);
    };
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (opened) => {
        stream = opened;
        if (gone || !video.current) return;
        video.current.srcObject = opened;
        await video.current.play();
        await look();
      })
      .catch(onRefused);
    return () => {
      gone = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);
  return (
    <video class="q-media" ref={video} playsInline muted>
      <track kind="captions" />
    </video>
  );
}
