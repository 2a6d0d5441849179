import type { Bench } from './harness/bench.js';

/** One measurement: ours beside those of others, in the same run. */
export interface Row {
  readonly suite: string;
  readonly case: string;
  readonly ours: number;
  readonly unit: string;
  /** By name; `null` where a peer cannot do it, or is not there. */
  readonly peers: Readonly<Record<string, number | null>>;
  /** Ours in relation to the peer that the goal is about, or else to the best one. */
  readonly ratio: number | null;
  /** What `ours` is to be, in its unit; `null` where nothing was asked for. */
  readonly goal: number | null;
  readonly met: boolean;
  /** Least and greatest of ours over the rounds. For people only. */
  readonly spread?: readonly [low: number, high: number];
}

/** Measurements that belong together. */
export interface Suite {
  readonly name: string;
  measure(bench: Bench): AsyncIterable<Row>;
}

/** A row for programs: one line of JSON. */
export function rowAsJson({ suite, case: name, ours, unit, peers, ratio, goal, met }: Row): string {
  return JSON.stringify({ suite, case: name, ours, unit, peers, ratio, goal, met });
}

/** A row for people. */
export function describeRow(row: Row): string {
  const { case: name, ours, unit, goal, met, ratio, spread } = row;
  const theirs = Object.entries(row.peers).map(
    ([peer, value]) => `${peer} ${value === null ? '-' : short(value)}`,
  );
  const mark = goal === null ? '    ' : met ? 'ok  ' : 'MISS';
  const wanted = goal === null ? '' : ` (goal ${short(goal)})`;
  const range = spread ? ` [${spread.map(short).join(' to ')}]` : '';
  const against = ratio === null ? '' : ` ratio ${ratio.toFixed(2)}`;
  return `${mark} ${name.padEnd(42)} ${short(ours)} ${unit}${range}${wanted}${against}  ${theirs.join(', ')}`;
}

function short(value: number): string {
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : value.toPrecision(4);
}
