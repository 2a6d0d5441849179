import { z } from 'zod';

/** What operations take besides what they are about. */
export const operationSchema = z.strictObject(
  {
    store: z.string({ error: 'Give the alias as text.' }).optional(),
    manager: z.unknown().optional(),
    ifVersion: z.int({ error: 'Give the version of a job: a whole number.' }).optional(),
  },
  { error: 'Give options as an object, such as { ifVersion: job.version }.' },
);
