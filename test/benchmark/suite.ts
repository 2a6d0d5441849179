/** One measurement: ours beside those of others, in the same run. */
export interface Row {
  readonly suite: string;
  readonly case: string;
  readonly ours: number;
  readonly unit: string;
  /** By name; `null` where a peer cannot do it. */
  readonly peers: Readonly<Record<string, number | null>>;
  readonly goal: number;
  readonly met: boolean;
}

/** Measurements that belong together. */
export interface Suite {
  readonly name: string;
  measure(): AsyncIterable<Row>;
}

/** A row for people. */
export function describeRow({ case: name, ours, unit, goal, met, peers }: Row): string {
  const theirs = Object.entries(peers).map(([peer, time]) => `${peer} ${time?.toFixed(1) ?? '-'}`);
  const mark = met ? 'ok  ' : 'OVER';
  return `${mark} ${name.padEnd(42)} ${ours.toFixed(3)} ${unit} (goal ${goal})  ${theirs.join(', ')}`;
}
