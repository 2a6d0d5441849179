/** One contestant at one workload: `ContestantProcess` starts this, with an `Order` as its argument. */
import { CONTESTANTS } from '../contestants/contestants.js';
import type { Answer, Order } from './protocol.js';

async function answer(): Promise<Answer> {
  const { contestant, workload, settings } = JSON.parse(process.argv[2] ?? '{}') as Order;
  const workloads = await CONTESTANTS[contestant]?.();
  const work = workloads?.[workload];
  if (!work) {
    return { error: `${contestant} does not do ${workload}.` };
  }
  try {
    return { figures: await work(settings as never) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// Some libraries leave something running that would keep the process alive.
process.send?.(await answer(), () => process.exit());
