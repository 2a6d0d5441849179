/** What a test of an outage tells its applications. What is left out is the default. */
export interface OutageSettings {
  readonly url: string;
  /** How long the application is believed alive without a word from it. */
  readonly ttl?: number;
  /** How many handlers it runs at once by the executor `long`. */
  readonly concurrency?: number;
}
