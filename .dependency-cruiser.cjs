// Who may import whom. The table is the architecture; the rules below only read it, and so does a test of the SQL.
const mayImport = require('./tools/who-may-import.json');

const spec = '\\.spec\\.ts$';
const anyOf = (names) => `(?:${names.join('|')})`;

const libraries = Object.entries(mayImport).map(([lib, others]) => ({
  name: `${lib}-imports`,
  comment: `libs/${lib} may import ${others.length ? others.join(', ') : 'no other library'}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: spec },
  to: { path: '^libs/', pathNot: `^libs/${anyOf([lib, ...others])}/` },
}));

const unlisted = {
  name: 'library-not-in-the-table',
  comment: 'A new library needs a line in the table of this file and in the architecture.',
  severity: 'error',
  from: { path: '^libs/', pathNot: `^libs/${anyOf(Object.keys(mayImport))}/` },
  to: {},
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...libraries,
    unlisted,
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'libraries-know-no-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'apps-know-no-other-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libraries-have-one-door',
      comment: 'Import #libs/<name>, never a file inside.',
      severity: 'error',
      from: { path: '^(?:apps|tools|bench|test)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'libraries-have-one-door-for-each-other',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'rules-are-pure',
      comment: 'rules/ decide from values: other rules, time, holidays and types only.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/rules/', pathNot: spec },
      to: {
        pathNot: ['^libs/$1/src/rules/', '^libs/(?:time|holidays)/src/index\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'time-and-holidays-are-pure',
      severity: 'error',
      from: { path: '^libs/(?:time|holidays)/', pathNot: spec },
      to: { pathNot: '^libs/(?:time|holidays)/' },
    },
    {
      name: 'database-stays-below',
      comment: 'TypeORM and pg belong to entities, verbs, queries, platform and migrations.',
      severity: 'error',
      from: { path: ['^apps/', '^libs/web/', '^libs/[^/]+/src/rules/'], pathNot: spec },
      to: { path: '^node_modules/(?:typeorm|pg|@nestjs/typeorm)/' },
    },
    {
      name: 'only-the-worker-sends',
      severity: 'error',
      from: { pathNot: ['^libs/notifications/', '^apps/worker/', '^test/', spec] },
      to: { path: ['^libs/notifications/src/transports/', '^node_modules/nodemailer/'] },
    },
    {
      name: 'product-knows-no-test',
      severity: 'error',
      from: { path: '^(?:apps|libs|migrations)/', pathNot: spec },
      to: { path: '^test/' },
    },
    {
      name: 'product-needs-its-dependencies',
      comment: 'What the apps import must be in dependencies, not in devDependencies.',
      severity: 'error',
      from: { path: '^(?:apps|libs|migrations)/', pathNot: spec },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
