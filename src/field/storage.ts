/** How much room the phone has, and whether the browser may take it back. */
export interface Space {
  /** Bytes that may still be written. */
  readonly free: number;
  /** The browser has promised not to delete what is here. */
  readonly safe: boolean;
}

export const MEGABYTE = 1_048_576;
/** Room for some two hundred photos. */
export const LOW_BYTES = 50 * MEGABYTE;

/** null where the browser does not tell. */
export async function measureSpace(): Promise<Space | null> {
  const estimate = await navigator.storage?.estimate?.();
  if (!estimate?.quota) return null;
  return { free: estimate.quota - (estimate.usage ?? 0), safe: (await navigator.storage.persisted?.()) ?? false };
}
