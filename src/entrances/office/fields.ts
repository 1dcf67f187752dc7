import type { Locale } from '../../platform/i18n/index.ts';
import type { Problem } from '../../platform/problem.ts';

/** The words of a Problem beside the field that they speak of: spread `errors('name')` into a control. */
export function problemsByField(l: Locale, problem: Problem | undefined): (field: string) => { error?: string } {
  return (field) => {
    const part = problem?.parts.find((one) => one.at === field);
    return part ? { error: l.t(part.key, part.details) } : {};
  };
}
