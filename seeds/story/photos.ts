import sharp from 'sharp';
import type { PhotoKind } from './checklist.ts';
import { board, fridge, stove, waitingRoom, washbasin } from './drawings/inside.ts';
import { building, pathToDoor, ramp, type Scene, signboard } from './drawings/outside.ts';
import { facilityOf } from './facilities.ts';
import { random } from './random.ts';
import { FIXES, type Fix } from './responses.ts';
import { VISITS, type Visit, type VisitPhoto } from './visits.ts';

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

/** The attachments of visits and fixes by their file names. */
export function wishesOf(visits: readonly Visit[], fixes: readonly Fix[]): ReadonlyMap<string, PhotoWish> {
  const wish = (photo: VisitPhoto, facility: string, takenOn: string) =>
    [photo.name, { kind: photo.kind, facility, moment: photo.moment, takenOn, seed: photo.name }] as const;
  return new Map([
    ...visits.flatMap((visit) =>
      [...Object.values(visit.photos), ...visit.problems.flatMap((problem) => problem.photo ?? [])].map((photo) =>
        wish(photo, visit.facilityKey, visit.visitedOn),
      ),
    ),
    ...fixes.flatMap((fix) => (fix.photo ? [wish(fix.photo, fix.facilityKey, fix.checkedOn)] : [])),
  ]);
}

/** Every attachment of the first two rounds. */
export const PHOTOS: ReadonlyMap<string, PhotoWish> = wishesOf(VISITS, FIXES);

/** The bytes of an attachment of the story; an unknown name throws. */
export async function photoBytes(wishes: ReadonlyMap<string, PhotoWish>, name: string): Promise<Buffer> {
  const wish = wishes.get(name);
  if (!wish) throw new Error(`the story has no photo "${name}"`);
  return drawPhoto(wish);
}
