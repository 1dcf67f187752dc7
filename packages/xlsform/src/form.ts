import type { Allocation } from './allocate.ts';
import type { ChoiceList } from './choices.ts';
import type { Report } from './diagnostics.ts';
import type { Itext, NodeTexts } from './itext.ts';
import type { Survey } from './nodes.ts';
import type { Tag } from './osm.ts';
import type { Resolver } from './resolve.ts';
import type { Settings } from './settings.ts';
import type { FormNode } from './tree.ts';

/** A form that has been read and is ready to be written. */
export interface Form {
  readonly settings: Settings;
  readonly survey: Survey;
  readonly lists: ReadonlyMap<string, ChoiceList>;
  readonly tags: ReadonlyMap<string, readonly Tag[]>;
  readonly resolver: Resolver;
  readonly itext: Itext;
  readonly texts: ReadonlyMap<FormNode, NodeTexts>;
  /** Messages of a node's bind, by attribute. */
  readonly messages: ReadonlyMap<FormNode, Readonly<Record<string, string>>>;
  readonly allocation: Allocation;
  readonly report: Report;
}
