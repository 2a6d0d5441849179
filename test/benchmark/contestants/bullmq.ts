import type { Contestant, Terms } from './contestant.js';
import { inChunks } from './in-chunks.js';
import { peer } from './peer.js';
import { untilGone } from './until-gone.js';

interface QueuedJob {
  readonly data: { readonly at?: number };
}

interface Queue {
  add(name: string, data: object, options: object): Promise<unknown>;
  addBulk(jobs: readonly object[]): Promise<unknown>;
  upsertJobScheduler(id: string, repeat: object, template: object): Promise<unknown>;
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

type Work = (job: QueuedJob) => Promise<void>;

interface BullMq {
  readonly Queue: new (name: string, options: object) => Queue;
  readonly Worker: new (name: string, work: Work, options: object) => Worker;
}

/** What its documentation names for handlers that mostly wait. */
const CONCURRENCY = 100;

const CHUNK = 5000;
const SCHEDULES_AT_ONCE = 100;

export async function openBullMq({ redisUrl, ran }: Terms): Promise<Contestant> {
  const { Queue, Worker } = await peer<BullMq>('bullmq');
  // It asks that of the connections of workers.
  const connection = { url: redisUrl, maxRetriesPerRequest: null };
  const name = `bench-${process.pid}`;
  const queue = new Queue(name, { connection });
  const worker = new Worker(name, async ({ data }) => ran(data.at ?? null), {
    connection,
    concurrency: CONCURRENCY,
    autorun: false,
  });
  worker.on('error', (error) => process.stderr.write(`bullmq: ${error.message}\n`));
  return {
    addOne: async (date) => {
      await queue.add('work', { at: date.getTime() }, delayUntil(date));
    },
    addMany: async (instants) => {
      for (const chunk of inChunks(instants.length, CHUNK, (index) => instants[index])) {
        await queue.addBulk(
          chunk.flatMap((date) =>
            date ? { name: 'work', data: { at: date.getTime() }, opts: delayUntil(date) } : [],
          ),
        );
      }
    },
    addEverySecond: async (count) => {
      for (const chunk of inChunks(count, SCHEDULES_AT_ONCE, (index) => `every-second-${index}`)) {
        await Promise.all(
          chunk.map((id) =>
            queue.upsertJobScheduler(id, { pattern: '* * * * * *' }, { name: 'work', data: {} }),
          ),
        );
      }
    },
    start: async () => {
      await worker.waitUntilReady();
      void worker.run();
    },
    settled: () => untilGone(async () => (await queue.getActiveCount()) > 0),
    close: async () => {
      await worker.close();
      await queue.obliterate({ force: true });
      await queue.close();
    },
  };
}

function delayUntil(date: Date): object {
  return { delay: Math.max(0, date.getTime() - Date.now()) };
}
