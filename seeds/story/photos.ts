import sharp from 'sharp';
import type { PhotoKind } from './checklist.ts';
import { board, fridge, stove, waitingRoom, washbasin } from './drawings/inside.ts';
import { building, pathToDoor, ramp, type Scene, signboard } from './drawings/outside.ts';
import { facilityOf } from './facilities.ts';
import { random } from './random.ts';
import { FIXES } from './responses.ts';
import { VISITS, type VisitPhoto } from './visits.ts';

export interface PhotoWish {
  readonly kind: PhotoKind;
  /** Facility key: it decides the look of the building and the position in the EXIF data. */
  readonly facility: string;
  readonly moment: VisitPhoto['moment'];
  /** Day on which it was taken (ISO); gives the season and the EXIF time. */
  readonly takenOn: string;
  readonly seed: string;
}

const SCENES: Readonly<Record<PhotoKind, (scene: Scene) => string>> = {
  signboard,
  ramp,
  path: pathToDoor,
  washbasin,
  stove,
  waiting_room: waitingRoom,
  board,
  fridge,
};

function seasonOf(day: string): Scene['season'] {
  const monthAndDay = day.slice(5);
  if (monthAndDay >= '11-01' || monthAndDay < '03-15') return 'snow';
  return monthAndDay < '08-01' ? 'spring' : 'autumn';
}

/** Degrees as EXIF writes them: whole degrees, whole minutes, hundredths of seconds. */
function rational(degrees: number): string {
  const whole = Math.floor(degrees);
  const minutes = Math.floor((degrees - whole) * 60);
  const seconds = Math.round(((degrees - whole) * 60 - minutes) * 6000);
  return `${whole}/1 ${minutes}/1 ${seconds}/100`;
}

/**
 * A drawn picture of a clinic as a phone would send it: JPEG, 1024 × 768, at most 40 KB, with the position and
 * the time in its EXIF data, so that their removal can be tested. The same wish gives the same picture.
 */
export async function drawPhoto(wish: PhotoWish): Promise<Buffer> {
  const { at } = facilityOf(wish.facility);
  const svg = SCENES[wish.kind]({
    dice: random(`${wish.facility}:${wish.kind}:${wish.seed}`),
    building: building(random(`building:${wish.facility}`)),
    good: wish.moment !== 'before',
    season: seasonOf(wish.takenOn),
  });
  const taken = `${wish.takenOn.replaceAll('-', ':')} 11:20:00`;
  return sharp(Buffer.from(svg))
    .jpeg({ quality: 62 })
    .withExif({
      IFD0: { Make: 'Demilge', Model: 'Drawn by the story', DateTime: taken },
      IFD2: { DateTimeOriginal: taken },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: rational(at.lat),
        GPSLongitudeRef: 'E',
        GPSLongitude: rational(at.lon),
      },
    })
    .toBuffer();
}

/** Every attachment of the story by its file name. */
export const PHOTOS: ReadonlyMap<string, PhotoWish> = new Map([
  ...VISITS.flatMap((visit) =>
    [
      ...Object.values(visit.photos),
      ...visit.problems.flatMap((problem) => (problem.photo ? [problem.photo] : [])),
    ].map(
      (photo) =>
        [
          photo.name,
          {
            kind: photo.kind,
            facility: visit.facilityKey,
            moment: photo.moment,
            takenOn: visit.visitedOn,
            seed: photo.name,
          },
        ] as const,
    ),
  ),
  ...FIXES.flatMap((fix) =>
    fix.photo
      ? [
          [
            fix.photo.name,
            {
              kind: fix.photo.kind,
              facility: fix.facilityKey,
              moment: fix.photo.moment,
              takenOn: fix.checkedOn,
              seed: fix.photo.name,
            },
          ] as const,
        ]
      : [],
  ),
]);

/** The bytes of an attachment of the story; an unknown name throws. */
export async function photoBytes(name: string): Promise<Buffer> {
  const wish = PHOTOS.get(name);
  if (!wish) throw new Error(`the story has no photo "${name}"`);
  return drawPhoto(wish);
}
