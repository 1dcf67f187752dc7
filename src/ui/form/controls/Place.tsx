import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../icon/Icon.tsx';
import { type ControlProps, controlId, Frame, GroupFrame, tied } from '../Frame.tsx';

/** Metres at which the search ends by itself, as ODK Collect does. */
const GOOD = 5;
const PATIENCE_MS = 60_000;

const text = (at: GeolocationCoordinates): string =>
  [at.latitude.toFixed(7), at.longitude.toFixed(7), (at.altitude ?? 0).toFixed(1), at.accuracy.toFixed(1)].join(' ');

/** A point by satellite. It becomes better while one waits: the present accuracy is shown, and any of them may be taken. */
export function Place(props: ControlProps) {
  const { node, stage } = props;
  const { t, number } = stage.l;
  const [best, setBest] = useState<GeolocationCoordinates | undefined>();
  const [trouble, setTrouble] = useState<'' | 'denied' | 'failed'>('');
  const watch = useRef<number | undefined>(undefined);
  const [searching, setSearching] = useState(false);
  const enough = Number(node.parameters.accuracyThreshold ?? node.parameters['capture-accuracy'] ?? GOOD) || GOOD;
  const stop = () => {
    if (watch.current !== undefined) navigator.geolocation.clearWatch(watch.current);
    watch.current = undefined;
    setSearching(false);
  };
  useEffect(() => stop, []);
  if (!stage.device) {
    return (
      <Frame {...props}>
        <input
          id={controlId(node)}
          name={node.ref}
          class="input"
          value={node.value}
          placeholder="42.87 74.59"
          {...tied(props)}
        />
      </Frame>
    );
  }
  const seek = () => {
    setTrouble('');
    setBest(undefined);
    setSearching(true);
    let sharpest = Number.POSITIVE_INFINITY;
    watch.current = navigator.geolocation.watchPosition(
      ({ coords }) => {
        if (coords.accuracy >= sharpest) return;
        sharpest = coords.accuracy;
        setBest(coords);
        setTrouble('');
        // Kept at once: if the phone dies now, the point is there.
        stage.answer(node.ref, text(coords));
        if (coords.accuracy <= enough) stop();
      },
      (error) => {
        if (sharpest === Number.POSITIVE_INFINITY)
          setTrouble(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed');
        // Between two satellites a phone has no position for a moment, and goes on looking.
        if (error.code !== error.POSITION_UNAVAILABLE) stop();
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    );
  };
  const [lat, lon, , accuracy] = node.value.split(' ');
  return (
    <GroupFrame {...props}>
      <p class="place" role="status">
        {node.value ? (
          <>
            <strong>
              {Number(lat).toFixed(5)}, {Number(lon).toFixed(5)}
            </strong>
            {accuracy && <span> {t('form.place.accuracy', { metres: number(Math.round(Number(accuracy))) })}</span>}
          </>
        ) : (
          <span class="soft">{searching ? t('form.place.searching') : t('form.place.none')}</span>
        )}
      </p>
      {trouble && <p class="field-error">{t(`form.place.${trouble}`)}</p>}
      {searching ? (
        <button type="button" class="btn" onClick={stop}>
          {best ? t('form.place.enough') : t('form.cancel')}
        </button>
      ) : (
        <button type="button" class="btn" onClick={seek} disabled={node.readonly}>
          <Icon name="place" />
          {node.value ? t('form.place.again') : t('form.place.take')}
        </button>
      )}
    </GroupFrame>
  );
}
