import type { Tx } from '../../platform/db/index.ts';

/** What the kind's handler is told of a record that has just been received, inside the receiving transaction. */
export type ReceivedRecord = {
  readonly spaceId: string;
  readonly id: string;
  readonly rootId: string;
  readonly supersedes: string | null;
  readonly formKey: string;
  readonly formVersion: string;
  readonly activityId: string | null;
  readonly assignmentId: string | null;
  readonly subjectId: string | null;
  readonly authorId: string | null;
  readonly relatesTo: string | null;
  readonly occurredOn: string | null;
  readonly receivedAt: Date;
  readonly answers: Readonly<Record<string, unknown>>;
  /** The record broke a rule and waits for a person: no consequence may count it yet. */
  readonly aside: boolean;
};

/** What a kind reads out of the answers before the row is written, so that the record lands beside its subject and assignment. */
export type RecordLinks = {
  readonly activityId?: string | null;
  readonly assignmentId?: string | null;
  readonly subjectId?: string | null;
  readonly occurredOn?: string | null;
  readonly relatesTo?: string | null;
  readonly relatesAs?: 'answers' | 'judges' | null;
};

/** How a kind takes its records. Both run inside the receiving transaction; a Problem sets the record aside, it never loses it. */
export type RecordHandler = {
  readonly links?: (
    tx: Tx,
    spaceId: string,
    answers: Readonly<Record<string, unknown>>,
    authorId: string | null,
  ) => Promise<RecordLinks>;
  readonly onRecord?: (tx: Tx, record: ReceivedRecord) => Promise<void>;
};
