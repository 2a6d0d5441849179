import { join } from 'node:path';
import {
  CronTrigger,
  DateTrigger,
  IntervalTrigger,
  type Trigger,
} from '../../../lib/triggers/index.js';
import type { Row, Suite } from '../suite.js';
import { findPeers } from './triggers.peers.js';
import type { Peer } from './triggers.peers.js';

const EXPRESSIONS = [
  '* * * * * *',
  '0 */5 * * * *',
  '0 30 5 * * 1-5',
  '0 0 0 1-15 5-8 *',
  '0 0 0 29 2 *',
  '0 0 12 * * 1#1',
];
const ZONES = ['UTC', 'America/New_York', 'Australia/Lord_Howe'];
const FROM = new Date('2026-01-01T00:00:00Z');

/** Enough to see months of most rules; peers are slow, so they take fewer. */
const STEPS = 1000;
const PEER_STEPS = 30;
const ROUNDS = 9;

/** The middle of some measurements, in microseconds for each of `count` calls. */
function median(count: number, rounds: number, round: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    round();
    return Number(process.hrtime.bigint() - start) / 1000 / count;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
}

function iterate(trigger: Trigger): void {
  let date: Date | null = FROM;
  for (let step = 0; step < STEPS && date; step++) {
    date = trigger.next(date);
  }
}

function timePeer(peer: Peer, expression: string, timezone: string): number | null {
  try {
    return median(PEER_STEPS, 3, () => {
      const next = peer.start(expression, timezone, FROM);
      for (let step = 0; step < PEER_STEPS; step++) {
        next();
      }
    });
  } catch {
    return null;
  }
}

function row(name: string, ours: number, goal: number, peers: Row['peers'] = {}): Row {
  const best = Math.min(...Object.values(peers).flatMap((time) => time ?? []));
  const ratio = Number.isFinite(best) ? ours / best : null;
  return { suite: 'triggers', case: name, ours, unit: 'us', peers, ratio, goal, met: ours <= goal };
}

function* nextRows(peers: readonly Peer[]): Generator<Row> {
  for (const timezone of ZONES) {
    for (const expression of EXPRESSIONS) {
      const trigger = CronTrigger.fromCrontab(expression, { timezone });
      median(STEPS, ROUNDS, () => iterate(trigger));
      const ours = median(STEPS, ROUNDS, () => iterate(trigger));
      const theirs = peers.map((peer) => [peer.name, timePeer(peer, expression, timezone)]);
      yield row(`next ${expression} ${timezone}`, ours, 2, Object.fromEntries(theirs));
    }
  }
}

/** Zones and years that nothing has asked for yet; each is visited once, so there is no second round. */
function* firstVisitRows(): Generator<Row> {
  for (const timezone of ['Europe/Paris', 'America/Santiago', 'Asia/Tokyo']) {
    const trigger = new CronTrigger({ hour: 5, timezone });
    const years = Array.from({ length: 60 }, (_, index) => new Date(Date.UTC(2030 + index, 5, 5)));
    let visited = 0;
    const ours = median(1, years.length, () => trigger.next(years[visited++] ?? FROM));
    yield row(`first visit of a year in ${timezone}`, ours, 150);
  }
}

function* otherRows(): Generator<Row> {
  const settings = { timezone: 'Europe/Berlin' };
  const interval = new IntervalTrigger({ minutes: 5, startDate: FROM });
  const date = new DateTrigger({ runDate: '2026-12-31T23:59:00Z' });
  const calls: [name: string, goal: number, count: number, call: () => unknown][] = [
    [
      'create from fields',
      20,
      2000,
      () => new CronTrigger({ dayOfWeek: 'mon-fri', hour: 5, ...settings }),
    ],
    ['create from text', 60, 2000, () => CronTrigger.fromCrontab('30 5 * * mon-fri', settings)],
    ['next of an interval', 0.2, 100_000, () => interval.next(FROM)],
    ['next of a date', 0.2, 100_000, () => date.next(FROM)],
  ];
  for (const [name, goal, count, call] of calls) {
    const round = (): void => {
      for (let index = 0; index < count; index++) {
        call();
      }
    };
    round();
    yield row(name, median(count, ROUNDS, round), goal);
  }
}

/** How long triggers take, warm, beside other libraries for crontab text. */
export const triggers: Suite = {
  name: 'triggers',
  async *measure() {
    yield* nextRows(await findPeers(join(import.meta.dirname, '..')));
    yield* firstVisitRows();
    yield* otherRows();
  },
};
