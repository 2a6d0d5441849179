import type { SchedulerEvent, SchedulerService } from '../../../lib/index.js';

/** What a test asks of an application process. */
export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** An error of the application: what the channel carries of it. */
export interface ErrorFields {
  readonly name: string;
  readonly code: string | undefined;
  readonly message: string;
}

/** What an application process says. */
export type Message =
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly event: SchedulerEvent }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorFields };

/** The operations of the scheduler that a test can call in an application process. */
export type Operations = {
  readonly [
    K in keyof SchedulerService as SchedulerService[K] extends (
      ...args: never[]
    ) => Promise<unknown>
      ? K
      : never
  ]: SchedulerService[K] extends (...args: infer A) => Promise<infer R>
    ? (...args: A) => Promise<Plain<R>>
    : never;
};

/** What is left of a value on its way through the channel: its data. */
type Plain<T> = T extends Date
  ? Date
  : T extends readonly (infer I)[]
    ? readonly Plain<I>[]
    : T extends object
      ? {
          readonly [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: Plain<
            T[K]
          >;
        }
      : T;
