import type { Edit } from '../../core/job-store.js';
import type { Trigger, TriggerJson } from '../../core/trigger.js';
import { sameTrigger } from '../definition/fingerprint.js';
import type { PreparedChanges, PreparedJob } from '../definition/job-factory.js';
import { PAUSED, replanned, standing } from '../definition/planning.js';

/** What edits do to triggers. */
export interface TriggerTools {
  /** Makes the trigger of a stored form. */
  read(json: TriggerJson): Trigger;
  /** Fixes a trigger's zone and anchor at the time of the edit. */
  bind(trigger: Trigger, now: number): Trigger;
}

/** Stops an active job from firing. Others do not fire anyway. */
export const pause: Edit = (job) => (job.state === 'active' ? PAUSED : null);

/**
 * Lets a paused or parked job fire again, from now on: what fell into the pause is not made up for, except the one
 * date of a job that has no other.
 */
export function resume(tools: TriggerTools): Edit {
  return (job, now) =>
    job.state === 'paused' || job.state === 'parked'
      ? replanned(tools.read(job.trigger), now, job)
      : null;
}

/** Changes what is given. A new trigger plans anew, but ends no pause; a next instant by itself does. */
export function modify(
  { trigger, nextFireAt, ...spec }: PreparedChanges,
  tools: TriggerTools,
): Edit {
  return (job, now) => {
    const bound = trigger && tools.bind(trigger, now);
    return {
      ...spec,
      ...(bound && { trigger: bound.toJSON() }),
      ...(bound && job.state !== 'paused' && replanned(bound, now, job)),
      ...(nextFireAt === null && PAUSED),
      ...(typeof nextFireAt === 'number' && standing(nextFireAt)),
    };
  };
}

/**
 * Makes a job what its definition says now. The same definition changes nothing; with the same trigger the next
 * instant stays, and a pause stays in any case, unless the definition itself says where the job stands. A parked job
 * is mended.
 */
export function redefine({ job: definition, isPlaced }: PreparedJob, tools: TriggerTools): Edit {
  const { state, nextFireAt, error, lastFireAt: _, fireCount: __, ...fields } = definition;
  return (job, now) => {
    const origin = job.origin === 'code' ? job.origin : fields.origin;
    const spec = { ...fields, origin };
    if (isPlaced) {
      return { ...spec, state, nextFireAt, error };
    }
    // What is stored of a parked job is broken, whatever it was made from.
    const isSound = job.state !== 'parked';
    if (isSound && job.fingerprint === definition.fingerprint && job.origin === origin) {
      return null;
    }
    if (isSound && sameTrigger(job.fingerprint, definition.fingerprint)) {
      return { ...spec, trigger: job.trigger };
    }
    const stays = job.state === 'paused' ? PAUSED : null;
    return { ...spec, ...(stays ?? replanned(tools.read(spec.trigger), now, job)) };
  };
}
