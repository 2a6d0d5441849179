import type { NewJob } from '../../lib/core/job.js';

/** A job to store, of which a test says only what it is about. Without an instant it is finished. */
export function newJob(id: string, fields: Partial<NewJob> = {}): NewJob {
  return {
    id,
    name: id,
    handler: 'a',
    executor: 'default',
    args: [],
    trigger: { type: 'date', version: 1, runDate: '2026-01-05T00:00:00.000Z' },
    priority: 0,
    coalesce: 'latest',
    overlap: 'skip',
    maxInstances: 1,
    misfireGraceTime: null,
    maxCatchUp: 100,
    recovery: 'rerun',
    tags: [],
    metadata: {},
    origin: 'api',
    fingerprint: null,
    state: (fields.nextFireAt ?? null) === null ? 'finished' : 'active',
    error: null,
    nextFireAt: null,
    lastFireAt: null,
    fireCount: 0,
    ...fields,
  };
}
