import { cx } from '../classes.ts';
import type { UiLocale } from '../locale.ts';
import { LAKE, type LonLat, NAME_AT, OBLASTS, type Oblast, OUTLINES } from './outline.ts';
import { boxAround, pathOf, project } from './project.ts';

/** How a point stands; each has its own shape besides its colour. */
export type PinState = 'good' | 'warn' | 'bad' | 'neutral';

export interface Pin {
  readonly key: string;
  readonly at: LonLat;
  /** Read aloud and shown on pointing; the name of the place and its state in words. */
  readonly label: string;
  readonly href?: string;
  readonly state: PinState;
  /** Written beside the pin; for a few pins only. */
  readonly name?: string;
}

export interface OblastMapProps {
  readonly l: UiLocale;
  /** What the map shows. */
  readonly label: string;
  readonly pins: readonly Pin[];
  /** The map shows these oblasts large; left out, the whole country. */
  readonly focus?: readonly Oblast[];
  /** Oblasts drawn stronger. */
  readonly marked?: readonly Oblast[];
  /** What each shape means, in the order given. */
  readonly legend?: readonly { readonly state: PinState; readonly label: string }[];
}

const SHAPES: Record<PinState, string> = {
  good: 'M-8 0A8 8 0 1 0 8 0A8 8 0 1 0 -8 0Z',
  warn: 'M0 -9.5L9.500 7.500H-9.500Z',
  bad: 'M-7.500 -7.500H7.500V7.500H-7.500Z',
  neutral: 'M0 -9L9 0L0 9L-9 0Z',
};

function PinShape({ state }: { readonly state: PinState }) {
  return <path class={`pin pin--${state}`} d={SHAPES[state]} />;
}

function PinOnMap({ pin }: { readonly pin: Pin }) {
  const { x, y } = project(pin.at);
  const drawing = (
    <g class="pin-scale">
      <circle class="pin-reach" r="16" />
      <PinShape state={pin.state} />
      {pin.name && (
        <text class="pin-name" x="13" dy="0.35em">
          {pin.name}
        </text>
      )}
      <title>{pin.label}</title>
    </g>
  );
  return (
    <g transform={`translate(${x} ${y})`}>
      {pin.href ? (
        <a href={pin.href} aria-label={pin.label}>
          {drawing}
        </a>
      ) : (
        drawing
      )}
    </g>
  );
}

/** The oblasts in outline, with places as shapes that are links. A list or table of the same places belongs beside it. */
export function OblastMap({ l, label, pins, focus, marked = [], legend = [] }: OblastMapProps) {
  const shown = focus ?? OBLASTS;
  return (
    <figure class={cx('map', focus && 'map--near')}>
      {/* biome-ignore lint/a11y/useSemanticElements: an svg with links inside is a group, not a picture */}
      <svg viewBox={boxAround(shown.map((oblast) => OUTLINES[oblast]))} role="group" aria-label={label}>
        {OBLASTS.map((oblast) => (
          <path
            key={oblast}
            class={cx('oblast', (marked.includes(oblast) || focus?.includes(oblast)) && 'oblast--marked')}
            d={pathOf(OUTLINES[oblast])}
          />
        ))}
        <path class="lake" d={pathOf(LAKE)} />
        {OBLASTS.filter((oblast) => shown.includes(oblast)).map((oblast) => {
          const { x, y } = project(NAME_AT[oblast]);
          return (
            <text key={oblast} class="oblast-name" x={x} y={y} text-anchor="middle">
              {l.t(`ui.map.${oblast}`)}
            </text>
          );
        })}
        {pins.map((pin) => (
          <PinOnMap key={pin.key} pin={pin} />
        ))}
      </svg>
      {legend.length > 0 && (
        <figcaption>
          <ul class="map-key" aria-label={l.t('ui.map.legend')}>
            {legend.map((entry) => (
              <li key={entry.state}>
                <svg viewBox="-11 -11 22 22" width="20" height="20" aria-hidden="true" focusable="false">
                  <PinShape state={entry.state} />
                </svg>
                {entry.label}
              </li>
            ))}
          </ul>
        </figcaption>
      )}
    </figure>
  );
}
