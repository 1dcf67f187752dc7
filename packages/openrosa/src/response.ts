import { type Element, escapeXml, OpenRosaError, readElement } from './xml.ts';

/** What a server tells the person who sent something; clients show the text as it is. */
export interface ServerMessage {
  readonly text: string;
  /** For example `submit_success`; '' when there is none. */
  readonly nature: string;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const RESPONSE = 'http://openrosa.org/http/response';

/** The body of an answer to a submission, good or bad. */
export function writeResponse(text: string, nature = ''): string {
  const attribute = nature ? ` nature="${escapeXml(nature)}"` : '';
  return `${HEAD}<OpenRosaResponse xmlns="${RESPONSE}"><message${attribute}>${escapeXml(text)}</message></OpenRosaResponse>\n`;
}

/** @throws OpenRosaError when it is not such an answer */
export function readResponse(xml: string): ServerMessage {
  const element = readElement(xml);
  const message = element.children.find((child: Element) => child.name === 'message');
  if (element.name !== 'OpenRosaResponse' || !message)
    throw new OpenRosaError('The document is not an OpenRosaResponse');
  return { text: message.text.trim(), nature: message.attributes.nature ?? '' };
}
