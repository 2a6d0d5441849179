/** What a contestant is opened with. */
export interface Terms {
  /** Of a database of its own. */
  readonly url: string;
  readonly redisUrl: string;
  /** What it is to be good at, where its documentation has other settings for that. */
  readonly aim: 'throughput' | 'punctuality';
  /** To be called by the handler of a job, with the instant that it was planned for where the contestant knows it. */
  readonly ran: (scheduledAt: number | null) => void;
}

/** What any of them can do with jobs, for workloads that are the same for all. */
export interface Contestant {
  /** Adds a one-shot job, and waits until it is stored. */
  readonly addOne?: (at: Date) => Promise<void>;
  /** Adds one-shot jobs by the fastest call there is for it. */
  readonly addMany?: (instants: readonly Date[]) => Promise<void>;
  /** Adds jobs that are due at each whole second. */
  readonly addEverySecond?: (count: number) => Promise<void>;
  /** Begins to run jobs. */
  start(): Promise<void>;
  /** Waits until it is on record that all jobs have run that were due; in vain where some are still to come. */
  readonly settled?: () => Promise<void>;
  close(): Promise<void>;
}

export type Open = (terms: Terms) => Promise<Contestant>;
