import type { ChaosOptions } from '../options.js';
import { Faketime } from './faketime.js';
import type { WallClock } from './wall-clock.js';
import { byPort } from './wall-clock.js';

const HOUR_MS = 3_600_000;

/** The clocks that processes are given in turn: few processes have right and wrong ones already. */
export async function findClocks(
  { clocks }: Pick<ChaosOptions, 'clocks'>,
  warn: (text: string) => void,
): Promise<readonly WallClock[]> {
  const faketime = clocks === 'port' ? null : await Faketime.find().catch((error: Error) => error);
  if (faketime instanceof Faketime) {
    return [
      byPort(0),
      faketime.clock(HOUR_MS),
      byPort(-HOUR_MS),
      faketime.clock(-HOUR_MS),
      byPort(HOUR_MS),
    ];
  }
  if (faketime) {
    const reason = `There are no clocks by libfaketime here: ${faketime.message}`;
    if (clocks === 'both') {
      throw new Error(`${reason} Install faketime, or do without by --clocks port.`);
    }
    warn(`WARNING: ${reason} Clocks are put off by the scheduler's own port alone.`);
  }
  return [byPort(0), byPort(HOUR_MS), byPort(-HOUR_MS)];
}
