import type { JobDefinition } from '../../engine/definition/job-definition.js';

/**
 * A job to add, its arguments checked against the handler where that is a `handlerRef`.
 *
 * @publicApi
 */
export type TypedJobDefinition<A extends readonly unknown[]> = Omit<
  JobDefinition,
  'handler' | 'args'
> & {
  /** Name of a registered handler, or a reference to one. */
  readonly handler: JobDefinition<A>['handler'];
  /** Passed to the handler, before the context. JSON. */
  readonly args?: NoInfer<A>;
};
