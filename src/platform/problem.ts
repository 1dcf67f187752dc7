/**
 * The one error that a person may see (DESIGN §4.5). `key` is a message key in ky, ru and en; `details` fill its placeholders.
 * Everything else that is thrown is our bug: it is logged and answered with a bare 500.
 */
export class Problem extends Error {
  readonly status: number;
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
  /** Problems of single fields or cells, shown beside them. */
  readonly parts: readonly ProblemPart[];

  constructor(
    status: number,
    key: string,
    details: Record<string, string | number> = {},
    parts: readonly ProblemPart[] = [],
  ) {
    super(key);
    this.name = 'Problem';
    this.status = status;
    this.key = key;
    this.details = details;
    this.parts = parts;
  }
}

/** One field of a form, cell of a table or path of a record that is wrong, with the message key that says how. */
export type ProblemPart = {
  readonly at: string;
  readonly key: string;
  readonly details?: Readonly<Record<string, string | number>>;
};

export const notFound = (thing: string): Problem => new Problem(404, 'platform.notFound', { thing });
