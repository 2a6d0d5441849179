import { z } from 'zod';

/** Query of `GET /jobs`. */
export const jobList = z.strictObject({
  state: z
    .enum(['active', 'paused', 'finished', 'parked'], {
      error: 'Give active, paused, finished or parked.',
    })
    .optional(),
});

export type JobList = z.infer<typeof jobList>;
