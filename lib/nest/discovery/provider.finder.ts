import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { MethodMetadata } from '../decorators/method.metadata.js';
import { readMethod } from '../decorators/method.metadata.js';
import type { InstanceWrapper, Provider } from './provider.js';

/** A method with decorators of ours, and the provider to call it on. */
export interface DecoratedMethod {
  readonly provider: Provider;
  readonly method: string;
  /** What the decorators say, from the top down. */
  readonly metadata: readonly MethodMetadata[];
}

/** Finds decorated methods in all providers and controllers of the application. */
@Injectable()
export class ProviderFinder {
  private readonly logger = new Logger('SchedulerModule');

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** Each class once, however often and under whatever tokens it is provided. */
  find(): readonly DecoratedMethod[] {
    const found: DecoratedMethod[] = [];
    const seen = new Map<object, Provider>();
    for (const wrapper of [...this.discovery.getProviders(), ...this.discovery.getControllers()]) {
      const provider = this.toProvider(wrapper);
      const methods = provider ? this.methodsOf(provider) : [];
      if (!provider || methods.length === 0) {
        continue;
      }
      const first = seen.get(provider.prototype);
      if (first) {
        this.warnOfSecond(first, provider);
      } else {
        seen.set(provider.prototype, provider);
        found.push(...methods);
      }
    }
    return found;
  }

  private toProvider(wrapper: InstanceWrapper): Provider | null {
    // An alias (`useExisting`) is another name for a provider that comes by itself.
    const prototype = wrapper.isAlias ? null : prototypeOf(wrapper);
    if (!prototype) {
      return null;
    }
    return {
      wrapper,
      prototype,
      className: prototype.constructor.name,
      moduleName: wrapper.host?.name ?? 'unknown module',
      isStatic: wrapper.isDependencyTreeStatic() && !wrapper.isTransient,
    };
  }

  private methodsOf(provider: Provider): readonly DecoratedMethod[] {
    return this.scanner
      .getAllMethodNames(provider.prototype)
      .map((method) => ({ provider, method, metadata: readMethod(provider.prototype, method) }))
      .filter(({ metadata }) => metadata.length > 0);
  }

  private warnOfSecond(first: Provider, second: Provider): void {
    // A factory that hands on an existing instance is an alias in all but name.
    if (first.isStatic && second.isStatic && first.wrapper.instance === second.wrapper.instance) {
      return;
    }
    this.logger.warn(
      `${first.className} is provided by ${first.moduleName} and by ${second.moduleName}: ` +
        `its jobs run once, on the instance of ${first.moduleName}. ` +
        `Provide it in one module and export it from there.`,
    );
  }
}

/** Prototype of a provider's instances, whether they come from a class, a factory or a value; `null` for none of use. */
function prototypeOf(wrapper: InstanceWrapper): object | null {
  const instance: unknown = wrapper.instance;
  // For a class in a request scope Nest keeps an empty object with its prototype; a factory there has nothing yet.
  if (typeof instance !== 'object' || instance === null) {
    return null;
  }
  const prototype = Object.getPrototypeOf(instance) as object | null;
  if (prototype === null || prototype === Object.prototype || Array.isArray(instance)) {
    return null;
  }
  // A class that was made by hand may lack it.
  return typeof prototype.constructor === 'function' ? prototype : null;
}
