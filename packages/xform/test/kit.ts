/** The conformance kit's expected forms. It lies beside the repository and is never copied into it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../../shared/xlsform-kit/valid/', import.meta.url));

export const kitIsThere: boolean = existsSync(FOLDER);
export const KIT_ABSENT = 'the conformance kit is not beside the repository (../shared/xlsform-kit)';

/** Names and XML of every valid form; [] when the kit is absent. */
export function kitForms(): { name: string; xml: string }[] {
  if (!kitIsThere) return [];
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.xml'))
    .map((file) => ({ name: file.slice(0, -4), xml: readFileSync(FOLDER + file, 'utf8') }));
}
