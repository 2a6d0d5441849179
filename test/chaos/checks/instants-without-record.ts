import type { BookedJob, Period } from '../job-book.js';
import type { Evidence } from '../ledger/evidence.js';
import type { RunRow } from '../ledger/rows.js';
import { instantsWithin, isInstant } from '../rhythm.js';
import type { Breach } from './check.js';
import { time } from './check.js';

/** How late a job may be when everything has settled. */
const LATE_MS = 5000;

/**
 * Every instant of a time in which a job was surely active has a record, alone or in a range. Instants that were overdue
 * when an edit came may have gone by it: they are the last ones before it.
 */
export function instantsWithoutRecord(evidence: Evidence): Breach[] {
  return [...evidence.book.recurring.values()].flatMap((job) => {
    const records = (evidence.runsByJob.get(job.id) ?? []).filter((run) => run.seq === 0);
    return [
      ...job.periods.flatMap((period) => gaps(evidence, job, period, records)),
      ...unplanned(job, records),
      ...miscounted(job, records),
    ];
  });
}

function gaps(
  { settledAt }: Evidence,
  job: BookedJob,
  period: Period,
  records: readonly RunRow[],
): Breach[] {
  const breaches: Breach[] = [];
  const singles = new Set(records.map((run) => run.scheduledAt));
  const ranges = records.filter((run) => run.until !== null);
  const covers = (instant: number): boolean =>
    singles.has(instant) ||
    ranges.some((run) => run.scheduledAt <= instant && instant <= (run.until ?? 0));

  let missing: number[] = [];
  for (const instant of instantsWithin(period.rhythm, period.from, period.until)) {
    if (!covers(instant)) {
      missing.push(instant);
    } else if (missing.length > 0) {
      breaches.push(`${job.id}: no record of ${describe(missing)}, yet one of ${time(instant)}`);
      missing = [];
    }
  }
  const [first = Infinity] = missing;
  if (period.until >= settledAt && first < settledAt - LATE_MS) {
    breaches.push(`${job.id}: no record of ${describe(missing)} when everything had settled`);
  }
  return breaches;
}

function describe(instants: readonly number[]): string {
  const [first = 0] = instants;
  const last = instants.at(-1) ?? first;
  return instants.length === 1
    ? time(first)
    : `${instants.length} instants from ${time(first)} to ${time(last)}`;
}

/** Records of instants that the job never had. */
function unplanned({ id, periods }: BookedJob, records: readonly RunRow[]): Breach[] {
  const rhythm = onlyRhythm(periods);
  return rhythm
    ? records
        .filter((run) => !isInstant(rhythm, run.scheduledAt))
        .map((run) => `${id}: ${time(run.scheduledAt)} is recorded and was never planned`)
    : [];
}

/** Ranges that do not say how many instants they cover. */
function miscounted({ id, periods }: BookedJob, records: readonly RunRow[]): Breach[] {
  const rhythm = onlyRhythm(periods);
  return records.flatMap(({ scheduledAt, until, count }) => {
    const covered =
      rhythm && until !== null ? Math.round((until - scheduledAt) / rhythm.every) + 1 : count;
    return covered === count
      ? []
      : `${id}: the record from ${time(scheduledAt)} covers ${covered} instants and says ${count}`;
  });
}

/** That of a job which was never given another one. */
function onlyRhythm([first, ...others]: readonly Period[]): Period['rhythm'] | undefined {
  const isSame = ({ rhythm }: Period): boolean =>
    rhythm.every === first?.rhythm.every && rhythm.anchor === first.rhythm.anchor;
  return others.every(isSame) && others.length === 0 ? first?.rhythm : undefined;
}
