import { readFileSync } from 'node:fs';

const ROOT = new URL('../../../', import.meta.url);
const { name, exports } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));

/**
 * The package under its own name is the sources here, so that samples and tests need no build:
 * `nestjs-durable-scheduler/triggers` -> `lib/triggers/index.ts`.
 *
 * @type {Map<string, string>} what is imported -> path from the root
 */
export const SOURCES = new Map();

for (const [entry, target] of Object.entries(exports)) {
  const [, file] = /^\.\/dist\/(.*)\.js$/.exec(target.default ?? '') ?? [];
  if (file) SOURCES.set(name + entry.slice(1), `lib/${file}.ts`);
}
