import type { JobProgress, JobRecord } from '../../core/job.js';
import type { Trigger } from '../../core/trigger.js';

/** Where a job stands that is planned from now on. */
export type Planned = Pick<JobProgress, 'state' | 'nextFireAt' | 'error'>;

/** First instant of a job that is planned anew: from `now` on, and never one that the job has passed already. */
function nextInstant(trigger: Trigger, now: number, watermark: number | null): number | null {
  const first = trigger.first(new Date(now))?.getTime() ?? null;
  if (first === null || watermark === null || first > watermark) {
    return first;
  }
  return trigger.next(new Date(watermark))?.getTime() ?? null;
}

/** Plans a job anew; without a further instant it is finished. */
export function replanned(
  trigger: Trigger,
  now: number,
  job?: Pick<JobRecord, 'lastFireAt' | 'fireCount'>,
): Planned {
  const spent = trigger.maxFires !== null && (job?.fireCount ?? 0) >= trigger.maxFires;
  return standing(spent ? null : nextInstant(trigger, now, job?.lastFireAt ?? null));
}

/** An active job with this next instant, or a finished one. */
export function standing(nextFireAt: number | null): Planned {
  return { state: nextFireAt === null ? 'finished' : 'active', nextFireAt, error: null };
}

export const PAUSED: Planned = { state: 'paused', nextFireAt: null, error: null };
