import { defineConfig } from 'vitest/config';

const conditions = ['demilge-source', 'module', 'node', 'development|production'];

export default defineConfig({
  // Workspace packages are read from their sources, so a test never sees a stale build.
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'packages/*/{src,test}/**/*.test.{ts,tsx}',
      'test/**/*.test.{ts,tsx}',
      'seeds/**/*.test.ts',
    ],
    // One PostgreSQL per run; each test file copies a migrated database from it (test/support/database.ts).
    globalSetup: ['test/support/globalSetup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
