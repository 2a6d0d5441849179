import type { JobStore } from '../../lib/core/job-store.js';

/** A store whose calls fail while `isDown`, as those of a database that is away do. */
export class FlakyStore {
  isDown = false;
  /** Calls by name, those that failed included. */
  readonly calls = new Map<string, number>();
  readonly store: JobStore;

  constructor(inner: JobStore) {
    this.store = new Proxy(inner, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') {
          return member;
        }
        return async (...args: unknown[]): Promise<unknown> => {
          this.calls.set(String(name), (this.calls.get(String(name)) ?? 0) + 1);
          if (this.isDown) {
            throw new Error('connection refused');
          }
          return Reflect.apply(member, target, args) as unknown;
        };
      },
    });
  }
}
