/** What a test of several processes tells each of them. */
export interface ClusterSettings {
  readonly url: string;
  /** Which of its providers the application is to have. */
  readonly providers: readonly ('A' | 'B' | 'Common')[];
}
