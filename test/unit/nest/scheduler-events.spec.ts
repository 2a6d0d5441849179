import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  concatMap,
  debounceTime,
  firstValueFrom,
  map,
  merge,
  Observable,
  share,
  Subject,
  take,
  tap,
  toArray,
} from 'rxjs';
import type { SchedulerEvent } from '../../../lib/core/events.js';
import type { EventOf } from '../../../lib/nest/events/event-of.js';
import { ofType } from '../../../lib/nest/events/of-type.operator.js';
import { SchedulerEvents } from '../../../lib/nest/events/scheduler-events.js';

function event(
  type: 'scheduler.started' | 'scheduler.paused' | 'scheduler.resumed',
): SchedulerEvent {
  return { type, at: new Date(0), nodeId: 'node' };
}

function added(jobId: string): SchedulerEvent {
  return { type: 'job.added', at: new Date(0), nodeId: 'node', jobId, store: 'default' };
}

/** Lets every callback that waits, timers of rxjs included, have its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('SchedulerEvents', () => {
  const crashes: unknown[] = [];
  const noteCrash = (error: unknown): void => void crashes.push(error);
  let events: SchedulerEvents;
  let heard: string[];
  let logged: jest.SpiedFunction<Logger['error']>;

  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    events = new SchedulerEvents();
    heard = [];
    crashes.length = 0;
    process.on('uncaughtException', noteCrash);
    process.on('unhandledRejection', noteCrash);
  });

  afterEach(async () => {
    await turn();
    process.off('uncaughtException', noteCrash);
    process.off('unhandledRejection', noteCrash);
    logged.mockRestore();
    expect(crashes).toEqual([]);
  });

  it('delivers to everyone before emit returns', () => {
    events.events$.subscribe(({ type }) => heard.push(`a ${type}`));
    events.events$.subscribe({ next: ({ type }) => heard.push(`b ${type}`) });
    events.emit(event('scheduler.started'));
    expect(heard).toEqual(['a scheduler.started', 'b scheduler.started']);
  });

  it('keeps the order for everyone when a subscriber causes further events', () => {
    events.events$.subscribe(({ type }) => {
      if (type === 'scheduler.started') {
        events.emit(event('scheduler.paused'));
        events.emit(event('scheduler.resumed'));
      }
    });
    events.events$.subscribe(({ type }) => heard.push(type));
    events.emit(event('scheduler.started'));
    expect(heard).toEqual(['scheduler.started', 'scheduler.paused', 'scheduler.resumed']);
  });

  it('gives a subscriber that comes during a delivery the next event first', () => {
    events.events$.pipe(take(1)).subscribe(() => {
      events.events$.subscribe(({ type }) => heard.push(type));
    });
    events.emit(event('scheduler.started'));
    events.emit(event('scheduler.paused'));
    expect(heard).toEqual(['scheduler.paused']);
  });

  it('forgets who unsubscribed', () => {
    events.events$.subscribe(({ type }) => heard.push(type)).unsubscribe();
    events.emit(event('scheduler.started'));
    expect(heard).toEqual([]);
  });

  it.each<[string, (source: Observable<SchedulerEvent>) => void]>([
    ['throws', (source) => source.subscribe(() => fail())],
    ['throws in an observer object', (source) => source.subscribe({ next: () => fail() })],
    ['is async and rejects', (source) => source.subscribe(rejecting)],
    ['rejects with undefined', (source) => source.subscribe(rejectingEmpty)],
    [
      'throws something that has no text',
      (source) => source.subscribe(() => fail(Object.create(null))),
    ],
    [
      'throws behind operators',
      (source) =>
        source
          .pipe(
            map(({ type }) => type),
            take(1),
          )
          .subscribe(() => fail()),
    ],
    [
      'throws behind ofType',
      (source) => source.pipe(ofType('scheduler.started')).subscribe(() => fail()),
    ],
    ['throws within an operator', (source) => source.pipe(tap(() => fail())).subscribe()],
    [
      'throws within an operator of its own',
      (source) =>
        source
          .pipe(
            (inner) => new Observable((out) => inner.subscribe(() => out.error(new Error('mine')))),
          )
          .subscribe(),
    ],
    [
      'throws in an inner observable',
      (source) => source.pipe(concatMap(async () => fail())).subscribe(),
    ],
    [
      'throws behind a merge',
      (source) =>
        source.pipe((inner) => merge(inner, new Subject<never>())).subscribe(() => fail()),
    ],
    ['throws behind share()', (source) => source.pipe(share()).subscribe(() => fail())],
    [
      'throws later, behind a timer',
      (source) => source.pipe(debounceTime(1)).subscribe(() => fail()),
    ],
    [
      'throws in its own error callback',
      (source) => source.pipe(tap(() => fail())).subscribe({ error: () => fail() }),
    ],
    [
      'throws when the stream ends',
      (source) => source.pipe(take(1)).subscribe({ complete: () => fail() }),
    ],
  ])('logs a subscriber that %s, and goes on', async (_, subscribe) => {
    subscribe(events.events$);
    events.events$.subscribe(({ type }) => heard.push(type));
    events.emit(event('scheduler.started'));
    events.emit(event('scheduler.paused'));
    expect(heard).toEqual(['scheduler.started', 'scheduler.paused']);
    await turn();
    expect(logged).toHaveBeenCalled();
    expect(logged.mock.calls[0]?.[0]).toMatch(/^A subscriber of events\$ (failed|threw)/);
  });

  it('survives a logger that throws', () => {
    logged.mockImplementation(() => fail());
    events.events$.subscribe(() => fail());
    events.events$.subscribe(({ type }) => heard.push(type));
    events.emit(event('scheduler.started'));
    expect(heard).toEqual(['scheduler.started']);
  });

  it('leaves errors that a subscriber takes to it', () => {
    events.events$
      .pipe(tap(() => fail()))
      .subscribe({ error: (error: Error) => heard.push(error.message) });
    events.emit(event('scheduler.started'));
    expect(heard).toEqual(['on purpose']);
    expect(logged).not.toHaveBeenCalled();
  });

  it('works with firstValueFrom, which gets the errors itself', async () => {
    const first = firstValueFrom(events.events$.pipe(ofType('scheduler.paused')));
    const failing = firstValueFrom(events.events$.pipe(tap(() => fail())));
    const all = firstValueFrom(events.events$.pipe(take(2), toArray()));
    events.emit(event('scheduler.started'));
    events.emit(event('scheduler.paused'));
    await expect(first).resolves.toMatchObject({ type: 'scheduler.paused' });
    await expect(failing).rejects.toThrow('on purpose');
    await expect(all).resolves.toHaveLength(2);
  });

  it('lets ofType pick events and tells the compiler which', () => {
    events.events$.pipe(ofType('job.added', 'scheduler.paused')).subscribe((picked) => {
      heard.push(picked.type === 'job.added' ? picked.jobId : picked.type);
      // @ts-expect-error the compiler knows that this type was not asked for
      void (picked.type === 'job.missed');
    });
    events.emit(event('scheduler.started'));
    events.emit(added('a'));
    events.emit(event('scheduler.paused'));
    expect(heard).toEqual(['a', 'scheduler.paused']);
  });

  it('narrows event types that share a shape', () => {
    const paused: EventOf<'scheduler.paused'>['type'] = 'scheduler.paused';
    // @ts-expect-error only the type that was asked for
    const other: EventOf<'scheduler.paused'>['type'] = 'scheduler.started';
    expect([paused, other]).toHaveLength(2);
  });
});

function fail(error: unknown = new Error('on purpose')): never {
  throw error;
}

function rejecting(): unknown {
  return Promise.reject(new Error('on purpose'));
}

function rejectingEmpty(): unknown {
  return Promise.reject();
}
