import type { FastifyRequest } from 'fastify';
import type { Sql } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import type { Assets, Route } from '../../platform/http/index.ts';
import type { Language, Locale } from '../../platform/i18n/index.ts';
import type { IconName } from '../../ui/index.ts';
import type { Space } from '../spaces/index.ts';
import type { Actor } from './rules.ts';

/** What every handler gets: who asks, in which space and language, and the means to answer. */
export type Call = {
  readonly sql: Sql;
  readonly files: FileStore;
  readonly assets: Assets;
  readonly space: Space;
  readonly actor: Actor | null;
  readonly l: Locale;
  /** All three, for what is drawn in another language than the page. */
  readonly locales: Readonly<Record<Language, Locale>>;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly request: FastifyRequest;
  /** The public address of the server without a slash at the end: BASE_URL, or what the request came to. */
  readonly baseUrl: string;
  /** This page's path without its language: '/office/people'. */
  readonly path: string;
  /** Whether this person may do another action: pages show only what can be done. */
  readonly can: (action: string) => boolean;
  /** The entries of the menus that this person may open. */
  readonly nav: readonly NavEntry[];
  readonly now: () => Date;
  /** The largest upload in bytes. */
  readonly maxUpload: number;
  /** The reader's stored choice; null follows the system. */
  readonly theme: 'light' | 'dark' | null;
  /** Set-Cookie lines that go out with the answer. */
  readonly cookies: string[];
  /** The word left by the request before a redirect, already translated. */
  readonly flash: { text: string; undo: string | null } | null;
};

/** A route whose handler gets a call. */
export type Page = Route<Call>;

/** One line of the office's menu or of the public site's. */
export type NavEntry = {
  readonly place: 'office' | 'site';
  /** Groups of the office's menu; loose ones stand first. */
  readonly group?: 'registers' | 'results' | 'settings';
  /** Without the language. */
  readonly href: string;
  /** A message key. */
  readonly label: string;
  readonly icon: IconName;
  /** Shown to those who may do this. */
  readonly action: string;
  /** The lower stands first; tens leave room. */
  readonly order: number;
};
