/** What a workload measured, by name. */
export type Figures = Readonly<Record<string, number>>;

/** What a workload is given: where the servers are, how much to do. */
export type Settings = Readonly<Record<string, string | number | boolean | null>>;

/** What a process is to do. */
export interface Order {
  readonly contestant: string;
  readonly workload: string;
  readonly settings: Settings;
}

/** What it says in the end. */
export interface Answer {
  readonly figures?: Figures;
  readonly error?: string;
}
