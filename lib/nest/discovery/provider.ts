import type { DiscoveryService } from '@nestjs/core';

/** What Nest knows of a provider or controller. The class itself is not part of its public interface. */
export type InstanceWrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** A provider whose class has methods with decorators of ours. */
export interface Provider {
  readonly wrapper: InstanceWrapper;
  /** Where its methods are looked up: the prototype of what it is, not of what it was registered as. */
  readonly prototype: object;
  /** Name of the concrete class. */
  readonly className: string;
  /** Name of the module that provides it. */
  readonly moduleName: string;
  /** One instance serves all; otherwise each run gets its own. */
  readonly isStatic: boolean;
}

/** `Class.method (Module)`, for people. */
export function placeOf(provider: Provider, method: string): string {
  return `${provider.className}.${method} (${provider.moduleName})`;
}
