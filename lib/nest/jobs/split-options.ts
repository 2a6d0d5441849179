import type { CronJobOptions } from '../decorators/schedule.options.js';
import { InvalidDeclarationError } from '../errors/invalid-declaration.error.js';

/** The options of a decorator, sorted by whom they are for, those of `@nestjs/schedule` under their names here. */
export function splitOptions(options: CronJobOptions, place: string) {
  if (typeof options !== 'object' || options === null) {
    const cure = 'Give the options as an object, such as { id: "report" }.';
    throw new InvalidDeclarationError(place, cure);
  }
  const { timezone, jitter, startDate, endDate, maxFires, except, ...others } = options;
  const { timeZone, disabled = false, waitForCompletion, enabled = !disabled, ...job } = others;
  return {
    enabled,
    trigger: withoutUndefined({
      timezone: timezone ?? timeZone,
      jitter,
      startDate,
      endDate,
      maxFires,
      except,
    }),
    job: withoutUndefined({
      ...job,
      maxInstances: job.maxInstances ?? (waitForCompletion ? 1 : undefined),
    }),
  };
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as T;
}
