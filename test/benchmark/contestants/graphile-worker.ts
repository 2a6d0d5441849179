import type { Contestant, Terms } from './contestant.js';
import { inChunks } from './in-chunks.js';
import { peer } from './peer.js';

interface JobSpec {
  readonly identifier: string;
  readonly payload: object;
  readonly runAt: Date;
}

interface GraphileWorker {
  readonly Logger: new (factory: () => () => void) => object;
  readonly makeWorkerUtils: (options: object) => Promise<{
    migrate(): Promise<void>;
    addJob(identifier: string, payload: object, spec: object): Promise<unknown>;
    addJobs(jobs: readonly JobSpec[]): Promise<unknown>;
    release(): Promise<void>;
  }>;
  readonly run: (options: object) => Promise<{ stop(): Promise<void> }>;
}

const SETTINGS = {
  /** What its page about performance measures with, under "With batching". */
  throughput: {
    concurrentJobs: 24,
    maxPoolSize: 25,
    localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
    completeJobBatchDelay: 0,
    failJobBatchDelay: 0,
  },
  /** It finds jobs of later by looking for them, every 2 s by default. */
  punctuality: { concurrentJobs: 24, maxPoolSize: 25, pollInterval: 100 },
};

const CHUNK = 5000;

export async function openGraphileWorker({ url, aim, ran }: Terms): Promise<Contestant> {
  const { Logger, makeWorkerUtils, run } = await peer<GraphileWorker>('graphile-worker');
  const logger = new Logger(() => () => undefined);
  const tools = await makeWorkerUtils({ connectionString: url, logger });
  await tools.migrate();
  let runner: { stop(): Promise<void> } | undefined;
  const stop = async (): Promise<void> => {
    await runner?.stop();
    runner = undefined;
  };
  return {
    addOne: async (date) => {
      await tools.addJob('work', { at: date.getTime() }, { runAt: date });
    },
    addMany: async (instants) => {
      for (const chunk of inChunks(instants.length, CHUNK, (index) => instants[index])) {
        await tools.addJobs(chunk.flatMap((date) => (date ? jobAt(date) : [])));
      }
    },
    // Its crontab knows minutes at best.
    start: async () => {
      runner = await run({
        logger,
        noHandleSignals: true,
        taskList: { work: ({ at }: { readonly at: number }) => ran(at) },
        preset: { worker: { connectionString: url, ...SETTINGS[aim] } },
      });
    },
    // It stops when what is done has been deleted.
    settled: stop,
    close: async () => {
      await stop();
      await tools.release();
    },
  };
}

function jobAt(date: Date): JobSpec {
  return { identifier: 'work', payload: { at: date.getTime() }, runAt: date };
}
