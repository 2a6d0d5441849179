import type { DueJob } from '../../lib/core/fire.js';

/** A due job with sensible fields, for tests of planning. */
export function dueJob(fields: Partial<DueJob> = {}): DueJob {
  return {
    uid: '1',
    id: 'job',
    version: 1,
    handler: 'work',
    executor: 'default',
    trigger: { type: 'interval', version: 1, seconds: 10 },
    origin: 'api',
    createdAt: 0,
    lastFireAt: null,
    fireCount: 0,
    coalesce: 'latest',
    overlap: 'skip',
    maxInstances: 1,
    misfireGraceTime: null,
    maxCatchUp: 100,
    recovery: 'rerun',
    liveRuns: 0,
    waitingRuns: 0,
    nextFireAt: 0,
    openSkipAt: null,
    ...fields,
  };
}
