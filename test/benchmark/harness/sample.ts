/** What some rounds of one measurement gave. */
export interface Sample {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The value below which a share of them lies; of 100 values the 99th for 0.99. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

export function sampleOf(values: readonly number[]): Sample {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}
