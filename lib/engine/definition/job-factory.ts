import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { InvalidJobError } from '../../core/errors/invalid-job.error.js';
import { InvalidTriggerError } from '../../core/errors/invalid-trigger.error.js';
import { UnknownHandlerError } from '../../core/errors/unknown-handler.error.js';
import type { JobOrigin, JobPolicies, NewJob } from '../../core/job.js';
import type { Trigger } from '../../core/trigger.js';
import type { TriggerRegistry } from '../../triggers/index.js';
import { DateTrigger } from '../../triggers/index.js';
import type { HandlerDirectory } from '../scheduler.options.js';
import { givenFields } from './given-fields.js';
import { fingerprintOf } from './fingerprint.js';
import type { JobPolicyOptions } from './job-definition.js';
import type { ParsedChanges } from './job.schema.js';
import { changesSchema, definitionSchema, policyShape } from './job.schema.js';
import { parse } from './parse.js';
import { PAUSED, replanned, standing } from './planning.js';

const DEFAULT_POLICIES: JobPolicies = {
  coalesce: 'latest',
  overlap: 'skip',
  maxInstances: 1,
  misfireGraceTime: null,
  maxCatchUp: 100,
  recovery: 'rerun',
};

const DEFAULT_ALIAS = 'default';
const DEFAULT_PRIORITY = 1;

/** A definition that was found good: what to store, and where. */
export interface PreparedJob {
  readonly store: string;
  readonly job: NewJob;
  readonly replaceExisting: boolean;
  /** The definition itself says where the job stands, rather than its trigger. */
  readonly isPlaced: boolean;
}

/** Changes that were found good. The trigger is not bound yet: that takes the time of the edit. */
export type PreparedChanges = Omit<ParsedChanges, 'trigger' | 'nextFireAt'> & {
  readonly trigger?: Trigger;
  readonly nextFireAt?: number | null;
};

/** What definitions are checked against. */
export interface JobFactoryOptions {
  readonly clock: Clock;
  readonly timezone: string;
  readonly jobDefaults: JobPolicyOptions;
  readonly handlers: HandlerDirectory;
  readonly triggers: TriggerRegistry;
  /** Throws `UnknownExecutorError`. */
  checkExecutor(alias: string): void;
  /** Throws `UnknownStoreError`. */
  checkStore(alias: string): void;
}

/** Makes what is stored out of what users give, and refuses what makes no sense before anything is written. */
export class JobFactory {
  private readonly defaults: JobPolicies;

  constructor(private readonly options: JobFactoryOptions) {
    const given = parse(z.strictObject(policyShape), options.jobDefaults, 'jobDefaults');
    this.defaults = { ...DEFAULT_POLICIES, ...givenFields(given) };
  }

  /**
   * @param now time of the store, in milliseconds
   * @throws InvalidJobError, InvalidTriggerError, UnknownHandlerError, UnknownStoreError, UnknownExecutorError
   */
  prepare(definition: unknown, origin: JobOrigin, now: (store: string) => number): PreparedJob {
    const parsed = parse(definitionSchema, definition, 'definition');
    const {
      id = this.options.clock.id(),
      store = DEFAULT_ALIAS,
      executor = DEFAULT_ALIAS,
      enabled = true,
      replaceExisting = false,
      nextFireAt,
      trigger: given,
      priority = DEFAULT_PRIORITY,
      ...rest
    } = parsed;
    this.options.checkStore(store);
    this.options.checkExecutor(executor);
    this.checkHandler(rest.handler);
    const trigger = this.read(given);
    const at = now(store);
    const bound = this.bind(trigger, at);
    const spec = {
      name: id,
      args: [],
      tags: [],
      metadata: {},
      ...this.defaults,
      ...givenFields(rest),
      executor,
      priority,
    };
    const first = this.readInstant(nextFireAt);
    const fingerprint = fingerprintOf([trigger.toJSON(), this.options.timezone], spec);
    return {
      store,
      replaceExisting,
      isPlaced: !enabled || first !== undefined,
      job: {
        ...spec,
        id,
        origin,
        fingerprint,
        trigger: bound.toJSON(),
        lastFireAt: null,
        fireCount: 0,
        ...(!enabled || first === null
          ? PAUSED
          : first === undefined
            ? replanned(bound, at)
            : standing(first)),
      },
    };
  }

  /** @throws InvalidJobError, InvalidTriggerError, UnknownHandlerError, UnknownExecutorError */
  prepareChanges(changes: unknown): PreparedChanges {
    const { trigger, nextFireAt, ...rest } = parse(changesSchema, changes, 'changes');
    if (rest.executor !== undefined) {
      this.options.checkExecutor(rest.executor);
    }
    if (rest.handler !== undefined) {
      this.checkHandler(rest.handler);
    }
    const at = this.readInstant(nextFireAt);
    return {
      ...givenFields(rest),
      ...(trigger !== undefined && { trigger: this.read(trigger) }),
      ...(at !== undefined && { nextFireAt: at }),
    };
  }

  /** @throws InvalidTriggerError */
  read(trigger: unknown): Trigger {
    return this.options.triggers.read(trigger);
  }

  /** Fixes a trigger's zone and anchor. */
  bind(trigger: Trigger, now: number): Trigger {
    return trigger.bind({ now: new Date(now), timezone: this.options.timezone });
  }

  private checkHandler(name: string): void {
    if (!this.options.handlers.get(name)) {
      throw new UnknownHandlerError(name, this.options.handlers.names());
    }
  }

  /** An instant as a trigger would read it, text without an offset being wall time in the scheduler's zone. */
  private readInstant(date: Date | string | null | undefined): number | null | undefined {
    if (date === null || date === undefined) {
      return date;
    }
    try {
      const trigger = new DateTrigger({ runDate: date, timezone: this.options.timezone });
      return trigger.next(new Date(-8.64e15))?.getTime();
    } catch (error) {
      if (error instanceof InvalidTriggerError) {
        const cure = 'Give a Date, ISO text such as "2026-12-31T23:59:00Z", or null.';
        throw new InvalidJobError('nextFireAt', date, cure, { cause: error });
      }
      throw error;
    }
  }
}
