import { AliasTakenError } from '../../core/errors/alias-taken.error.js';
import { UnknownStoreError } from '../../core/errors/unknown-store.error.js';
import type { StoreHost } from './store-host.js';

/** The stores of a scheduler by alias, in the order in which they were added. */
export class StoreHosts {
  private readonly hosts = new Map<string, StoreHost>();

  add(host: StoreHost): void {
    if (this.hosts.has(host.alias)) {
      throw new AliasTakenError('store', host.alias);
    }
    this.hosts.set(host.alias, host);
  }

  /** @throws UnknownStoreError */
  remove(alias: string): StoreHost {
    const host = this.get(alias);
    this.hosts.delete(alias);
    return host;
  }

  find(alias: string): StoreHost | null {
    return this.hosts.get(alias) ?? null;
  }

  /** @throws UnknownStoreError */
  get(alias: string): StoreHost {
    const host = this.find(alias);
    if (!host) {
      throw new UnknownStoreError(alias, [...this.hosts.keys()]);
    }
    return host;
  }

  all(): readonly StoreHost[] {
    return [...this.hosts.values()];
  }

  /** One store, or all when none is named. */
  select(alias: string | undefined): readonly StoreHost[] {
    return alias === undefined ? this.all() : [this.get(alias)];
  }
}
