import fc from 'fast-check';
import { describe, it } from 'vitest';
import { DOORS } from './fuzz-cases.ts';

describe('broken and hostile input (100,000 cases each: bench/fuzz-xform.ts)', () => {
  for (const { name, cases, run } of DOORS) {
    it(`the ${name} answers or refuses by code, and nothing else`, { timeout: 240_000 }, () => {
      fc.assert(
        fc.property(cases, (text) => {
          run(text);
        }),
        { numRuns: 2000 },
      );
    });
  }
});
