import pg from 'pg';
import type { Figures } from '../harness/protocol.js';
import type { Contestant } from './contestant.js';
import { inChunks } from './in-chunks.js';
import { peer } from './peer.js';
import type { DrainSettings } from './tally.js';
import { Tally } from './tally.js';
import { untilGone } from './until-gone.js';

interface JobSpec {
  readonly identifier: string;
  readonly payload: object;
  readonly runAt?: Date;
}

interface GraphileWorker {
  readonly Logger: new (factory: () => () => void) => object;
  readonly makeWorkerUtils: (options: object) => Promise<{
    migrate(): Promise<void>;
    addJobs(jobs: readonly JobSpec[]): Promise<unknown>;
    release(): Promise<void>;
  }>;
  readonly run: (options: object) => Promise<{ stop(): Promise<void> }>;
}

/** What its page about performance measures with, the settings for throughput: "With batching". */
const BATCHED = {
  concurrentJobs: 24,
  maxPoolSize: 25,
  localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
};

const CHUNK = 5000;

async function drain({ url, count }: DrainSettings): Promise<Figures> {
  const { Logger, makeWorkerUtils, run } = await peer<GraphileWorker>('graphile-worker');
  const logger = new Logger(() => () => undefined);
  const tools = await makeWorkerUtils({ connectionString: url, logger });
  await tools.migrate();
  for (const jobs of inChunks(count, CHUNK, (n) => ({ identifier: 'work', payload: { n } }))) {
    await tools.addJobs(jobs);
  }
  await tools.release();
  const tally = new Tally(count);
  const runner = await run({
    logger,
    noHandleSignals: true,
    taskList: { work: () => tally.hit() },
    preset: { worker: { connectionString: url, ...BATCHED } },
  });
  await tally.complete;
  await untilDone(url);
  const figures = tally.figures();
  await runner.stop();
  return figures;
}

/** It deletes what is done. */
async function untilDone(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await untilGone(async () => {
    const { rows } = await client.query('select 1 from graphile_worker._private_jobs limit 1');
    return rows.length > 0;
  });
  await client.end();
}

export const graphileWorker = { drain } satisfies Contestant;
