import type { JsonValue } from '../../core/json.js';
import type { CronFields } from '../../triggers/index.js';
import { cron } from '../../triggers/index.js';
import type { JobMethodDecorator } from './decorated-method.js';
import type { Lazy } from './lazy.js';
import { resolveLazy } from './lazy.js';
import { describeMethod } from './method.metadata.js';
import type { CronJobOptions } from './schedule.options.js';

/**
 * Declares a job that calls the method on a calendar: crontab text, fields, or a function that gives either when the
 * application starts. The job is stored; an unchanged decorator changes nothing about it at the next start.
 *
 * What makes no sense fails the start of the application, with the method named.
 *
 * @example
 * ```ts
 * @Cron('30 5 * * mon-fri', { id: 'daily-report', timezone: 'Europe/Berlin' })
 * async daily(ctx: JobContext) {}
 *
 * @Cron({ day: 'last', hour: 18 })
 * async closeBooks() {}
 *
 * @Cron((ref) => ref.get(ConfigService).getOrThrow('REPORT_CRON'))
 * async report() {}
 * ```
 * @publicApi
 */
export function Cron<const A extends readonly JsonValue[] = []>(
  schedule: Lazy<string | CronFields>,
  options: CronJobOptions<A> = {},
): JobMethodDecorator<A> {
  return (target, key, descriptor) =>
    describeMethod(
      '@Cron',
      {
        kind: 'schedule',
        options,
        trigger: async (triggerOptions, ref) =>
          cron(await resolveLazy(schedule, ref), triggerOptions),
      },
      target,
      key,
      descriptor,
    );
}
