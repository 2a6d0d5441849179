/** What a test of hazards tells each of its applications. */
export interface HazardSettings {
  readonly url: string;
  /** How long an application is believed alive without a word from it. */
  readonly ttl: number;
}
