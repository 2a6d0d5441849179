import type { Figures } from '../harness/protocol.js';
import { StatementLog } from '../harness/statement-log.js';
import { Tally } from './tally.js';
import type { OpenWith } from './workload.js';
import { required } from './workload.js';

interface Settings {
  readonly count: number;
  /** A file for all statements that are sent, if they are to be kept. */
  readonly log?: string;
}

/** Adds due one-shot jobs, then lets this process run them. */
export async function drain(open: OpenWith, { count, log: file }: Settings): Promise<Figures> {
  const log = file === undefined ? null : StatementLog.begin();
  const tally = new Tally(count, () => log?.mark());
  const contestant = await open(() => tally.hit());
  const due = new Date();
  await required(contestant.addMany, 'add jobs')(Array.from({ length: count }, () => due));
  await contestant.start();
  await tally.complete;
  await contestant.settled?.();
  const figures = tally.figures();
  log?.mark();
  if (file !== undefined) {
    await log?.write(file);
  }
  await contestant.close();
  return figures;
}
