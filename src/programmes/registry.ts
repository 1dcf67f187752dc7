import type { Kind } from '../kernel/kinds/index.ts';
import { oversight } from './oversight/index.ts';

/** Every kind of programme that this server can run. */
export const registry: readonly Kind[] = [oversight];
