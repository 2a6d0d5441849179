import { hostname } from 'node:os';
import type { NodeAdvert } from '../../core/job-store.js';
import type { Dispatcher } from '../firing/dispatcher.js';
import type { TriggerCache } from '../firing/trigger-cache.js';
import type { SchedulerOptions } from '../scheduler.options.js';

/** What the nodes of a scheduler share. */
export interface NodeSurroundings {
  readonly options: SchedulerOptions;
  readonly dispatcher: Dispatcher;
  readonly triggers: TriggerCache;
}

/** What a node tells of itself when it joins a store. */
export function advertOf({ options, dispatcher }: NodeSurroundings): Omit<NodeAdvert, 'nodeId'> {
  return {
    host: hostname(),
    pid: process.pid,
    handlers: options.handlers.names(),
    executors: dispatcher.aliases,
  };
}
