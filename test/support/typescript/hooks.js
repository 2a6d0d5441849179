import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
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
  const { code } = await transformFile(fileURLToPath(url), { sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
