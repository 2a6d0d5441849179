import type { ModuleRef } from '@nestjs/core';
import type { JobDeclaration } from '../../engine/definition/job-definition.js';
import { resolveLazy } from '../decorators/lazy.js';
import type { TriggerOptions } from '../decorators/method.metadata.js';
import type { CronJobOptions } from '../decorators/schedule.options.js';
import type { FoundSchedule } from '../discovery/found-job.js';
import { DuplicateDeclarationError } from '../errors/duplicate-declaration.error.js';
import { InvalidDeclarationError } from '../errors/invalid-declaration.error.js';

/**
 * The jobs that decorators declare, with every lazy value resolved. Disabled ones are left out.
 *
 * @throws DuplicateDeclarationError when two have one id in one store
 */
export async function declaredJobs(
  found: readonly FoundSchedule[],
  ref: ModuleRef,
): Promise<readonly JobDeclaration[]> {
  const declarations: JobDeclaration[] = [];
  const places = new Map<string, string>();
  for (const schedule of found) {
    const declaration = await declaredJob(schedule, ref);
    if (!declaration) {
      continue;
    }
    const { id, store = 'default' } = declaration.definition;
    const key = JSON.stringify([store, id]);
    const other = places.get(key);
    if (other !== undefined) {
      throw new DuplicateDeclarationError('job', id, [other, schedule.place]);
    }
    places.set(key, schedule.place);
    declarations.push(declaration);
  }
  return declarations;
}

async function declaredJob(found: FoundSchedule, ref: ModuleRef): Promise<JobDeclaration | null> {
  const { source, place, defaultId, handler, metadata } = found;
  const { enabled, trigger, job } = split(metadata.options, place);
  return located(place, async () => {
    // Asked first: what is switched off for this environment need not have a schedule there.
    if (!(await resolveLazy(enabled, ref))) {
      return null;
    }
    return {
      source,
      definition: {
        ...job,
        id: job.id ?? defaultId,
        handler,
        trigger: await metadata.trigger(trigger, ref),
      },
    };
  });
}

/** The options of a decorator, sorted by whom they are for, those of `@nestjs/schedule` under their names here. */
function split(options: CronJobOptions, place: string) {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidDeclarationError(
      place,
      'Give the options as an object, such as { id: "report" }.',
    );
  }
  const { timezone, jitter, startDate, endDate, maxFires, except, ...others } = options;
  const { timeZone, disabled = false, waitForCompletion, enabled = !disabled, ...job } = others;
  const trigger: TriggerOptions = {
    timezone: timezone ?? timeZone,
    jitter,
    startDate,
    endDate,
    maxFires,
    except,
  };
  return {
    enabled,
    trigger: withoutUndefined(trigger),
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

/** Carries out `body`; an error of it tells where the declaration stands, and stays the kind of error that it is. */
async function located<T>(place: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof Error) {
      error.message = `${place}: ${error.message}`;
      throw error;
    }
    throw new InvalidDeclarationError(
      place,
      `A function of the decorator threw ${String(error)}.`,
      {
        cause: error,
      },
    );
  }
}
