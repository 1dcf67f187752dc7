import { Icon } from '../icon/Icon.tsx';
import type { UiLocale } from '../locale.ts';

export interface Photo {
  /** Unique in the page; the address of the large view is `#photo-<id>`. */
  readonly id: string;
  readonly src: string;
  /** A smaller rendition for the grid. */
  readonly thumb?: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** Where, when, who took it, and to which question it belongs. */
  readonly caption?: string;
}

export interface PhotoGridProps {
  readonly l: UiLocale;
  readonly id: string;
  readonly photos: readonly Photo[];
  readonly size?: 'small' | 'large';
}

function Enlarged({ l, id, photos, index }: Omit<PhotoGridProps, 'size'> & { readonly index: number }) {
  const photo = photos[index];
  if (!photo) return null;
  const before = photos[index - 1];
  const after = photos[index + 1];
  return (
    <div class="lightbox" id={`photo-${photo.id}`} role="dialog" aria-label={photo.alt}>
      <figure>
        <img
          src={photo.src}
          alt={photo.alt}
          width={photo.width}
          height={photo.height}
          loading="lazy"
          decoding="async"
        />
        <figcaption>{photo.caption ?? photo.alt}</figcaption>
      </figure>
      <nav aria-label={l.t('ui.pages')}>
        {before && (
          <a class="btn btn--plain btn--square" href={`#photo-${before.id}`}>
            <Icon name="previous" label={l.t('ui.previous')} />
          </a>
        )}
        <a class="btn btn--plain" href={`#${id}`}>
          <Icon name="close" />
          <span>{l.t('ui.close')}</span>
        </a>
        {after && (
          <a class="btn btn--plain btn--square" href={`#photo-${after.id}`}>
            <Icon name="next" label={l.t('ui.next')} />
          </a>
        )}
      </nav>
    </div>
  );
}

/** Photos side by side; each opens large by its own address, without a script, and "back" closes it. */
export function PhotoGrid({ l, id, photos, size = 'small' }: PhotoGridProps) {
  return (
    <div class="photos-wrap" id={id}>
      <ul class={`photos photos--${size}`}>
        {photos.map((photo) => (
          <li key={photo.id}>
            <figure>
              <a href={`#photo-${photo.id}`} aria-label={l.t('ui.photo.open', { alt: photo.alt })}>
                <img
                  src={photo.thumb ?? photo.src}
                  alt={photo.alt}
                  width={photo.width}
                  height={photo.height}
                  loading="lazy"
                  decoding="async"
                />
              </a>
              {photo.caption && <figcaption>{photo.caption}</figcaption>}
            </figure>
          </li>
        ))}
      </ul>
      {photos.map((photo, index) => (
        <Enlarged key={photo.id} l={l} id={id} photos={photos} index={index} />
      ))}
    </div>
  );
}
