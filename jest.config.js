import { SOURCES } from './test/support/typescript/entry-points.js';

const entryPoints = [...SOURCES].map(([name, file]) => [`^${name}$`, `<rootDir>/${file}`]);

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
  transform: { '^.+\\.ts$': '<rootDir>/test/support/sabotage/jest-transform.js' },
};
