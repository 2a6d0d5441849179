import 'reflect-metadata';
import type { ModuleRef } from '@nestjs/core';
import type { SchedulerEventType } from '../../core/events.js';
import type { TriggerInput } from '../../engine/definition/job-definition.js';
import { InvalidDeclarationError } from '../errors/invalid-declaration.error.js';
import type { AtJobOptions, CronJobOptions } from './schedule.options.js';

/** A job that is declared on a method. */
export interface ScheduleMetadata {
  readonly kind: 'schedule';
  readonly options: CronJobOptions | AtJobOptions;
  /** Makes the trigger when the application starts. */
  trigger(options: TriggerOptions, ref: ModuleRef): Promise<TriggerInput>;
}

/** The part of a declaration's options that belongs to its trigger. */
export type TriggerOptions = Pick<
  CronJobOptions,
  'timezone' | 'jitter' | 'startDate' | 'endDate' | 'maxFires' | 'except'
>;

/** A job that runs once, so long after each start of the process. */
export interface TimeoutMetadata {
  readonly kind: 'timeout';
  readonly name: string | undefined;
  readonly delay: number;
}

/** A name that jobs can call the method by. */
export interface HandlerMetadata {
  readonly kind: 'handler';
  readonly name: string | undefined;
}

/** The method wants to hear of events. */
export interface ListenerMetadata {
  readonly kind: 'listener';
  /** Empty: all. */
  readonly types: readonly SchedulerEventType[];
}

/** What one decorator says about a method. */
export type MethodMetadata = (
  ScheduleMetadata | TimeoutMetadata | HandlerMetadata | ListenerMetadata
) & {
  /** Such as `@Cron`. */
  readonly decorator: string;
  /** How many parameters the method was written with, before anybody wrapped it. */
  readonly length: number;
};

type Described = ScheduleMetadata | TimeoutMetadata | HandlerMetadata | ListenerMetadata;

const KEY = 'nestjs-durable-scheduler:method';

/**
 * Adds what a decorator says about a method.
 *
 * It is kept with the prototype and the method's name rather than with the function, because other decorators put
 * functions of their own in its place.
 */
export function describeMethod(
  decorator: string,
  metadata: Described,
  target: object,
  key: string | symbol,
  descriptor: PropertyDescriptor | undefined,
): void {
  const place = `${decorator} on ${placeOf(target, key)}`;
  const method: unknown = descriptor?.value;
  if (typeof target === 'function') {
    throw new InvalidDeclarationError(
      place,
      'A static method belongs to no provider. Make it a method of the instance.',
    );
  }
  if (typeof key === 'symbol') {
    throw new InvalidDeclarationError(
      place,
      'A job needs a handler with a name. Name the method by a string.',
    );
  }
  if (typeof method !== 'function') {
    throw new InvalidDeclarationError(
      place,
      'It belongs on a method, not on a property or an accessor.',
    );
  }
  const above = { ...metadata, decorator, length: method.length };
  // Decorators are applied from the bottom up; the list is kept from the top down, as one reads.
  Reflect.defineMetadata(KEY, [above, ...ownMetadata(target, key)], target, key);
}

/**
 * What decorators say about a method, from the top down. Of an overridden method the override counts, with its own
 * decorators only; reading never touches an instance, so that no getter runs and no proxy is in the way.
 */
export function readMethod(prototype: object, key: string): readonly MethodMetadata[] {
  for (
    let owner: object | null = prototype;
    owner !== null;
    owner = Object.getPrototypeOf(owner) as object | null
  ) {
    if (Object.hasOwn(owner, key)) {
      return ownMetadata(owner, key);
    }
  }
  return [];
}

function ownMetadata(target: object, key: string): readonly MethodMetadata[] {
  return (Reflect.getOwnMetadata(KEY, target, key) ?? []) as readonly MethodMetadata[];
}

function placeOf(target: object, key: string | symbol): string {
  const owner = typeof target === 'function' ? target.name : target.constructor.name;
  return `${owner}.${String(key)}`;
}
