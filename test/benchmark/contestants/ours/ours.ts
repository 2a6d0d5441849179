import pg from 'pg';
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
export async function openOurs({ url, ran }: Terms): Promise<Contestant> {
  const contestant = await openOn(typeormStore({ type: 'postgres', url }), ran);
  return { ...contestant, settled: () => untilAllEnded(url) };
}

async function untilAllEnded(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await untilGone(async () => {
    const { rows } = await client.query(
      "select 1 from scheduler.run where state in ('queued', 'running') limit 1",
    );
    return rows.length > 0;
  });
  await client.end();
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
    close: () => app.close(),
  };
}
