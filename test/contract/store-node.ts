import type { FireReply, NodeSkills, Plan, WorkRequest } from '../../lib/core/fire.js';
import type {
  BeatReply,
  FinishReply,
  JobStore,
  RunFence,
  RunOutcome,
  StartReply,
  TakeReply,
} from '../../lib/core/job-store.js';
import type { ClaimedRun } from '../../lib/core/run.js';

/** A node as the scheduler would be one, step by step. */
export class StoreNode {
  constructor(
    readonly store: JobStore,
    readonly id: string,
    private readonly skills: Pick<WorkRequest, 'handlers' | 'executors'>,
  ) {}

  get advert(): NodeSkills {
    return { nodeId: this.id, ...this.skills };
  }

  beat(ttl: number): Promise<BeatReply> {
    return this.store.beat(this.advert, ttl);
  }

  request(changes: Partial<WorkRequest> = {}): WorkRequest {
    return { ...this.advert, limit: 1000, lead: 0, ...changes };
  }

  fire(plan: Plan, changes?: Partial<WorkRequest>): Promise<FireReply> {
    return this.store.fire(this.request(changes), plan);
  }

  /** Fires and gives the runs that it holds then. */
  async claim(plan: Plan, changes?: Partial<WorkRequest>): Promise<ClaimedRun[]> {
    const { fired } = await this.fire(plan, changes);
    return fired.flatMap((job) => job.claimed);
  }

  take(changes?: Partial<WorkRequest>): Promise<TakeReply> {
    return this.store.take(this.request(changes));
  }

  start(runs: readonly RunFence[]): Promise<StartReply> {
    return this.store.start(this.id, runs.map(toFence));
  }

  release(runs: readonly RunFence[]): Promise<void> {
    return this.store.release(this.id, runs.map(toFence));
  }

  finish(runs: readonly RunFence[], outcome: Partial<RunOutcome> = {}): Promise<FinishReply> {
    return this.store.finish(
      this.id,
      runs.map((run) => ({
        ...toFence(run),
        state: 'succeeded',
        startedAt: run.scheduledAt,
        finishedAt: run.scheduledAt + 5,
        result: null,
        error: null,
        reason: null,
        ...outcome,
      })),
    );
  }
}

function toFence({ jobUid, scheduledAt, seq, claim }: RunFence): RunFence {
  return { jobUid, scheduledAt, seq, claim };
}
