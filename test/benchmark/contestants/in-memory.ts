import type { Contestant, Terms } from './contestant.js';
import { peer } from './peer.js';

/** How to have `work` called at each whole second. */
type Every = (work: () => void) => void;

interface Cron {
  readonly CronJob: new (time: string, work: () => void) => { start(): void };
}

interface Croner {
  readonly Cron: new (time: string, work: () => void) => unknown;
}

interface NodeSchedule {
  readonly default: { scheduleJob(time: string, work: () => void): unknown };
}

const EACH_SECOND = '* * * * * *';

/** Libraries that keep jobs in memory, as each one's first example does it. */
function openInMemory(every: Every, { ran }: Terms): Contestant {
  return {
    addEverySecond: async (count) => {
      for (let added = 0; added < count; added += 1) {
        every(() => ran(null));
      }
    },
    start: async () => undefined,
    close: async () => undefined,
  };
}

export async function openCron(terms: Terms): Promise<Contestant> {
  const { CronJob } = await peer<Cron>('cron');
  return openInMemory((work) => new CronJob(EACH_SECOND, work).start(), terms);
}

export async function openCroner(terms: Terms): Promise<Contestant> {
  const { Cron } = await peer<Croner>('croner');
  return openInMemory((work) => new Cron(EACH_SECOND, work), terms);
}

export async function openNodeSchedule(terms: Terms): Promise<Contestant> {
  const { default: schedule } = await peer<NodeSchedule>('node-schedule');
  return openInMemory((work) => schedule.scheduleJob(EACH_SECOND, work), terms);
}
