import type { ProblemPart } from '../../platform/problem.ts';

/** The door that a record came in by. */
export type Door = 'web' | 'field' | 'openrosa' | 'import' | 'seed';
/** What a second person said last; 'waiting' while nobody has. */
export type Verdict = 'waiting' | 'accepted' | 'returned' | 'rejected' | 'withdrawn';

/** Where a record stands. The flags go beside the verdict: a returned record may still lack a photo. */
export type RecordState = {
  readonly verdict: Verdict;
  /** It broke a rule and waits for a person. */
  readonly aside: boolean;
  /** Another content came under its id and waits for a person. */
  readonly conflict: boolean;
  /** A file that it names is not here yet. */
  readonly incomplete: boolean;
  /** A later record corrects it. */
  readonly superseded: boolean;
};

/** A record without its answers: what lists show. */
export type RecordRow = RecordState & {
  readonly id: string;
  readonly formId: string;
  readonly formKey: string;
  /** The version that the document names; `formVersionId` is null when the space has no such version. */
  readonly formVersion: string;
  readonly formVersionId: string | null;
  readonly activityId: string | null;
  readonly assignmentId: string | null;
  readonly subjectId: string | null;
  /** The account that sent it; null for a stranger at a public form. */
  readonly authorId: string | null;
  readonly deviceId: string | null;
  readonly door: Door;
  /** The first record of the chain of corrections; its own id for the first. */
  readonly rootId: string;
  readonly supersedes: string | null;
  readonly relatesTo: string | null;
  readonly relatesAs: 'answers' | 'judges' | null;
  /** The day in the village, 'YYYY-MM-DD'. */
  readonly occurredOn: string | null;
  /** What the device said; never trusted. */
  readonly capturedAt: Date | null;
  /** The device's clock cannot have been right. */
  readonly clockOff: boolean;
  readonly receivedAt: Date;
};

/** A record with its answers by question name: a group is an object, a repeat an array of objects. */
export type RecordDetail = RecordRow & { readonly answers: Answers };
export type Answers = Readonly<Record<string, unknown>>;

/** A second person's word. */
export type Judgement = {
  readonly id: string;
  readonly recordId: string;
  readonly verdict: Exclude<Verdict, 'waiting'>;
  readonly byId: string;
  readonly at: Date;
  readonly reason: string | null;
};

/** A record with all that was said of it, oldest first: what evidence is derived from. */
export type JudgedRecord = RecordDetail & { readonly judgements: readonly Judgement[] };

/** A file of a record. `sha256` is null until the bytes are here. */
export type Attachment = {
  readonly recordId: string;
  readonly name: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly mediaType: string | null;
  /** The picture for all eyes: re-encoded, turned upright, without position data. Null until it is made or for other files. */
  readonly displaySha256: string | null;
  readonly receivedAt: Date | null;
};

/** Why a record waits for a person. */
export type Aside = {
  readonly id: string;
  readonly recordId: string;
  /** A message key with its details, as in a Problem. */
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly parts: readonly ProblemPart[];
  readonly at: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolution: 'accepted' | 'rejected' | 'superseded' | null;
  readonly reason: string | null;
};

/** Another content under the id of a record. */
export type Conflict = {
  readonly id: string;
  readonly recordId: string;
  readonly xml: string;
  readonly authorId: string | null;
  readonly receivedAt: Date;
  readonly files: readonly StoredAttachment[];
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolution: 'kept_first' | 'took_second' | null;
};

/** A file whose bytes lie in the store already. */
export type StoredAttachment = {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
};

/** What the sender is told. */
export type Receipt = {
  readonly recordId: string;
  /** received: a new row; already: the same content was here; conflict: other content stands under this id, both are kept. */
  readonly outcome: 'received' | 'already' | 'conflict';
  readonly receivedAt: Date;
  /** Why a person must look at it first; null when it is in order. */
  readonly aside: { readonly key: string; readonly details: Readonly<Record<string, string | number>> } | null;
  /** Names of files that are not here yet. */
  readonly missing: readonly string[];
};
