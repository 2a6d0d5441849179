import { z } from 'zod';

/** Body of `POST /reminders`. */
export const newReminder = z.object(
  {
    at: z.iso
      .datetime({
        offset: true,
        error: 'Give a date and time with its offset, such as 2026-03-01T09:30:00Z.',
      })
      .transform((text) => new Date(text)),
    text: z
      .string({ error: 'Give a text.' })
      .trim()
      .min(1, 'Give a text.')
      .max(200, 'Give at most 200 characters.')
      .refine((text) => !text.includes('\u0000'), 'The character NUL cannot be stored.'),
  },
  { error: 'Give a JSON object with at and text.' },
);

export type NewReminder = z.infer<typeof newReminder>;
