import type { ModuleRef } from '@nestjs/core';

/**
 * A ModuleRef that looks in every module by default. The plain one looks in the scheduler's own module only, where
 * nobody's ConfigService is.
 */
export function looseModuleRef(moduleRef: ModuleRef): ModuleRef {
  return Object.create(moduleRef, {
    get: {
      value: (token: never, options?: object) =>
        moduleRef.get(token, { strict: false, ...options }),
    },
    resolve: {
      value: (token: never, contextId?: { id: number }, options?: object) =>
        moduleRef.resolve(token, contextId, { strict: false, ...options }),
    },
  }) as ModuleRef;
}
