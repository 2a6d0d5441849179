import type { Dispatcher } from '../firing/dispatcher.js';
import type { TriggerCache } from '../firing/trigger-cache.js';
import type { SchedulerOptions } from '../scheduler.options.js';

/** What the nodes of a scheduler share. */
export interface NodeSurroundings {
  readonly options: SchedulerOptions;
  readonly dispatcher: Dispatcher;
  readonly triggers: TriggerCache;
}
