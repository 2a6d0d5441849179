import type { z } from 'zod';
import { SystemClock } from '../../core/clock.js';
import { InvalidOptionsError } from '../../core/errors/invalid-options.error.js';
import type { SchedulerOptions } from '../../engine/scheduler.options.js';
import { inProcess } from '../../executors/in-process.executor.js';
import { memoryStore } from '../../stores/memory/index.js';
import { TriggerRegistry } from '../../triggers/index.js';
import { optionsSchema } from './options.schema.js';
import type { SchedulerModuleOptions } from './scheduler-module.options.js';

/** Options with every default filled in. */
export interface SchedulerSettings extends Omit<
  SchedulerOptions,
  'handlers' | 'logger' | 'jobLogger' | 'emit'
> {
  readonly autoStart: boolean;
}

/**
 * Checks the options of `forRoot()` and fills in the defaults.
 *
 * @param environment where `SCHEDULER_ENABLED` is looked up
 * @throws InvalidOptionsError for the first option at fault
 */
export function readOptions(
  options: SchedulerModuleOptions | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): SchedulerSettings {
  const parsed = optionsSchema.safeParse(options ?? {});
  const [issue] = parsed.error?.issues ?? [];
  if (issue) {
    throw toError(issue, options);
  }
  if (!parsed.success) {
    throw parsed.error;
  }
  const { stores, executors, clock, autoStart, triggers, ...rest } = parsed.data;
  return {
    ...rest,
    stores: 'default' in stores ? stores : { default: memoryStore(), ...stores },
    executors: 'default' in executors ? executors : { default: inProcess(), ...executors },
    triggers: new TriggerRegistry(triggers),
    clock: clock ?? new SystemClock(),
    autoStart: autoStart && environment.SCHEDULER_ENABLED?.trim().toLowerCase() !== 'false',
  };
}

function toError(issue: z.core.$ZodIssue, options: unknown): InvalidOptionsError {
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...extra];
  return new InvalidOptionsError(
    path.join('.') || 'options',
    valueAt(options, path),
    cureOf(issue),
  );
}

function cureOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.path.length > 0
        ? `There is no such option in ${issue.path.join('.')}.`
        : `There is no such option. There are ${Object.keys(optionsSchema.shape).join(', ')}.`;
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join(' ');
    default:
      return issue.message;
  }
}

function valueAt(options: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    options,
  );
}
