import type { WallClock } from './clocks/wall-clock.js';
import { dealFaults } from './faults/dealer.js';
import { gatherEvidence } from './ledger/evidence.js';
import { writeEvidence } from './ledger/write-evidence.js';
import type { ChaosOptions } from './options.js';
import type { Report } from './report.js';
import { makeReport } from './report.js';
import { settle } from './settle.js';
import { editJobs } from './traffic/edits.js';
import { addAndRemove } from './traffic/mortals.js';
import { addOneShots } from './traffic/one-shots.js';
import { addWorkload } from './workload/add-workload.js';
import { World } from './world.js';

/** Everything after the faults takes at most this long. */
const END_TIMEOUT_MS = 420_000;

const TELL_EVERY_MS = 30_000;

/** One run of the harness, from an empty directory to an empty directory. */
export async function drive(
  options: ChaosOptions,
  clocks: readonly WallClock[],
  interrupted: AbortSignal,
  say: (line: string) => void,
): Promise<Report> {
  const overdue = AbortSignal.timeout(options.seconds * 1000 + END_TIMEOUT_MS);
  const world = await World.open(options, clocks, AbortSignal.any([interrupted, overdue]));
  const leave = (): void => world.fleet.killAll();
  process.once('exit', leave);
  try {
    say(`${options.nodes} processes are ready; seed ${options.seed}.`);
    await addWorkload(world);
    const progress = setInterval(() => say(progressOf(world)), TELL_EVERY_MS);
    await disturb(world, options.seconds * 1000).finally(() => clearInterval(progress));
    say('The faults are over; everything settles.');
    const settledAt = await settle(world);
    const evidence = await gatherEvidence(world, settledAt);
    if (options.evidence !== null) {
      await writeEvidence(world, options.evidence);
    }
    await world.fleet.stop();
    return makeReport(world, evidence);
  } finally {
    await world.close();
    process.off('exit', leave);
  }
}

function progressOf({ journal, fleet, options }: World): string {
  const { well } = fleet;
  return `${journal.strokes.length} faults so far; ${well.length} of ${options.nodes} processes are well.`;
}

/** Faults and traffic together, until the time is up and all of them are over. */
async function disturb(world: World, duration: number): Promise<void> {
  const traffic = new AbortController();
  const under = [addOneShots, editJobs, addAndRemove].map((send) => send(world, traffic.signal));
  const sent = Promise.all(under);
  // Fails with the faults, when somebody interrupts.
  sent.catch(() => undefined);
  try {
    await dealFaults(world, Date.now() + duration);
  } finally {
    traffic.abort();
  }
  await sent;
}
