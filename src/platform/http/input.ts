import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem, type ProblemPart } from '../problem.ts';

export type Fields = Readonly<Record<string, unknown>>;
export type Upload = {
  readonly field: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
};
export type Uploads = {
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly files: readonly Upload[];
};

/** An id in an address: anything else is a thing that does not exist, so 404. */
export const uuidParam = z.guid();

/** Checks fields against a schema. @throws Problem 422 platform.input.invalid with a part per field */
export function readFields<T>(schema: z.ZodType<T>, fields: unknown): T {
  const read = schema.safeParse(fields ?? {}, { reportInput: true });
  if (read.success) return read.data;
  const parts: ProblemPart[] = read.error.issues.map((issue) => ({
    at: issue.path.join('.'),
    key: issuePart(issue),
  }));
  throw new Problem(422, 'platform.input.invalid', { fields: parts.map((part) => part.at).join(', ') }, parts);
}

function issuePart(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return 'platform.input.tooLong';
  // A form sends an empty date or choice as empty text.
  if (issue.code === 'too_small' || issue.input === '') return 'platform.input.missing';
  if (issue.code === 'custom' && issue.message.includes('.')) return issue.message;
  return issue.code === 'invalid_type' ? 'platform.input.missing' : 'platform.input.wrong';
}

/** The fields of a plain (urlencoded) form, checked. */
export function readForm<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  return readFields(schema, request.body);
}

/**
 * Reads a multipart form whose files are small enough for memory (workbooks, pictures of pages).
 * @throws Problem 413 when a file is larger than `maxBytes`; 415 when the body is not multipart; 400 when it is cut short
 */
export async function readUploads(request: FastifyRequest, maxBytes: number, maxFiles = 10): Promise<Uploads> {
  if (!request.isMultipart()) throw new Problem(415, 'platform.input.notMultipart');
  const fields: Record<string, string | string[]> = {};
  const files: Upload[] = [];
  try {
    for await (const part of request.parts({
      limits: { fileSize: maxBytes, files: maxFiles, fields: 500, fieldSize: 1_000_000 },
    })) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer();
        if (part.filename) files.push({ field: part.fieldname, name: part.filename, mediaType: part.mimetype, bytes });
      } else {
        const value = String(part.value);
        const before = fields[part.fieldname];
        fields[part.fieldname] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
      }
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    const status = (error as { statusCode?: number }).statusCode;
    if (status === 413)
      throw new Problem(413, 'platform.file.tooLarge', { megabytes: Math.max(1, Math.floor(maxBytes / 1_048_576)) });
    throw new Problem(400, 'platform.input.broken');
  }
  return { fields, files };
}
