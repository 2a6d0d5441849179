import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { orderedFault, sabotage } from '../sabotage/sabotage.js';
import { SOURCES } from './entry-points.js';

const ROOT = new URL('../../../', import.meta.url);

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  const source = SOURCES.get(specifier);
  if (source) return next(new URL(source, ROOT).href, context);
  // Sources name the files that they are compiled to.
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
    try {
      return await next(specifier.replace(/\.js$/, '.ts'), context);
    } catch {
      return next(specifier, context);
    }
  }
  return next(specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const source = sabotage(await readFile(filename, 'utf8'), filename, orderedFault());
  const { code } = await transform(source, { filename, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
