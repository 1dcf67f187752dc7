import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);

/** Every setting is an environment variable with a default (docs/running.md tells what each does). */
const Settings = z.object({
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
});
export type Settings = z.infer<typeof Settings>;

/** Reads and checks the settings. @throws Error that names each wrong variable, its value and what is expected. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = Settings.safeParse(given);
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const shown = /URL/.test(name) ? '' : ` (it is "${given[name]}")`;
    return `  ${name}${shown}: ${issue.message}`;
  });
  throw new Error(`These settings are wrong:\n${lines.join('\n')}`);
}
