import { createHash } from 'node:crypto';
import {
  type FormListing,
  INCOMPLETE_PART,
  readFormList,
  readManifest,
  readResponse,
  SUBMISSION_PART,
} from '@demilge/openrosa';
import { type Form, openForm, parseForm } from '@demilge/xform';

const OPENROSA = { 'X-OpenRosa-Version': '1.0', 'User-Agent': 'org.odk.collect.android/v2025.3.3 Dalvik/2.1.0' };

export type Fetched = {
  readonly listing: FormListing;
  readonly form: Form;
  readonly files: ReadonlyMap<string, string>;
};

/** A phone with ODK Collect: it knows the server's address with its token, and nothing of Demilge. */
export function collectPhone(server: string) {
  const ask = (url: string, more: RequestInit = {}) =>
    fetch(onPort(url, server), { ...more, headers: { ...OPENROSA, Date: new Date().toUTCString(), ...more.headers } });
  return {
    /** The forms that the server offers. */
    list: async (): Promise<readonly FormListing[]> => readFormList(await (await ask(`${server}/formList`)).text()),
    /** Fetches a form with its files, checks every hash, and opens it. */
    fetchForm: async (listing: FormListing): Promise<Fetched> => {
      const xml = await (await ask(listing.downloadUrl)).text();
      same(listing.md5, xml, listing.formId);
      const files = new Map<string, string>();
      if (listing.manifestUrl)
        for (const file of readManifest(await (await ask(listing.manifestUrl)).text())) {
          const text = await (await ask(file.downloadUrl)).text();
          same(file.md5, text, file.filename);
          files.set(file.filename, text);
        }
      const form = openForm(parseForm(xml), { resources: (src) => files.get(src.split('/').at(-1) ?? '') });
      return { listing, form, files };
    },
    /** Asks what may be sent, then sends the document with its files. `left` says that more files follow in another request. */
    send: async (form: Form, files: ReadonlyMap<string, Buffer>, left = false) => {
      const head = await ask(`${server}/submission`, { method: 'HEAD' });
      const body = new FormData();
      body.set(SUBMISSION_PART, new Blob([form.serialize()], { type: 'text/xml' }), 'submission.xml');
      for (const [name, bytes] of files)
        body.set(name, new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' }), name);
      if (left) body.set(INCOMPLETE_PART, 'yes');
      const answer = await ask(`${server}/submission`, { method: 'POST', body });
      return {
        head: head.status,
        most: Number(head.headers.get('x-openrosa-accept-content-length')),
        status: answer.status,
        said: readResponse(await answer.text()).text,
      };
    },
  };
}

/** Addresses in answers begin with the public address of the server; the test's server answers on a port of its own. */
function onPort(url: string, server: string): string {
  const { pathname, search } = new URL(url);
  return new URL(pathname + search, server).href;
}

function same(said: string, text: string, name: string): void {
  const md5 = createHash('md5').update(text).digest('hex');
  if (said.replace(/^md5:/, '') !== md5) throw new Error(`${name}: the hash in the list is not that of the file`);
}
