/**
 * Who may know whom:
 *
 *   core <- triggers <- engine <- stores, executors, nest <- dashboard, health, metrics, tracing, cli, testing
 *
 * Each folder has a line that lists all it may import beside its own files and the modules of Node. Type imports count.
 * swc reads the sources, since TypeScript 7 offers no API for it.
 */
const lib = (...places) => places.map((place) => `^lib/${place}`);
const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

const defaults = lib('stores/memory/', 'executors/in-process');

const MAY_IMPORT = {
  core: [],
  triggers: [...lib('core/'), ...npm('cron-parser')],
  engine: [...lib('core/', 'triggers/'), ...npm('zod')],
  'stores/memory': lib('core/'),
  'stores/typeorm': [...lib('core/'), ...npm('typeorm', 'pg', '@types/pg')],
  'executors/in-process': lib('core/'),
  nest: [
    ...lib('core/', 'triggers/', 'engine/'),
    ...defaults,
    ...npm('@nestjs/(common|core)', 'rxjs', 'reflect-metadata', 'zod'),
  ],
};

/** What stands directly in lib/: the root entry. It re-exports what needs no optional peer. */
const ROOT_MAY_IMPORT = [...lib('core/', 'triggers/', 'engine/', 'nest/'), ...defaults];

const folders = Object.keys(MAY_IMPORT);

const folderRules = folders.map((folder) => ({
  name: `what-${folder.replace('/', '-')}-may-import`,
  comment: 'See MAY_IMPORT in .dependency-cruiser.js.',
  severity: 'error',
  from: { path: `^lib/${folder}[/.-]` },
  to: { pathNot: [`^lib/${folder}[/.-]`, ...MAY_IMPORT[folder]], dependencyTypesNot: ['core'] },
}));

export default {
  forbidden: [
    ...folderRules,
    {
      name: 'what-the-root-entry-may-import',
      severity: 'error',
      from: { path: '^lib/[^/]+$' },
      to: { pathNot: ROOT_MAY_IMPORT, dependencyTypesNot: ['core'] },
    },
    {
      name: 'every-folder-has-a-line',
      comment: 'Say in MAY_IMPORT what the new folder may import.',
      severity: 'error',
      from: { path: '^lib/.+/', pathNot: folders.map((folder) => `^lib/${folder}[/.-]`) },
      to: {},
    },
    {
      name: 'samples-see-the-package-as-users-do',
      comment: 'Import nestjs-durable-scheduler by its name.',
      severity: 'error',
      from: { path: '^sample/', pathNot: '[.]spec[.]ts$' },
      to: { path: '^(lib|test)/' },
    },
    {
      name: 'no-circular-import',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
    exclude: { path: '^sample/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
