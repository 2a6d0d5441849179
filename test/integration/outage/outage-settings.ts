/** What a test of an outage tells its application. */
export interface OutageSettings {
  readonly url: string;
  /** How long the application is believed alive without a word from it. */
  readonly ttl: number;
}
