import type { Figures } from '../harness/protocol.js';
import type { Contestant } from './contestant.js';
import { inChunks } from './in-chunks.js';
import { peer } from './peer.js';
import type { DrainSettings } from './tally.js';
import { Tally } from './tally.js';
import { untilGone } from './until-gone.js';

interface Boss {
  on(event: 'error', listener: (error: Error) => void): void;
  start(): Promise<unknown>;
  stop(options: object): Promise<void>;
  createQueue(name: string, options?: object): Promise<void>;
  insert(name: string, jobs: readonly object[]): Promise<unknown>;
  work(name: string, options: object, handler: (jobs: unknown[]) => Promise<void>): Promise<string>;
  getQueueStats(name: string, options?: object): Promise<unknown>;
  findJobs(name: string, options: object): Promise<unknown[]>;
  getWipData(): { count: number }[];
}

interface PgBossModule {
  readonly PgBoss: new (options: object) => Boss;
}

/** Its fastest: long batches, and the next at once while they come back full. */
const BATCHED = {
  batchSize: 1000,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
};

const CHUNK = 5000;
const QUEUE = 'work';

async function open(url: string): Promise<Boss> {
  const { PgBoss } = await peer<PgBossModule>('pg-boss');
  const boss = new PgBoss({ connectionString: url });
  boss.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
  await boss.start();
  await boss.createQueue(QUEUE);
  return boss;
}

async function drain({ url, count }: DrainSettings): Promise<Figures> {
  const boss = await open(url);
  for (const jobs of inChunks(count, CHUNK, (n) => ({ data: { n } }))) {
    await boss.insert(QUEUE, jobs);
  }
  const tally = new Tally(count);
  await boss.work(QUEUE, BATCHED, async (jobs) => tally.hit(jobs.length));
  await tally.complete;
  await untilGone(async () => boss.getWipData().some((worker) => worker.count > 0));
  const figures = tally.figures();
  await boss.stop({ graceful: false });
  return figures;
}

export const pgBoss = { drain } satisfies Contestant;
