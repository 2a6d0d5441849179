import { NodeLostError } from '../../core/errors/node-lost.error.js';
import type { FiredJob, FireReply, WorkRequest } from '../../core/fire.js';
import type { JobStore, RunFence } from '../../core/job-store.js';
import type { ClaimedRun, RunError } from '../../core/run.js';
import type { BrokenJob } from '../firing/planner.js';
import { Planner } from '../firing/planner.js';
import { toRunError } from '../firing/run-error.js';
import type { Lead } from './lead.js';
import type { OutageGuard } from './outage-guard.js';
import type { LookReply, PumpWork } from './pump.js';
import type { NodeSurroundings } from './node-surroundings.js';

/** Most jobs or runs that are taken in one transaction. */
const MOST_JOBS = 1000;

/** Who is told what was found. */
export interface FinderListener {
  /** The fences of what is held in a node's name. */
  held(nodeId: string): readonly RunFence[];
  onFired(fired: FiredJob): void;
  onClaimed(nodeId: string, run: ClaimedRun): void;
  onParked(jobId: string, error: RunError): void;
  /** The store has answered a question that was sent then, by the monotonic clock. */
  onAnswered(sentAt: number): void;
  /** The store says that the node was declared dead. */
  onLost(): void;
}

/** Fires due jobs and takes free runs, as many as there is room for. */
export class WorkFinder implements PumpWork {
  /** Executors that the last look left out, or had too little room for. */
  private unserved: readonly string[] = [];
  /** A call that claims has failed: perhaps only its reply was lost. */
  private inDoubt = false;

  constructor(
    private readonly store: JobStore,
    private readonly guard: OutageGuard,
    private readonly around: NodeSurroundings,
    private readonly lead: Lead,
    private readonly nodeId: () => string,
    private readonly listener: FinderListener,
  ) {}

  isHungry(): boolean {
    const room = this.around.dispatcher.room();
    return this.unserved.some((alias) => room.has(alias));
  }

  async look(): Promise<LookReply | null> {
    const room = this.around.dispatcher.room();
    this.unserved = this.around.dispatcher.aliases.filter((alias) => !room.has(alias));
    const request = this.request(room);
    if (!request) {
      return null;
    }
    try {
      return await this.lookFor(request, room);
    } catch (error) {
      if (error instanceof NodeLostError) {
        this.listener.onLost();
        return null;
      }
      throw error;
    }
  }

  private async lookFor(
    request: WorkRequest,
    room: ReadonlyMap<string, number>,
  ): Promise<LookReply> {
    const { clock } = this.around.options;
    const planner = new Planner(this.around.triggers, room, () => clock.random());
    const begunAt = clock.monotonic();
    const reply = await this.claiming(request.nodeId, () =>
      this.store.fire(request, (jobs, now) => planner.plan(jobs, now)),
    );
    if (reply.fired.length > 0) {
      this.lead.observe(clock.monotonic() - begunAt);
    }
    for (const fired of reply.fired) {
      this.listener.onFired(fired);
      fired.claimed.forEach((run) => this.listener.onClaimed(request.nodeId, run));
    }
    for (const job of planner.broken) {
      await this.park(job);
    }
    const taken = await this.takeReady(reply);
    if (reply.full) {
      this.unserved = this.around.dispatcher.aliases;
    }
    return { ...reply, progress: reply.fired.length + planner.broken.length + taken > 0 };
  }

  /** Takes runs that nobody holds, if some are within reach. */
  private async takeReady({ now, nextReadyAt }: FireReply): Promise<number> {
    const request = this.request(this.around.dispatcher.room());
    if (!request || nextReadyAt === null || nextReadyAt > now + request.lead) {
      return 0;
    }
    const { runs } = await this.claiming(request.nodeId, () => this.store.take(request));
    runs.forEach((run) => this.listener.onClaimed(request.nodeId, run));
    return runs.length;
  }

  /**
   * Makes a call that claims runs, for as long as it takes. After one that failed, what the store has in the node's name
   * and the node knows nothing of is given back first: nobody else would ever run it.
   */
  private claiming<T>(nodeId: string, body: () => Promise<T>): Promise<T> {
    return this.guard.call(async () => {
      if (this.inDoubt) {
        await this.store.disown(nodeId, this.listener.held(nodeId));
      }
      this.inDoubt = true;
      const sentAt = this.around.options.clock.monotonic();
      const result = await body();
      this.inDoubt = false;
      this.listener.onAnswered(sentAt);
      return result;
    });
  }

  private request(room: ReadonlyMap<string, number>): WorkRequest | null {
    const { handlers } = this.around.options;
    let places = 0;
    for (const left of room.values()) {
      places += left;
    }
    return places === 0
      ? null
      : {
          nodeId: this.nodeId(),
          handlers: handlers.names(),
          executors: [...room.keys()],
          limit: Math.min(MOST_JOBS, places),
          lead: this.lead.ms,
        };
  }

  /** Sets a job aside that cannot be planned, unless it was edited meanwhile. */
  private async park({ id, version, error }: BrokenJob): Promise<void> {
    const runError = toRunError(error);
    const parked = await this.guard.call(() =>
      this.store.editJob(id, (job) =>
        job.version === version
          ? { state: 'parked', nextFireAt: null, error: runError.message }
          : null,
      ),
    );
    if (parked?.state === 'parked') {
      this.listener.onParked(id, runError);
    }
  }
}
