import { cx } from '../classes.ts';
import { ICONS, type IconName } from './paths.ts';

export type { IconName } from './paths.ts';

export interface IconProps {
  readonly name: IconName;
  /** Side in pixels; 20 unless told. */
  readonly size?: number;
  /** Read aloud instead of the picture. Left out, the picture is decoration and readers skip it. */
  readonly label?: string;
  readonly class?: string;
}

/** A picture from our own set, drawn with the colour of the text around it. */
export function Icon({ name, size = 20, label, class: extra }: IconProps) {
  const box = {
    class: cx('icon', extra),
    viewBox: '0 0 24 24',
    width: size,
    height: size,
    focusable: 'false',
  } as const;
  if (label === undefined) {
    return (
      <svg {...box} aria-hidden="true">
        <path d={ICONS[name]} />
      </svg>
    );
  }
  return (
    <svg {...box} role="img" aria-label={label}>
      <path d={ICONS[name]} />
    </svg>
  );
}
