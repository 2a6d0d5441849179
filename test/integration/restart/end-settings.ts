/** What a test tells a program that is to end by itself. */
export interface EndSettings {
  /** Where its jobs are: a database, or the memory of the process. */
  readonly url: string | null;
  /** Whether it closes its application, or waits to be told by a signal. */
  readonly closes: boolean;
  /** Whether a job is under way that ends only when its signal is aborted. */
  readonly endless?: boolean;
}
