import type { ModuleRef } from '@nestjs/core';

/**
 * A value, or a function that gives it when the application starts: decorators run before there are any providers,
 * and before a `.env` file is read.
 *
 * `ref.get(Token)` finds providers of every module.
 *
 * @example `@Cron((ref) => ref.get(ConfigService).getOrThrow('REPORT_CRON'))`
 * @publicApi
 */
export type Lazy<T> = T | ((ref: ModuleRef) => T | Promise<T>);

/** The value of a lazy one. */
export async function resolveLazy<T extends string | number | boolean | object | undefined>(
  lazy: Lazy<T>,
  ref: ModuleRef,
): Promise<T> {
  return typeof lazy === 'function' ? lazy(ref) : lazy;
}
