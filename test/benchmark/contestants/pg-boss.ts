import type { Contestant, Terms } from './contestant.js';
import { inChunks } from './in-chunks.js';
import { peer } from './peer.js';
import { untilGone } from './until-gone.js';

interface BossJob {
  readonly data: { readonly at: number };
}

interface Boss {
  on(event: 'error', listener: (error: Error) => void): void;
  start(): Promise<unknown>;
  stop(options: object): Promise<void>;
  createQueue(name: string): Promise<void>;
  send(name: string, data: object, options: object): Promise<unknown>;
  insert(name: string, jobs: readonly object[]): Promise<unknown>;
  work(name: string, options: object, handle: (jobs: BossJob[]) => Promise<void>): Promise<string>;
  getWipData(): readonly { readonly count: number }[];
}

interface PgBossModule {
  readonly PgBoss: new (options: object) => Boss;
}

/** Long batches, and the next one at once while they come back full; looks again as often as it allows. */
const SETTINGS = { batchSize: 1000, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };

const CHUNK = 5000;
const QUEUE = 'work';

/** This process does not work on it. */
const QUEUE_OF_OTHERS = 'elsewhere';

export async function openPgBoss({ url, ran }: Terms): Promise<Contestant> {
  const { PgBoss } = await peer<PgBossModule>('pg-boss');
  const boss = new PgBoss({ connectionString: url });
  boss.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
  await boss.start();
  await boss.createQueue(QUEUE);
  await boss.createQueue(QUEUE_OF_OTHERS);
  return {
    addOne: async (date) => {
      await boss.send(QUEUE, { at: date.getTime() }, { startAfter: date });
    },
    addMany: async (instants) => {
      for (const chunk of inChunks(instants.length, CHUNK, (index) => instants[index])) {
        await boss.insert(
          QUEUE,
          chunk.map((date) => ({ data: { at: date?.getTime() }, startAfter: date })),
        );
      }
    },
    // Its schedules know minutes at best.
    start: async () => {
      await boss.work(QUEUE, SETTINGS, async (jobs) => jobs.forEach(({ data }) => ran(data.at)));
    },
    settled: () => untilGone(async () => boss.getWipData().some(({ count }) => count > 0)),
    close: () => boss.stop({ graceful: false }),
  };
}
