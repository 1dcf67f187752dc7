/** Pictures for shared links. A door of its own, since the outlines of the letters are only needed on the server. */
export { SHARE_CARD, type ShareCard, shareCardSvg } from './shareCard.ts';
export { canDraw } from './type.ts';
