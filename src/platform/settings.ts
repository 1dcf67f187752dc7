import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);

/** With none of these, files lie on this machine's disk. */
const OBJECTS = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/** Every setting is an environment variable with a default (docs/running.md tells what each does). */
const Settings = z
  .object({
    PORT: port.default(8080),
    HOST: z.string().default('0.0.0.0'),
    DATA_DIR: z.string().min(1).default('./data'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
      .optional(),
    BASE_URL: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    TRUST_PROXY: z
      .enum(['0', '1'])
      .default('0')
      .transform((x) => x === '1'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    METRICS_TOKEN: z.string().min(16).optional(),
    MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(4096).default(200),
    S3_ENDPOINT: z
      .url({ protocol: /^https?$/ })
      .refine(
        (url) => /^https?:\/\/[^/?#@]+\/*$/.test(url),
        'must be the address of the storage alone, as https://s3.example.org',
      )
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    S3_BUCKET: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a name of 3 to 63 small letters, digits, dots and hyphens')
      .optional(),
    S3_REGION: z
      .string()
      .regex(/^[\w-]+$/)
      .default('us-east-1'),
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
  })
  .superRefine((settings, context) => {
    const missing = OBJECTS.filter((name) => settings[name] === undefined);
    if (missing.length === OBJECTS.length) return;
    for (const name of missing)
      context.addIssue({ code: 'custom', path: [name], message: 'is missing; an object storage needs all four' });
  });

export type Settings = z.infer<typeof Settings>;

/** What these hold may be, or contain, a password: it is never shown. */
const SECRET = /URL|ENDPOINT|KEY|TOKEN/;

/** Reads and checks the settings. @throws Error that names each wrong variable, its value and what is expected. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = Settings.safeParse(given);
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const shown = given[name] === undefined || SECRET.test(name) ? '' : ` (it is "${given[name]}")`;
    return `  ${name}${shown}: ${issue.message}`;
  });
  throw new Error(`These settings are wrong:\n${lines.join('\n')}`);
}
