import type { FireReply, WorkRequest } from '../../lib/core/fire.js';
import type {
  FinishReply,
  ReapReply,
  RunFence,
  RunOutcome,
  StartReply,
  TakeReply,
} from '../../lib/core/job-store.js';
import type { ClaimedRun, RunKey } from '../../lib/core/run.js';

/** A claim as the store gave it. */
export interface Claim {
  readonly number: number;
  readonly attempt: number;
  readonly nodeId: string;
  /** The process that it was given to. */
  readonly holder: unknown;
  /** Since when the store has the run running by this claim. */
  runningSince: number | null;
}

/** What the store has said of each run: to whom it gave it, and whose outcome it took. */
export class ClaimBook {
  private readonly claims = new Map<string, Claim[]>();
  private readonly recorded = new Map<string, Set<number>>();
  /** Nodes from which a run was taken, since they were dead. */
  private readonly takenFrom = new Map<string, Set<string>>();
  private readonly numbers = new Set<number>();
  private readonly breaches: string[] = [];

  /** Takes down what the store answered. */
  note(holder: unknown, now: number, name: string, args: readonly unknown[], reply: unknown): void {
    if (name === 'fire') {
      const { fired } = reply as FireReply;
      fired.forEach(({ claimed }) => this.given(holder, now, args[0] as WorkRequest, claimed));
    } else if (name === 'take') {
      this.given(holder, now, args[0] as WorkRequest, (reply as TakeReply).runs);
    } else if (name === 'start') {
      (args[1] as readonly RunFence[]).forEach((fence, index) => {
        if ((reply as StartReply).started[index]) {
          this.running(fence, now);
        }
      });
    } else if (name === 'finish') {
      (args[1] as readonly RunOutcome[]).forEach((outcome, index) => {
        if ((reply as FinishReply).recorded[index] === true) {
          addTo(this.recorded, keyOf(outcome), outcome.claim);
        }
      });
    } else if (name === 'reap') {
      (reply as ReapReply).runs.forEach((run) => addTo(this.takenFrom, keyOf(run), run.nodeId));
    }
  }

  /** The newest claim by which a process has a run for this attempt. */
  claimOf(holder: unknown, key: RunKey, attempt: number): Claim | undefined {
    return this.claims
      .get(keyOf(key))
      ?.findLast((claim) => claim.holder === holder && claim.attempt === attempt);
  }

  /** Whether the run has been taken from the node that made this claim, or is somebody else's by now. */
  isSuperseded(key: RunKey, claim: Claim): boolean {
    const newest = this.claims.get(keyOf(key))?.at(-1);
    return newest !== claim || (this.takenFrom.get(keyOf(key))?.has(claim.nodeId) ?? false);
  }

  /** Rule 3: of all claims of a run at most one outcome is recorded, never that of a superseded one. */
  breachesOfFencing(): string[] {
    const breaches = [...this.breaches];
    for (const [key, numbers] of this.recorded) {
      const claims = this.claims.get(key) ?? [];
      const newest = Math.max(...claims.map(({ number }) => number));
      if (numbers.size > 1) {
        breaches.push(`${key}: the outcomes of ${numbers.size} claims are recorded`);
      }
      for (const number of numbers) {
        const claim = claims.find((one) => one.number === number);
        if (number !== newest || (claim && this.takenFrom.get(key)?.has(claim.nodeId))) {
          breaches.push(`${key}: the outcome of a superseded claim is recorded`);
        }
      }
    }
    return breaches;
  }

  private given(
    holder: unknown,
    now: number,
    { nodeId }: WorkRequest,
    runs: readonly ClaimedRun[],
  ): void {
    for (const run of runs) {
      const { claim: number, attempt } = run;
      if (this.numbers.has(number)) {
        this.breaches.push(`${keyOf(run)}: claim ${number} was given twice`);
      }
      this.numbers.add(number);
      const runningSince = run.state === 'running' ? now : null;
      const claims = this.claims.get(keyOf(run)) ?? [];
      this.claims.set(keyOf(run), claims);
      claims.push({ number, attempt, nodeId, holder, runningSince });
    }
  }

  private running(fence: RunFence, now: number): void {
    const claim = this.claims.get(keyOf(fence))?.find(({ number }) => number === fence.claim);
    if (claim) {
      claim.runningSince ??= now;
    }
  }
}

function keyOf({ jobUid, scheduledAt, seq }: RunKey): string {
  return `run ${jobUid}/${scheduledAt}/${seq}`;
}

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}
