/** One contestant at one workload: `Bench` starts this, with an `Order` as its argument. */
import { CONTESTANTS } from '../contestants/contestants.js';
import { replay } from '../workloads/replay.js';
import { WORKLOADS } from '../workloads/workloads.js';
import type { Answer, Figures, Order } from './protocol.js';

/** It opens nothing: it sends what another one sent. */
const REPLAY = 'replay';

async function work({ contestant, workload, settings }: Order): Promise<Figures> {
  if (workload === REPLAY) {
    return replay(settings as never);
  }
  const open = await CONTESTANTS[contestant]?.();
  const run = WORKLOADS[workload];
  if (!open || !run) {
    throw new Error(`There is no contestant ${contestant}, or no workload ${workload}.`);
  }
  const { url, redisUrl } = settings as { readonly url: string; readonly redisUrl: string };
  return run((ran, aim = 'throughput') => open({ url, redisUrl, aim, ran }), settings as never);
}

async function answer(order: Order): Promise<Answer> {
  try {
    return { figures: await work(order) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// Some libraries leave something running that would keep the process alive.
process.send?.(await answer(JSON.parse(process.argv[2] ?? '{}') as Order), () => process.exit());
