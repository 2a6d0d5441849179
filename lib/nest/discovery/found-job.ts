import type { ScheduleMetadata, TimeoutMetadata } from '../decorators/method.metadata.js';

/** A decorator that stands for a job. */
export interface FoundJob<M extends ScheduleMetadata | TimeoutMetadata> {
  /** The method, such as `ReportsService.daily`. */
  readonly source: string;
  /** Decorator, method and module, for errors. */
  readonly place: string;
  /** The id, unless the decorator gives one. */
  readonly defaultId: string;
  /** Name of the method as a handler. */
  readonly handler: string;
  readonly metadata: M;
}

export type FoundSchedule = FoundJob<ScheduleMetadata>;
export type FoundTimeout = FoundJob<TimeoutMetadata>;
