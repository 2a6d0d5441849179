import { afterEach, expect } from '@jest/globals';
import type { INestApplicationContext, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { filter, firstValueFrom, ReplaySubject } from 'rxjs';
import type { CancelTimer } from '../../../lib/core/clock.js';
import type {
  EventOf,
  SchedulerEvent,
  SchedulerEventType,
  SchedulerModuleExtras,
  SchedulerModuleOptions,
} from '../../../lib/index.js';
import { ofType, SchedulerModule, SchedulerService, SystemClock } from '../../../lib/index.js';

/** The clocks of the machine, and how many timers are set on them. */
export class CountingClock extends SystemClock {
  readonly timers = new Set<object>();

  override setTimer(at: number, callback: () => void): CancelTimer {
    const timer = {};
    this.timers.add(timer);
    const cancel = super.setTimer(at, () => {
      this.timers.delete(timer);
      callback();
    });
    return () => {
      this.timers.delete(timer);
      cancel();
    };
  }

  override keepAlive(): CancelTimer {
    const handle = {};
    this.timers.add(handle);
    const cancel = super.keepAlive();
    return () => {
      this.timers.delete(handle);
      cancel();
    };
  }
}

/** An application under test. */
export class TestApp {
  readonly scheduler: SchedulerService;
  private readonly history = new ReplaySubject<SchedulerEvent>();
  readonly events: SchedulerEvent[] = [];

  constructor(
    readonly context: INestApplicationContext,
    readonly clock: CountingClock,
  ) {
    this.scheduler = context.get(SchedulerService, { strict: false });
    this.scheduler.events$.subscribe((event) => {
      this.events.push(event);
      this.history.next(event);
    });
  }

  /** The first event of a type, of the past or to come. */
  event<T extends SchedulerEventType>(type: T, jobId?: string): Promise<EventOf<T>> {
    return this.firstOf(type, (event) => jobId === undefined || this.isAbout(event, jobId));
  }

  firstOf<T extends SchedulerEventType>(
    type: T,
    matches: (event: EventOf<T>) => boolean,
  ): Promise<EventOf<T>> {
    return firstValueFrom(this.history.pipe(ofType(type), filter(matches)));
  }

  /** Types of the events so far, of one job only if it is named. */
  types(jobId?: string): SchedulerEventType[] {
    return this.events
      .filter((event) => jobId === undefined || this.isAbout(event, jobId))
      .map(({ type }) => type);
  }

  private isAbout(event: SchedulerEvent, jobId: string): boolean {
    return 'jobId' in event && event.jobId === jobId;
  }
}

const opened: { context: INestApplicationContext; clock: CountingClock }[] = [];

/** Builds an application around a SchedulerModule, without starting it. */
export async function build(
  metadata: ModuleMetadata = {},
  options: SchedulerModuleOptions & SchedulerModuleExtras = {},
): Promise<TestApp> {
  const clock = new CountingClock();
  const module = await Test.createTestingModule({
    ...metadata,
    imports: [SchedulerModule.forRoot({ clock, ...options }), ...(metadata.imports ?? [])],
  }).compile();
  opened.push({ context: module, clock });
  return new TestApp(module, clock);
}

/** Builds and starts an application. */
export async function boot(
  metadata?: ModuleMetadata,
  options?: SchedulerModuleOptions & SchedulerModuleExtras,
): Promise<TestApp> {
  const app = await build(metadata, options);
  await app.context.init();
  return app;
}

/** Closes what is still open after each test, and sees that no timer is left. */
export function closeAppsAfterEach(): void {
  afterEach(async () => {
    for (const { context, clock } of opened.splice(0)) {
      await context.close();
      expect(clock.timers.size).toBe(0);
    }
  });
}

/** A promise and the function that settles it. */
export function signal<T = void>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (value) => resolve(value) };
}

/** A date that has passed, so that a job at it is due at once. */
export const longAgo = new Date('2020-01-01T00:00:00Z');

/** A date that no test lives to see. */
export const farAway = new Date('2999-01-01T00:00:00Z');
