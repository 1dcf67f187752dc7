import type { Readable } from 'node:stream';
import type { VNode } from 'preact';

/** What a handler answers; the door turns it into bytes. */
export type Reply =
  | { kind: 'page'; view: VNode; status: number; headers: Record<string, string> }
  | { kind: 'redirect'; to: string; status: 302 | 303 | 301; flash: Flash | null }
  | { kind: 'json'; value: unknown; status: number; headers: Record<string, string> }
  | { kind: 'text'; body: string | Buffer; mediaType: string; status: number; headers: Record<string, string> }
  | { kind: 'stream'; body: Readable; mediaType: string; headers: Record<string, string> }
  | { kind: 'empty'; status: number; headers: Record<string, string> };

/** A word after a redirect, in the reader's language, with the address that takes the act back where there is one. */
export type Flash = { key: string; params?: Record<string, string | number>; undo?: string };

export const page = (view: VNode, status = 200, headers: Record<string, string> = {}): Reply => ({
  kind: 'page',
  view,
  status,
  headers,
});
/** After a POST: look at the result there (303), with a word that says what happened. */
export const seeOther = (to: string, flash: Flash | null = null): Reply => ({
  kind: 'redirect',
  to,
  status: 303,
  flash,
});
export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  kind: 'json',
  value,
  status,
  headers,
});
export const text = (
  body: string | Buffer,
  mediaType: string,
  headers: Record<string, string> = {},
  status = 200,
): Reply => ({
  kind: 'text',
  body,
  mediaType,
  status,
  headers,
});
export const stream = (body: Readable, mediaType: string, headers: Record<string, string> = {}): Reply => ({
  kind: 'stream',
  body,
  mediaType,
  headers,
});
export const noContent = (status = 204, headers: Record<string, string> = {}): Reply => ({
  kind: 'empty',
  status,
  headers,
});
