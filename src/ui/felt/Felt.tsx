/**
 * The motif of the house: кочкор мүйүз, the ram's horns of shyrdak felt, drawn here from strokes.
 * Two colours take turns, as in felt, where what is cut from one sheet is set into the other.
 */

const HORN = 'M24 25V15C24 8 19.5 4.5 14.5 5.2C9 6 6.8 12.6 10.6 15.6C13.6 17.8 17.2 15.2 15.8 12.2';
const HORN_RIGHT =
  'M24 25V15C24 8 28.500 4.500 33.500 5.200C39 6 41.200 12.600 37.400 15.600C34.400 17.800 30.800 15.200 32.200 12.200';

/** One pair of horns on a stem, standing in a box of 48 × 24. */
function HornPair() {
  return (
    <>
      <path d={HORN} />
      <path d={HORN_RIGHT} />
      <path d="M24 1.500l2 2.200l-2 2.200l-2-2.200z" class="felt-seed" />
    </>
  );
}

export interface FeltBorderProps {
  /** Unique in the page: the pattern is referred to by it. */
  readonly id: string;
  readonly size?: 'thin' | 'full';
}

/** A band of horns across the page; decoration only, so readers skip it. */
export function FeltBorder({ id, size = 'full' }: FeltBorderProps) {
  return (
    <svg
      class={`felt felt--${size}`}
      aria-hidden="true"
      focusable="false"
      width="100%"
      height={size === 'thin' ? 14 : 36}
    >
      <defs>
        <pattern
          id={id}
          width="48"
          height="36"
          patternUnits="userSpaceOnUse"
          {...(size === 'thin' ? { patternTransform: 'scale(.39)' } : {})}
        >
          <rect class="felt-ground" width="48" height="36" />
          <g class="felt-horn" transform="translate(0 11)">
            <HornPair />
          </g>
          <g class="felt-horn felt-horn--counter" transform="translate(-24 25) scale(1 -1)">
            <HornPair />
          </g>
          <g class="felt-horn felt-horn--counter" transform="translate(24 25) scale(1 -1)">
            <HornPair />
          </g>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}

export interface FeltMedallionProps {
  readonly class?: string;
  /** Side in pixels. */
  readonly size?: number;
}

/** Four pairs of horns in a cross, as in the middle of a shyrdak. */
export function FeltMedallion({ class: extra, size = 160 }: FeltMedallionProps) {
  return (
    <svg
      class={extra ? `felt-medallion ${extra}` : 'felt-medallion'}
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 112 112"
      width={size}
      height={size}
    >
      <path class="felt-field" d="M56 3L109 56L56 109L3 56Z" />
      <path class="felt-rim" d="M56 8L104 56L56 104L8 56Z" />
      <g transform="translate(56 56) scale(1.24) translate(-56 -56)">
        {[0, 90, 180, 270].map((turn) => (
          <g key={turn} class="felt-horn" transform={`rotate(${turn} 56 56) translate(32 27)`}>
            <HornPair />
          </g>
        ))}
        <path class="felt-seed" d="M56 51l5 5l-5 5l-5-5z" />
      </g>
    </svg>
  );
}

/** The mark beside the name: one pair of horns in a rounded field. */
export function FeltMark({ size = 40 }: { readonly size?: number }) {
  return (
    <svg class="felt-mark" aria-hidden="true" focusable="false" viewBox="0 0 40 40" width={size} height={size}>
      <rect class="felt-mark-field" width="40" height="40" rx="9" />
      <g class="felt-mark-horn" transform="translate(-4 9)">
        <HornPair />
      </g>
    </svg>
  );
}
