import type { DueJob, FireDecision } from '../../core/fire.js';
import { planJob } from './plan-job.js';
import type { TriggerCache } from './trigger-cache.js';

/** A job that no plan could be made for. */
export interface BrokenJob {
  readonly id: string;
  readonly version: number;
  readonly error: unknown;
}

/**
 * Plans a batch of due jobs, taking no more runs than this node has room for. A job whose trigger fails is set apart,
 * and the others go on.
 */
export class Planner {
  private readonly brokenJobs = new Map<string, BrokenJob>();

  /**
   * @param room how many further runs each executor takes, by alias
   * @param random gives numbers in [0, 1)
   */
  constructor(
    private readonly triggers: TriggerCache,
    private readonly room: ReadonlyMap<string, number>,
    private readonly random: () => number,
  ) {}

  /** Jobs that were found broken, by whichever call of `plan`. */
  get broken(): readonly BrokenJob[] {
    return [...this.brokenJobs.values()];
  }

  /** May be called several times, as `Plan` says: each call starts from the same room. */
  plan(jobs: readonly DueJob[], now: number): readonly FireDecision[] {
    const room = new Map(this.room);
    const decisions: FireDecision[] = [];
    for (const job of jobs) {
      const left = room.get(job.executor) ?? 0;
      const decision = this.planOne(job, now, left);
      if (decision) {
        decisions.push(decision);
        room.set(job.executor, left - claims(decision));
      }
    }
    return decisions;
  }

  private planOne(job: DueJob, now: number, room: number): FireDecision | null {
    try {
      const trigger = this.triggers.get(job.uid, job.version, job.trigger);
      return planJob(job, trigger, { now, hasRoom: room > 0, random: this.random });
    } catch (error) {
      this.brokenJobs.set(job.uid, { id: job.id, version: job.version, error });
      return null;
    }
  }
}

function claims({ runs }: FireDecision): number {
  return runs.filter(
    ({ state, behind }) => state === 'running' || (state === 'queued' && behind === null),
  ).length;
}
