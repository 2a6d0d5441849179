import type { JobDefinition, JobStore, TriggerInput } from '../../../../lib/index.js';
import { at, cron, memoryStore } from '../../../../lib/index.js';
import { typeormStore } from '../../../../lib/stores/typeorm/index.js';
import type { Contestant, Terms } from '../contestant.js';
import { inChunks } from '../in-chunks.js';
import { untilGone } from '../until-gone.js';
import { createApplication } from './application.js';

const CHUNK = 5000;

function job(trigger: TriggerInput): JobDefinition {
  return { handler: 'work', trigger };
}

/** The same without a database. */
export function openOursInMemory({ ran }: Terms): Promise<Contestant> {
  return openOn(memoryStore(), ran);
}

/** This project, as an application has it: its Nest module, its history, all its guarantees. */
export function openOurs({ url, ran }: Terms): Promise<Contestant> {
  return openOn(typeormStore({ type: 'postgres', url }), ran);
}

async function openOn(store: JobStore, ran: Terms['ran']): Promise<Contestant> {
  const { app, scheduler } = await createApplication(store, (context) =>
    ran(context.scheduledAt.getTime()),
  );
  const addAll = async (triggers: readonly TriggerInput[]): Promise<void> => {
    for (const chunk of inChunks(triggers.length, CHUNK, (index) => triggers[index])) {
      await scheduler.addJobs(chunk.flatMap((trigger) => (trigger ? job(trigger) : [])));
    }
  };
  return {
    addOne: async (date) => void (await scheduler.addJob(job(at(date)))),
    addMany: (instants) => addAll(instants.map((date) => at(date))),
    addEverySecond: (count) => addAll(Array.from({ length: count }, () => cron('* * * * * *'))),
    start: () => scheduler.start(),
    settled: () =>
      untilGone(async () => {
        const live = await scheduler.getRuns({ state: ['queued', 'running'], limit: 1 });
        return live.items.length > 0;
      }),
    close: () => app.close(),
  };
}
