import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { EventOf, JobStore, SchedulerEvent } from 'nestjs-durable-scheduler';
import { memoryStore, ofType, SchedulerService } from 'nestjs-durable-scheduler';
import { typeormStore } from 'nestjs-durable-scheduler/typeorm';
import { filter, firstValueFrom, ReplaySubject } from 'rxjs';
import { Outcomes } from '../../../sample/02-tour/outcomes.js';
import { TourModule } from '../../../sample/02-tour/tour.module.js';
import { Tour } from '../../../sample/02-tour/tour.js';
import type { TestDatabase } from '../../support/postgres/index.js';
import { createDatabase } from '../../support/postgres/index.js';
import { SampleProcess } from './sample-process.js';

describe.each(['in memory', 'in Postgres'])('The tour, with its second store %s', (place) => {
  let database: TestDatabase | undefined;
  let app: INestApplicationContext;
  let scheduler: SchedulerService;
  let tour: Tour;
  const events = new ReplaySubject<SchedulerEvent>();

  beforeAll(async () => {
    const module = await Test.createTestingModule({
      imports: [TourModule.with(await openArchive())],
    }).compile();
    // One of the jobs fails on purpose.
    module.useLogger(false);
    app = module;
    scheduler = module.get(SchedulerService);
    scheduler.events$.subscribe(events);
    await module.init();
    tour = module.get(Tour);
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  async function openArchive(): Promise<JobStore> {
    if (place === 'in memory') {
      return memoryStore();
    }
    database = await createDatabase();
    return typeormStore({ type: 'postgres', url: database.url });
  }

  function outcomeOf(jobId: string): Promise<EventOf<'job.executed' | 'job.error'>> {
    return firstValueFrom(
      events.pipe(
        ofType('job.executed', 'job.error'),
        filter((event) => event.jobId === jobId),
      ),
    );
  }

  it('adds a job every ten seconds with arguments, an id, a name and ten instances', async () => {
    const job = await tour.everyTenSeconds();
    expect(job).toMatchObject({
      id: 'greeting',
      name: 'A greeting every ten seconds',
      args: ['Hello', 'world'],
      maxInstances: 10,
      trigger: { type: 'interval', seconds: 10 },
      state: 'active',
    });
    const instants = scheduler.preview(job.trigger, 2, job.createdAt);
    expect(instants[0]).toEqual(job.nextFireAt);
    expect(instants[1]).toEqual(new Date((job.nextFireAt as Date).getTime() + 10_000));
  });

  it('hears success and failure, and tells them apart', async () => {
    await tour.runNow();
    await tour.failNow();
    expect(await outcomeOf('greeting')).toMatchObject({
      type: 'job.executed',
      result: 'Hello, world!',
    });
    expect(await outcomeOf('failing')).toMatchObject({
      type: 'job.error',
      error: { name: 'Error', message: 'This one fails on purpose.' },
    });
    expect(app.get(Outcomes).lines).toEqual(
      expect.arrayContaining([
        'greeting worked: "Hello, world!"',
        'failing crashed: This one fails on purpose.',
      ]),
    );
    expect(await scheduler.getJob('failing')).toMatchObject({ state: 'active' });
  });

  it('finishes a job at once whose period has passed, and says so', async () => {
    expect(await tour.pastPeriod()).toMatchObject({ state: 'finished', nextFireAt: null });
    const finished = events.pipe(
      ofType('job.finished'),
      filter(({ jobId }) => jobId === 'past-period'),
    );
    await firstValueFrom(finished);
    expect((await scheduler.getRuns({ jobId: 'past-period' })).items).toEqual([]);
  });

  it('begins a period that is yet to come at its start', async () => {
    expect(await tour.futurePeriod()).toMatchObject({
      state: 'active',
      nextFireAt: new Date('2110-10-10T09:30:00Z'),
    });
  });

  it('runs a one-shot at its date, and not again', async () => {
    const { trigger } = await tour.once();
    expect(trigger).toMatchObject({ type: 'date' });
    expect(await outcomeOf('once')).toMatchObject({ result: 'Just once, you!' });
    expect(await scheduler.getJob('once')).toMatchObject({ state: 'finished', fireCount: 1 });
  });

  it('plans a cron job for workdays until its end date', async () => {
    const { trigger, nextFireAt } = await tour.workdays();
    const last = new Date('2114-05-29T00:00:00Z');
    expect(nextFireAt?.toISOString()).toMatch(/T05:30:00.000Z$/);
    expect(nextFireAt?.getUTCDay()).toBeGreaterThanOrEqual(1);
    expect(nextFireAt?.getUTCDay()).toBeLessThanOrEqual(5);
    expect(scheduler.preview(trigger, 10, last)).toEqual([new Date('2114-05-29T05:30:00Z')]);
  });

  it('plans by crontab text', async () => {
    const { trigger } = await tour.crontab();
    expect(scheduler.preview(trigger, 2, new Date('2026-08-15T00:00:00Z'))).toEqual([
      new Date('2026-08-15T00:00:00Z'),
      new Date('2027-05-01T00:00:00Z'),
    ]);
  });

  it('keeps a job in another store, for another executor, with the defaults of all jobs', async () => {
    expect(await tour.elsewhere()).toMatchObject({
      store: 'archive',
      executor: 'narrow',
      coalesce: 'all',
      maxInstances: 3,
    });
    const { items } = await scheduler.getJobs({ store: 'archive' });
    expect(items.map(({ id }) => id)).toEqual(['elsewhere']);
    await scheduler.runJob('elsewhere');
    expect(await outcomeOf('elsewhere')).toMatchObject({
      store: 'archive',
      result: 'Greetings, from the archive!',
    });
  });

  it('pauses a job and resumes it', async () => {
    const { paused, resumed } = await tour.pauseAndResume();
    expect(paused).toMatchObject({ state: 'paused', nextFireAt: null });
    expect(resumed).toMatchObject({ state: 'active', nextFireAt: expect.any(Date) });
  });

  it('changes the name and the limit of a job, and leaves its plan alone', async () => {
    const planned = await scheduler.getJob('greeting');
    const modified = await tour.modify();
    expect(modified).toMatchObject({ name: 'Another name', maxInstances: 6 });
    expect(modified.trigger).toEqual(planned?.trigger);
  });

  it('gives a job another trigger, and plans it anew', async () => {
    const { nextFireAt } = await tour.reschedule();
    expect((nextFireAt as Date).getTime() % (5 * 60_000)).toBe(0);
  });

  it('removes a job', async () => {
    await tour.remove();
    expect(await scheduler.getJob('crontab')).toBeNull();
  });

  it('lists what is left, in words', async () => {
    const lines = await tour.list();
    expect(lines).toHaveLength(7);
    expect(lines).toContainEqual(
      expect.stringMatching(/^default\/greeting \(every 5 minutes .*\): next /),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^default\/past-period .*: finished$/));
  });
});

describe('The tour as a program', () => {
  afterAll(() => SampleProcess.killAll());

  it('prints its stations and ends by itself', async () => {
    const tour = new SampleProcess('02-tour');
    expect(await tour.end()).toBe(0);
    const stations = tour.lines.flatMap((line) => /^(\d+)\. /.exec(line)?.[1] ?? []);
    expect(stations).toEqual(Array.from({ length: 11 }, (_, index) => String(index + 1)));
  });
});
