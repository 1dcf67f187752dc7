/**
 * The import table of the house (docs/ARCHITECTURE.md), kept by a machine: imports go downwards only,
 * and across rooms only through a room's index.ts. Each rule's comment is what a newcomer reads when it says no.
 */

/** The kernel's nouns in order of dependence: a noun knows only those before it. */
const NOUNS = [
  'spaces',
  'access',
  'subjects',
  'sources',
  'projects',
  'activities',
  'forms',
  'records',
  'assignments',
  'flow',
  'evidence',
  'indicators',
  'freezes',
  'publications',
  'kinds',
];

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const not = (path, pathNot) => (pathNot ? { path, pathNot } : { path });

/** Tests stand beside the code and may use the test support and development packages. */
const TEST = '\\.test\\.tsx?$';
/** Command lines, builds and tests of the published packages run in Node. */
const NODE_ONLY = `^packages/[^/]+/(src/cli[./]|bin/|test/|bench/|[^/]+$|.*${TEST})`;

const laterNouns = NOUNS.slice(0, -1).map((noun, i) =>
  rule(
    `kernel-${noun}-knows-only-earlier-nouns`,
    `kernel/${noun} comes before ${NOUNS.slice(i + 1).join(', ')}. A noun may use only the nouns before it; ` +
      'if it needs a later one, let the later noun call it, or hand it a function.',
    { path: `^src/kernel/${noun}/`, pathNot: TEST },
    { path: `^src/kernel/(${NOUNS.slice(i + 1).join('|')})/` },
  ),
);

module.exports = {
  forbidden: [
    rule(
      'packages-stand-alone',
      'A published package knows nothing of Demilge. Hand it what it needs as an argument.',
      not('^packages/'),
      not('^(src|seeds|test|bench)/'),
    ),
    rule(
      'packages-are-strangers',
      'A published package must be usable without its sisters. Give the shared shape a name in each, or pass data.',
      { path: '^packages/([^/]+)/', pathNot: '^packages/[^/]+/(test|bench)/' },
      { path: '^packages/', pathNot: '^packages/$1/' },
    ),
    rule(
      'packages-run-in-a-browser',
      'A published package runs on a phone too: no node:* outside its command line (src/cli.ts, bin/), its build and its tests.',
      not('^packages/', NODE_ONLY),
      { dependencyTypes: ['core'] },
    ),
    rule(
      'platform-is-plumbing',
      'platform carries no civic word: it may import packages only. What knows a noun belongs to kernel or above.',
      not('^src/platform/', TEST),
      not('^(src/(?!platform/)|seeds/|test/|bench/)'),
    ),
    rule(
      'ui-is-browser-safe',
      'ui is the same in the browser and on the server: it may import packages and platform/i18n, nothing else of ours.',
      not('^src/ui/', TEST),
      not('^(src|seeds|test|bench)/', '^src/(ui/|platform/i18n/)'),
    ),
    rule(
      'ui-has-no-node',
      'ui runs in the browser: no node:* here. What must read files or the database does so before it draws.',
      not('^src/ui/', `${TEST}|^src/ui/(og|render)`),
      { dependencyTypes: ['core'] },
    ),
    rule(
      'kernel-looks-down',
      'The kernel holds the nouns and knows no programme, report, entrance or field app. They call it, not the other way round.',
      not('^src/kernel/', TEST),
      not('^(src/(programmes|reports|entrances|field)/|src/(main|app|migrations)\\.ts$|seeds/|test/|bench/)'),
    ),
    ...laterNouns,
    rule(
      'programmes-are-strangers',
      'A kind of programme never uses another kind. What two kinds share is a concept that the kernel lacks: add it there.',
      { path: '^src/programmes/([^/]+)/' },
      { path: '^src/programmes/', pathNot: '^src/programmes/$1/' },
    ),
    rule(
      'programmes-look-down',
      'A kind may import kernel, platform, ui and packages. Reports and entrances read its manifest; it does not know them.',
      not('^src/programmes/', TEST),
      not('^(src/(reports|entrances|field)/|src/(main|app|migrations)\\.ts$|seeds/|test/|bench/)'),
    ),
    rule(
      'reports-look-down',
      'Reports read through the kernel’s functions. They know no programme and no entrance, so every kind is reported alike.',
      not('^src/reports/', TEST),
      not('^(src/(programmes|entrances|field)/|src/(main|app|migrations)\\.ts$|seeds/|test/|bench/)'),
    ),
    rule(
      'entrances-know-no-programme',
      'An entrance is handed the registry of kinds by main.ts. It names no kind, so that a new one needs no change here.',
      not('^src/entrances/', TEST),
      not('^(src/(programmes|field)/|src/(main|app|migrations)\\.ts$|seeds/|test/|bench/)'),
    ),
    rule(
      'field-is-for-phones',
      'The field app may import packages, ui and platform/i18n. It speaks to the server over HTTP only.',
      not('^src/field/', TEST),
      not('^(src|seeds|test|bench)/', '^src/(field/|ui/|platform/i18n/)'),
    ),
    rule('field-has-no-node', 'The field app runs in the browser: no node:* here.', not('^src/field/', TEST), {
      dependencyTypes: ['core'],
    }),
    rule(
      'field-reaches-no-database',
      'Something that the field app imports leads to the database or the kernel. Cut the detour: import the smaller part.',
      not('^src/field/', TEST),
      { path: '^src/(kernel|platform/db|platform/postgres)/', reachable: true },
    ),
    rule(
      'only-main-knows-every-room',
      'Only main.ts and app.ts (and seeds and tests) may see all rooms and the registry of kinds.',
      not('^src/', `^src/(main|app)\\.ts$|${TEST}`),
      not('^src/(main|app|programmes/registry)\\.ts$'),
    ),
    rule(
      'through-the-door',
      'Another room is entered by its index.ts. If what you need is not there, ask whether it should be, and export it.',
      { path: '^src/((?:kernel|programmes|reports|entrances|platform)/[^/]+|ui|field)/' },
      {
        path: '^src/(kernel|programmes|reports|entrances|platform)/[^/]+/|^src/(ui|field)/',
        pathNot: [
          '^src/$1/',
          '^src/(kernel|programmes|reports|entrances|platform)/[^/]+/index\\.tsx?$',
          '^src/ui/index\\.ts$',
          '^src/ui/[^/]+/index\\.ts$',
        ],
      },
    ),
    rule(
      'outsiders-through-the-door',
      'main.ts, app.ts and the seeds enter a room by its index.ts too.',
      { path: '^(src/[^/]+\\.ts$|src/programmes/registry\\.ts$|seeds/)' },
      {
        path: '^src/(kernel|programmes|reports|entrances|platform)/[^/]+/|^src/(ui|field)/',
        pathNot: [
          '^src/(kernel|programmes|reports|entrances|platform)/[^/]+/index\\.tsx?$',
          '^src/ui/index\\.ts$',
          '^src/ui/[^/]+/index\\.ts$',
        ],
      },
    ),
    rule(
      'packages-by-name',
      'A published package is imported by its name (@demilge/…), and the name leads to what its package.json exports.',
      not('^(src|seeds)/', TEST),
      not('^packages/', '^packages/([^/]+/src/index\\.tsx?|xform/src/signed\\.ts)$'),
    ),
    rule(
      'database-has-one-driver',
      'Only platform/db speaks to the driver; everybody else is given a Db by it, so that transactions and types are the same.',
      not('^(src|seeds)/', `^src/platform/db/|${TEST}`),
      { path: '^node_modules/postgres/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'tests-stay-outside',
      'What runs for people does not import tests, benchmarks or their support; only main.ts may load the seeds.',
      not('^src/', TEST),
      not('^(test|bench)/|\\.test\\.tsx?$'),
    ),
    rule(
      'no-circle',
      'These files import each other in a circle. One of them knows too much: move what both need below them.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'no-missing-file',
      'This import leads nowhere: the file or the package does not exist, or the package is not in package.json.',
      { path: '^(src|packages|seeds)/' },
      { couldNotResolve: true },
    ),
    rule(
      'no-development-package',
      'This package is only for development, and a server installed with --omit=dev lacks it.',
      not('^src/', `${TEST}|\\.d\\.ts$`),
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-optional'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|test-results|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['demilge-source', 'import', 'node', 'browser', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
