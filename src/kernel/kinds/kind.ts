import type { Db } from '../../platform/db/index.ts';
import type { Catalogue } from '../../platform/i18n/index.ts';
import type { Actor, Call, NavEntry, Page, Rules } from '../access/index.ts';
import type { Measure } from '../evidence/index.ts';
import type { Flow } from '../flow/index.ts';
import type { RecordHandler } from '../records/index.ts';

/** A workbook in the kind's `forms/` folder. */
export type KindForm = {
  readonly key: string;
  /** Path below the installation's folder: 'src/programmes/oversight/forms/visit.xlsx'. */
  readonly file: string;
};

/** A thing that waits for the person who looks: one line of the office's home. */
export type Todo = {
  readonly text: string;
  /** Without the language. */
  readonly href: string;
  readonly count: number;
  /** Something is late or in conflict. */
  readonly urgent?: boolean;
};

/** One answer of the office's search box. */
export type Hit = { readonly title: string; readonly note: string; readonly href: string };

/** Writes one list as CSV for a person: the same entries give the same bytes, so that phones fetch only what changed. */
export type MediaList = (db: Db, spaceId: string, actor: Actor) => Promise<string>;

/** What a programme kind says of itself. A new kind is one folder with this manifest and one line in registry.ts. */
export type Kind = {
  readonly name: string;
  readonly forms: readonly KindForm[];
  readonly flows: readonly Flow[];
  readonly measures: readonly Measure[];
  readonly rules: Rules;
  readonly pages: readonly Page[];
  readonly nav: readonly NavEntry[];
  readonly messages: Catalogue;
  /** By form key. */
  readonly records: Readonly<Record<string, RecordHandler>>;
  /** Lists that forms choose from, by file name ('facilities.csv'), as this person may see them. */
  readonly media?: Readonly<Record<string, MediaList>>;
  /** Draws the kind's projections of a space anew from its records, and says whether the rows are the same. */
  readonly rebuild?: (db: Db, spaceId: string) => Promise<{ rows: number; same: boolean }>;
  /** Where the kind's publications stand on the public site: an address without the language, by kind of publication. */
  readonly publications?: Readonly<Record<string, (slug: string) => string>>;
  /** What needs this person today. */
  readonly todos: (call: Call) => Promise<readonly Todo[]>;
};
