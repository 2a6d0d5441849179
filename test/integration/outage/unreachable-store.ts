import type { JobStore } from '../../../lib/core/job-store.js';

/** Calls that reach no store: they are what opens and closes it. */
const LOCAL: readonly PropertyKey[] = ['open', 'close'];

/** A store that can be cut off: then each call fails, as it does when nobody listens at the other end. */
export class UnreachableStore {
  isAway = false;
  readonly store: JobStore;

  constructor(behind: JobStore) {
    this.store = new Proxy(behind, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') {
          return member;
        }
        return async (...args: unknown[]): Promise<unknown> => {
          if (this.isAway && !LOCAL.includes(name)) {
            throw new Error('connect ECONNREFUSED');
          }
          return member.apply(target, args) as unknown;
        };
      },
    });
  }
}
