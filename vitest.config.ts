import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['demilge-source', 'module', 'node', 'development|production'] },
  ssr: { resolve: { conditions: ['demilge-source', 'module', 'node', 'development|production'] } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.{ts,tsx}', 'seeds/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
