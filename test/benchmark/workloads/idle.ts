import { setTimeout as pause } from 'node:timers/promises';
import type { Figures } from '../harness/protocol.js';
import { StatementCount } from '../harness/statement-count.js';
import type { OpenWith } from './workload.js';
import { required } from './workload.js';

interface Settings {
  readonly count: number;
  readonly seconds: number;
}

const HOUR_MS = 3_600_000;

/** What a start leaves to do is no idleness. */
const CALM_MS = 4000;

/** Adds jobs of which none is due for long, and looks what the scheduler does all the same. */
export async function idle(open: OpenWith, { count, seconds }: Settings): Promise<Figures> {
  const statements = new StatementCount();
  const contestant = await open(() => undefined);
  const date = new Date(Date.now() + HOUR_MS);
  const instants = Array.from({ length: count }, () => date);
  await required(contestant.addMany, 'add many jobs')(instants);
  await contestant.start();
  await pause(CALM_MS);
  const sentBefore = statements.sent;
  const cpu = process.cpuUsage();
  await pause(seconds * 1000);
  const { user, system } = process.cpuUsage(cpu);
  const perMinute = 60 / seconds;
  const sent = statements.sent - sentBefore;
  await contestant.close();
  return {
    statementsPerMinute: sent * perMinute,
    cpuSecondsPerMinute: ((user + system) / 1e6) * perMinute,
  };
}
