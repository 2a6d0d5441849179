/** A stretch of time, by the machine's clock: milliseconds since 1970. `until` is Infinity as long as it lasts. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export function overlap(a: Span, b: Span): boolean {
  return a.from <= b.until && b.from <= a.until;
}
