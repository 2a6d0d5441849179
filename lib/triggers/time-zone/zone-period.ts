/** A stretch of time during which a zone's offset does not change. Instants and offsets are milliseconds. */
export interface ZonePeriod {
  /** First instant of the period. */
  readonly start: number;
  /** First instant after it. */
  readonly end: number;
  /** Local time minus UTC. */
  readonly offset: number;
  /** Offset just before `start`. Smaller than `offset`: clocks sprang forward at `start`. Equal: no change there. */
  readonly before: number;
}
