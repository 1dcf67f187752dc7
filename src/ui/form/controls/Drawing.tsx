import { useRef, useState } from 'preact/hooks';
import { type ControlProps, controlId, GroupFrame } from '../Frame.tsx';
import { useFileAddress } from './useFileAddress.ts';
import { useKeep } from './useKeep.ts';

const WIDTH = 640;
const HEIGHT = 320;

const blank = (canvas: HTMLCanvasElement): CanvasRenderingContext2D => {
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.strokeStyle = '#1a2a4a';
  pen.lineWidth = 3;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  return pen;
};

/** A drawing or signature by finger or mouse; whoever cannot draw writes the name and it is set down as the signature. */
export function Drawing(props: ControlProps) {
  const { node, stage } = props;
  const { t } = stage.l;
  const id = controlId(node);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useRef<CanvasRenderingContext2D | null>(null);
  const [open, setOpen] = useState(false);
  const [written, setWritten] = useState('');
  const address = useFileAddress(props);
  const { failed, keep } = useKeep(props);
  const signature = node.appearance.includes('signature');
  const place = (event: PointerEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
  };
  const begin = (event: PointerEvent) => {
    pen.current ??= blank(canvas.current!);
    canvas.current!.setPointerCapture(event.pointerId);
    pen.current.beginPath();
    pen.current.moveTo(...place(event));
  };
  const go = (event: PointerEvent) => {
    if (event.buttons === 0 || !pen.current) return;
    pen.current.lineTo(...place(event));
    pen.current.stroke();
  };
  const drawn = () =>
    void keep(
      () =>
        new Promise((done, fail) =>
          canvas.current!.toBlob((file) => (file ? done([file, 'png']) : fail(new Error('no picture'))), 'image/png'),
        ),
    );
  const clear = () => {
    pen.current = null;
    if (canvas.current) blank(canvas.current);
    setWritten('');
    stage.answer(node.ref, '');
  };
  const write = (name: string) => {
    setWritten(name);
    if (!canvas.current) return;
    pen.current = blank(canvas.current);
    pen.current.fillStyle = '#1a2a4a';
    pen.current.font = 'italic 56px serif';
    pen.current.fillText(name, 32, HEIGHT / 2 + 18, WIDTH - 64);
  };
  if (node.readonly || (node.value && !open)) {
    return (
      <GroupFrame {...props}>
        {address && <img class="q-picture" src={address} alt={t('form.file.answer')} />}
        {!node.readonly && (
          <button type="button" class="btn" onClick={() => setOpen(true)}>
            {t('form.draw.again')}
          </button>
        )}
      </GroupFrame>
    );
  }
  return (
    <GroupFrame {...props}>
      <canvas
        ref={canvas}
        class="drawing"
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t(signature ? 'form.draw.sign' : 'form.draw.here')}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={drawn}
      />
      <label class="field-hint" for={`${id}-written`}>
        {t(signature ? 'form.draw.orName' : 'form.draw.orWords')}
      </label>
      <input
        id={`${id}-written`}
        class="input"
        autocomplete="off"
        value={written}
        onInput={(event) => write(event.currentTarget.value)}
        onChange={drawn}
      />
      {failed && <p class="field-error">{t('form.file.failed')}</p>}
      <button type="button" class="btn btn--quiet btn--small" onClick={clear}>
        {t('form.clear')}
      </button>
    </GroupFrame>
  );
}
