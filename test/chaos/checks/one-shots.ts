import type { Evidence } from '../ledger/evidence.js';
import type { Breach } from './check.js';

/**
 * Jobs whose addition was confirmed, or whose transaction was committed, have run once; those that were taken back left
 * no trace.
 */
export function oneShots(evidence: Evidence): Breach[] {
  const { book, orders, jobs } = evidence;
  const confirmed = book.shots.filter(({ added }) => added === 'yes').map(({ id }) => id);
  const unwanted = new Set(book.shots.filter(({ added }) => added === 'no').map(({ id }) => id));
  const placed = new Set(orders);
  return [
    ...[...confirmed, ...orders].flatMap((id) => notRun(evidence, id)),
    ...jobs
      .filter(({ id }) => unwanted.has(id) || (id.startsWith('order.') && !placed.has(id)))
      .map(({ id }) => `${id}: there is a job, though its transaction was rolled back`),
  ];
}

function notRun({ runsByJob }: Evidence, id: string): Breach[] {
  const runs = runsByJob.get(id) ?? [];
  const [run] = runs;
  if (!run || runs.length > 1) {
    return [`${id}: ${runs.length} runs`];
  }
  return run.state === 'succeeded' || run.state === 'failed'
    ? []
    : [`${id}: its run is ${run.state}, reason ${run.reason}`];
}
