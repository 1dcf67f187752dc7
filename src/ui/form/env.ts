import type { Locale } from '../../platform/i18n/index.ts';

/** How pictures are made smaller before they are kept: pixels of the longer side, quality 0–1, and the aim in bytes. */
export interface PhotoSettings {
  readonly longEdge: number;
  readonly quality: number;
  readonly maxBytes: number;
}

/** Enough to read a notice board on a wall, and small enough for a village network. */
export const PHOTO: PhotoSettings = { longEdge: 1600, quality: 0.8, maxBytes: 200_000 };

/** What the device gives to the controls. All of it is absent when a page is drawn on the server. */
export interface Device {
  /** Keeps a file and gives the name by which the answer refers to it. */
  readonly keepFile: (file: Blob, extension: string) => Promise<string>;
  /** The bytes of an answer's file; undefined when they are not on this device. */
  readonly openFile: (name: string) => Promise<Blob | undefined>;
  /** The address of a picture, sound or film of the form itself (`jr://images/…`); undefined when it is not here. */
  readonly media: (source: string) => string | undefined;
  readonly photo: PhotoSettings;
}

/** What every control is given beside its question. */
export interface Stage {
  readonly l: Locale;
  readonly device: Device | undefined;
  /** Stores an answer; `ref` is the question's. */
  readonly answer: (ref: string, value: string) => void;
  readonly addRepeat: (ref: string) => void;
  readonly removeRepeat: (ref: string) => void;
  /** Whether what is missing is shown too, not only what is wrong. */
  readonly showMissing: boolean;
}
