/** A page ready to send; each packing is made when the first reader asks for it. */
export type CachedPage = {
  readonly html: Buffer;
  readonly etag: string;
  br: Buffer | null;
  gzip: Buffer | null;
  readonly until: number;
};

/**
 * Public pages that are the same for everyone signed out, kept some seconds in this process. `clear` forgets all: any change made
 * here shows at once, a change made by a sister process after the seconds have passed.
 */
export type PageCache = {
  readonly get: (key: string, now: number) => CachedPage | null;
  readonly set: (key: string, page: CachedPage) => void;
  readonly clear: () => void;
};

export function makePageCache(maxBytes: number): PageCache {
  const pages = new Map<string, CachedPage>();
  let held = 0;
  // Text packs to less than a third; both packings together never outweigh the page.
  const size = (page: CachedPage): number => page.html.byteLength * 2;
  const drop = (key: string): void => {
    const page = pages.get(key);
    if (!page) return;
    pages.delete(key);
    held -= size(page);
  };
  return {
    get: (key, now) => {
      const page = pages.get(key);
      if (!page) return null;
      if (page.until > now) return page;
      drop(key);
      return null;
    },
    set: (key, page) => {
      drop(key);
      pages.set(key, page);
      held += size(page);
      for (const oldest of pages.keys()) {
        if (held <= maxBytes) break;
        drop(oldest);
      }
    },
    clear: () => {
      pages.clear();
      held = 0;
    },
  };
}
