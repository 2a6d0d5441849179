import { z } from 'zod';
import { Clock } from '../../core/clock.js';
import { Executor } from '../../core/executor.js';
import { JobStore } from '../../core/job-store.js';
import type { TriggerFactory } from '../../triggers/index.js';
import { duration as anyDuration, policyShape } from '../../engine/definition/job.schema.js';

/** Milliseconds from any form of a duration. */
function duration(least: number) {
  return anyDuration.refine((ms) => ms >= least, `Give at least ${least} ms.`);
}

const ALIAS = /^[A-Za-z0-9_-]{1,64}$/;
const ALIAS_CURE = 'An alias is 1 to 64 letters, digits, _ or -.';

const store = z.instanceof(JobStore, {
  error: 'Give a store, such as memoryStore() or typeormStore({ ... }).',
});
const executor = z.instanceof(Executor, {
  error: 'Give an executor, such as inProcess({ concurrency: 100 }).',
});

const alias = z.string().regex(ALIAS, ALIAS_CURE);
const byAlias = 'Give an object of aliases, such as { default: ... }.';

const jobDefaults = z.strictObject(policyShape, {
  error: 'Give an object, such as { maxInstances: 3 }.',
});

const DEFAULT_TTL_MS = 10_000;

/** Part of the ttl between two signs of life: two may get lost before anybody is believed dead. */
const RENEW_PART = 0.3;

const MOST_MARGIN_MS = 1000;

const lease = z
  .strictObject(
    {
      ttl: duration(100).optional(),
      renew: duration(10).optional(),
      margin: duration(0).optional(),
    },
    { error: 'Give an object, such as { ttl: { seconds: 10 }, renew: { seconds: 3 } }.' },
  )
  .transform(({ ttl = DEFAULT_TTL_MS, ...given }) => {
    const { renew = Math.round(ttl * RENEW_PART) } = given;
    const { margin = Math.min(MOST_MARGIN_MS, Math.max(0, Math.floor((ttl - renew) / 4))) } = given;
    return { ttl, renew, margin };
  })
  // A single sign of life that comes late must not cost a process its work.
  .refine(({ ttl, renew }) => ttl >= 2 * renew, {
    path: ['ttl'],
    error: 'It must be at least twice lease.renew.',
  })
  .refine(({ ttl, renew, margin }) => renew + margin < ttl, {
    path: ['margin'],
    error: 'It must be less than what is left of lease.ttl after lease.renew.',
  });

/** All options of `forRoot()`, with defaults. The one place where they are checked. */
export const optionsSchema = z.strictObject(
  {
    stores: z.record(alias, store, { error: byAlias }).default({}),
    executors: z.record(alias, executor, { error: byAlias }).default({}),
    jobDefaults: jobDefaults.default({}),
    timezone: z
      .string({ error: 'Give the IANA name of a zone, such as Europe/Berlin.' })
      .refine(isZone, 'This machine knows no such zone. Give an IANA name, such as Europe/Berlin.')
      .default('UTC'),
    autoStart: z.boolean({ error: 'Give true or false.' }).default(true),
    lead: duration(0).default(200),
    sweepInterval: duration(100).default(15_000),
    lease: lease.prefault({}),
    shutdownTimeout: duration(0).default(10_000),
    events: z.enum(['local', 'cluster'], { error: "Give 'local' or 'cluster'." }).default('local'),
    triggers: z
      .record(
        z.string(),
        z.custom<TriggerFactory>((factory) => typeof factory === 'function', {
          error: 'Give a function that makes a Trigger from its JSON.',
        }),
        { error: 'Give an object of functions by type, such as { sunrise: (json) => ... }.' },
      )
      .default({}),
    clock: z.instanceof(Clock, { error: 'Give an instance of Clock.' }).optional(),
  },
  { error: 'Give an object of options, or nothing.' },
);

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
