import type { JobDefinition, SchedulerService } from '../../../../lib/index.js';
import { at } from '../../../../lib/index.js';
import type { Figures } from '../../harness/protocol.js';
import { inChunks } from '../in-chunks.js';
import type { DrainSettings } from '../tally.js';
import { Tally } from '../tally.js';
import { untilGone } from '../until-gone.js';
import { createApplication, storeAt } from './application.js';
import { StatementLog } from './statement-log.js';

interface Settings extends DrainSettings {
  /** A file for all statements that are sent, if they are to be kept. */
  readonly log?: string;
}

const CHUNK = 5000;

/** Adds due one-shot jobs, and lets one process run them. */
export async function drain({ url, count, log: file }: Settings): Promise<Figures> {
  const log = file === undefined ? null : StatementLog.begin();
  const tally = new Tally(count, () => log?.mark());
  const { app, scheduler } = await createApplication(storeAt(url), () => tally.hit());
  await addDueJobs(scheduler, count);
  await scheduler.start();
  await tally.complete;
  await untilGone(() => hasLiveRuns(scheduler));
  const figures = tally.figures();
  log?.mark();
  if (file !== undefined) {
    await log?.write(file);
  }
  await app.close();
  return figures;
}

async function addDueJobs(scheduler: SchedulerService, count: number): Promise<void> {
  const trigger = at(new Date());
  const make = (index: number): JobDefinition => ({ id: `job-${index}`, handler: 'work', trigger });
  for (const jobs of inChunks(count, CHUNK, make)) {
    await scheduler.addJobs(jobs);
  }
}

async function hasLiveRuns(scheduler: SchedulerService): Promise<boolean> {
  const { items } = await scheduler.getRuns({ state: ['queued', 'running'], limit: 1 });
  return items.length > 0;
}
