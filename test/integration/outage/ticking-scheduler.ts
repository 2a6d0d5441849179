import type { EventOf, SchedulerEventType } from '../../../lib/index.js';
import { cron } from '../../../lib/triggers/index.js';
import { RealScheduler } from '../../support/cluster/real-scheduler.js';
import { rowsOf } from '../../support/cluster/rows.js';
import { until } from '../../support/cluster/until.js';

interface Refusal {
  readonly code: string | undefined;
  readonly message: string;
  readonly ms: number;
}

/** Seconds since 1970; of a record of several instants, the first and the last. */
interface TickRecord {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A scheduler in this process with a job that is due every second, on a database that a test takes away from it. */
export class TickingScheduler {
  private constructor(
    private readonly real: RealScheduler,
    private readonly url: string,
  ) {}

  static async start(url: string): Promise<TickingScheduler> {
    const real = await RealScheduler.start('postgres', { url, handlers: { tick: () => 'tock' } });
    await real.test.scheduler.operations.addJob({
      id: 'tick',
      handler: 'tick',
      trigger: cron('* * * * * *'),
    });
    const ticking = new TickingScheduler(real, url);
    await ticking.goesOn();
    return ticking;
  }

  told<T extends SchedulerEventType>(type: T): EventOf<T>[] {
    return this.real.test.ofType(type);
  }

  /** Waits for runs of instants to come. */
  async goesOn(): Promise<void> {
    const now = Date.now();
    const ticked = (): number =>
      this.told('job.executed').filter(({ scheduledAt }) => scheduledAt.getTime() > now).length;
    await until('it ticks', () => ticked() >= 3);
  }

  /** Waits until the scheduler has told that the store is away, and gives the reason. */
  async finds(away: 'away' | 'back', times = 1): Promise<string> {
    const type = away === 'away' ? 'store.unavailable' : 'store.recovered';
    await until(type, () => this.told(type).length >= times);
    return this.told('store.unavailable').at(-1)?.error.message ?? '';
  }

  /** What a caller gets who adds a job, and after how long. */
  async refusal(): Promise<Refusal> {
    const begun = performance.now();
    const trigger = cron('0 0 1 1 *');
    const error: unknown = await this.real.test.scheduler.operations
      .addJob({ id: 'refused', handler: 'tick', trigger })
      .then(
        () => new Error('answered'),
        (reason: unknown) => reason,
      );
    const { code, message } = error as Error & { code?: string };
    return { code, message, ms: performance.now() - begun };
  }

  /** What stands between one record and the next: nothing, if each second is in exactly one. */
  async gaps(): Promise<number[]> {
    const records = await rowsOf<TickRecord>(
      this.url,
      `select extract(epoch from r.scheduled_at)::float8 as "from",
         extract(epoch from coalesce(r.until, r.scheduled_at))::float8 as "to", r.count::integer as count
       from scheduler.run r join scheduler.job j on j.uid = r.job_uid
       where j.id = 'tick' and r.seq = 0 order by r.scheduled_at`,
    );
    return records.flatMap(({ from, to, count }, index) => {
      const expected = index === 0 ? from : (records[index - 1]?.to ?? 0) + 1;
      return from === expected && to === from + count - 1 ? [] : [from];
    });
  }

  stop(): Promise<void> {
    return this.real.stop();
  }
}
