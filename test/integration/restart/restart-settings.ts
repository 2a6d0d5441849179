/** What a test of a restart tells its application. */
export interface RestartSettings {
  readonly url: string;
  readonly lead: number;
  readonly ttl: number;
  /** Schedules of the declared jobs. */
  readonly expressions: {
    readonly tick: string;
    readonly visits: number;
    readonly report: string;
  };
}
