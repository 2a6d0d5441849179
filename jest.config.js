import { readFileSync } from 'node:fs';

const { name, exports } = JSON.parse(
  readFileSync(new URL('./package.json', import.meta.url), 'utf8'),
);

/**
 * The package under its own name is the sources here, so that samples and tests need no build.
 * `nestjs-durable-scheduler/triggers` -> `lib/triggers/index.ts`.
 */
const entryPoints = Object.entries(exports)
  .filter(([, target]) => target.default)
  .map(([entry, target]) => [
    `^${name}${entry.slice(1)}$`,
    target.default.replace(/^\.\/dist\/(.*)\.js$/, '<rootDir>/lib/$1.ts'),
  ]);

/** Jest runs the TypeScript sources as ES modules; swc strips the types. */
export default {
  testEnvironment: 'node',
  // A database that starts on a busy machine takes its time.
  testTimeout: 30_000,
  roots: ['<rootDir>/lib', '<rootDir>/test', '<rootDir>/sample'],
  testMatch: ['<rootDir>/{test,sample}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/sample/dist/'],
  globalSetup: '<rootDir>/test/support/postgres/global-setup.js',
  globalTeardown: '<rootDir>/test/support/postgres/global-teardown.js',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    ...Object.fromEntries(entryPoints),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
