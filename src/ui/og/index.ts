/** Pictures for shared links. A door of its own, since the outlines of the letters are only needed on the server. */
export { type ShareCard, shareCardSvg } from './shareCard.ts';
