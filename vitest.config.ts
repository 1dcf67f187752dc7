import { defineConfig } from 'vitest/config';

const conditions = ['demilge-source', 'module', 'node', 'development|production'];

export default defineConfig({
  // Workspace packages are read from their sources, so a test never sees a stale build.
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'packages', include: ['packages/*/{src,test}/**/*.test.{ts,tsx}', 'src/ui/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'house',
          include: ['{src,test,seeds}/**/*.test.{ts,tsx}'],
          exclude: ['src/ui/**'],
          // One PostgreSQL per run; each test file copies a migrated database from it (test/support/database.ts).
          globalSetup: ['test/support/globalSetup.ts'],
        },
      },
    ],
  },
});
