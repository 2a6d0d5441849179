/** What a test of several processes tells each of them. */
export interface ClusterSettings {
  readonly url: string;
  /** Which of its providers the application is to have. */
  readonly providers: readonly ('A' | 'B' | 'Common')[];
}

/** On a machine that is so busy that seconds pass, a job of these loses none of them: it comes later. */
export const NOTHING_LEFT_OUT = { coalesce: 'all', overlap: 'queue' } as const;
