import type { MethodMetadata } from '../decorators/method.metadata.js';

/** Names that a decorated method is registered under: those of `@JobHandler`, otherwise `Class.method`. Never empty. */
export function handlerNames(
  className: string,
  method: string,
  metadata: readonly MethodMetadata[],
): readonly [string, ...string[]] {
  const fallback = `${className}.${method}`;
  const names = metadata.flatMap((item) =>
    item.kind === 'handler' ? [item.name ?? fallback] : [],
  );
  const [first = fallback, ...others] = new Set(names);
  return [first, ...others];
}

/** Whether jobs can refer to the method: a listener to events alone is no handler. */
export function isHandler(metadata: readonly MethodMetadata[]): boolean {
  return metadata.some(({ kind }) => kind !== 'listener');
}
