import type { Figures } from '../harness/protocol.js';
import type { Contestant } from './contestant.js';
import { inChunks } from './in-chunks.js';
import { peer } from './peer.js';
import type { DrainSettings } from './tally.js';
import { Tally } from './tally.js';
import { untilGone } from './until-gone.js';

interface Queue {
  addBulk(jobs: readonly object[]): Promise<unknown>;
  getActiveCount(): Promise<number>;
  obliterate(options: object): Promise<void>;
  close(): Promise<void>;
}

interface Worker {
  on(event: 'error', listener: (error: Error) => void): void;
  waitUntilReady(): Promise<unknown>;
  run(): Promise<void>;
  close(): Promise<void>;
}

interface BullMq {
  readonly Queue: new (name: string, options: object) => Queue;
  readonly Worker: new (name: string, work: () => Promise<void>, options: object) => Worker;
}

/** What its documentation and its own benchmarks use for handlers that only wait. */
const CONCURRENCY = 100;

const CHUNK = 5000;

function connectionTo(redisUrl: string): object {
  // What its documentation asks of connections of workers.
  return { url: redisUrl, maxRetriesPerRequest: null };
}

async function drain({ redisUrl, count }: DrainSettings): Promise<Figures> {
  const { Queue, Worker } = await peer<BullMq>('bullmq');
  const connection = connectionTo(redisUrl);
  const name = `bench-${process.pid}`;
  const queue = new Queue(name, { connection });
  for (const jobs of inChunks(count, CHUNK, (n) => ({ name: 'work', data: { n } }))) {
    await queue.addBulk(jobs);
  }
  const tally = new Tally(count);
  const worker = new Worker(name, async () => tally.hit(), {
    connection,
    concurrency: CONCURRENCY,
    autorun: false,
  });
  worker.on('error', (error) => process.stderr.write(`bullmq: ${error.message}\n`));
  await worker.waitUntilReady();
  void worker.run();
  await tally.complete;
  await untilGone(async () => (await queue.getActiveCount()) > 0);
  const figures = tally.figures();
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  return figures;
}

export const bullmq = { drain } satisfies Contestant;
