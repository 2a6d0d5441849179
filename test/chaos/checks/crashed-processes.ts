import type { Evidence } from '../ledger/evidence.js';
import type { NodeProcess } from '../node-process.js';
import { overlap } from '../span.js';
import type { Breach } from './check.js';

const LAST_WORDS = 2000;

/** No process ends by itself, whatever happens to the store, nor refuses to end. To start, it needs the store. */
export function crashedProcesses({ processes, strokes }: Evidence): Breach[] {
  const hadNoStore = ({ startedAt, exitedAt }: NodeProcess): boolean =>
    strokes.some(
      (stroke) =>
        stroke.disturbsStore && overlap(stroke, { from: startedAt, until: exitedAt ?? Infinity }),
    );
  return processes.flatMap((process) => {
    const { ending, exitedAt, readyAt, settings, output } = process;
    if (ending === 'would-not-stop') {
      return `${settings.label} did not end when it was asked to: ${output.slice(-LAST_WORDS)}`;
    }
    return exitedAt !== null && ending === null && (readyAt !== null || !hadNoStore(process))
      ? `${settings.label} ended by itself: ${output.slice(-LAST_WORDS)}`
      : [];
  });
}
