import { childText, type Element, escapeXml, OpenRosaError, readElement } from './xml.ts';

/** One form that a client may fetch. */
export interface FormListing {
  readonly formId: string;
  readonly name: string;
  readonly version: string;
  /** md5 of the form's XML in hex; on the wire it is written `md5:…`. */
  readonly md5: string;
  readonly description?: string;
  readonly downloadUrl: string;
  /** Where the list of the form's files is; left out when it has none. */
  readonly manifestUrl?: string;
}

/** One file that a form needs. */
export interface MediaFile {
  readonly filename: string;
  readonly md5: string;
  readonly downloadUrl: string;
  /** The file is an entity list, which clients keep as one. */
  readonly entityList?: boolean;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const LIST = 'http://openrosa.org/xforms/xformsList';
const MANIFEST = 'http://openrosa.org/xforms/xformsManifest';

/** The answer to `GET …/formList`. */
export function writeFormList(forms: readonly FormListing[]): string {
  const items = forms.map(
    (form) =>
      `<xform>${field('formID', form.formId)}${field('name', form.name)}${field('version', form.version)}${field('hash', `md5:${form.md5}`)}` +
      `${form.description ? field('descriptionText', form.description) : ''}${field('downloadUrl', form.downloadUrl)}` +
      `${form.manifestUrl ? field('manifestUrl', form.manifestUrl) : ''}</xform>\n`,
  );
  return `${HEAD}<xforms xmlns="${LIST}">\n${items.join('')}</xforms>\n`;
}

/** @throws OpenRosaError when it is not a form list */
export function readFormList(xml: string): FormListing[] {
  return itemsOf(xml, 'xforms', 'xform').map((item) => {
    const description = childText(item, 'descriptionText');
    const manifestUrl = childText(item, 'manifestUrl');
    return {
      formId: childText(item, 'formID'),
      name: childText(item, 'name'),
      version: childText(item, 'version'),
      md5: childText(item, 'hash').replace(/^md5:/, ''),
      ...(description ? { description } : {}),
      downloadUrl: childText(item, 'downloadUrl'),
      ...(manifestUrl ? { manifestUrl } : {}),
    };
  });
}

/** The answer to the request for a form's manifest. */
export function writeManifest(files: readonly MediaFile[]): string {
  const items = files.map(
    (file) =>
      `<mediaFile${file.entityList ? ' type="entityList"' : ''}>${field('filename', file.filename)}${field('hash', `md5:${file.md5}`)}` +
      `${field('downloadUrl', file.downloadUrl)}</mediaFile>\n`,
  );
  return `${HEAD}<manifest xmlns="${MANIFEST}">\n${items.join('')}</manifest>\n`;
}

/** @throws OpenRosaError when it is not a manifest */
export function readManifest(xml: string): MediaFile[] {
  return itemsOf(xml, 'manifest', 'mediaFile').map((item) => ({
    filename: childText(item, 'filename'),
    md5: childText(item, 'hash').replace(/^md5:/, ''),
    downloadUrl: childText(item, 'downloadUrl'),
    ...(item.attributes.type === 'entityList' ? { entityList: true } : {}),
  }));
}

function field(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function itemsOf(xml: string, root: string, name: string): Element[] {
  const element = readElement(xml);
  if (element.name !== root) throw new OpenRosaError(`The document is <${element.name}>, not <${root}>`);
  return element.children.filter((child) => child.name === name);
}
