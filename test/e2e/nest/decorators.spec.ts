import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import type { JobContext, SchedulerEvent } from '../../../lib/index.js';
import {
  At,
  Cron,
  CronExpression,
  Interval,
  JobHandler,
  OnSchedulerEvent,
  Timeout,
} from '../../../lib/index.js';
import { boot, build, closeAppsAfterEach, farAway, longAgo } from './support.js';

describe('the decorators', () => {
  closeAppsAfterEach();

  it('@Cron calls the method on its calendar', async () => {
    @Injectable()
    class Reports {
      @Cron('* * * * * *')
      tick(ctx: JobContext): string {
        return ctx.scheduledAt.toISOString();
      }
    }

    const app = await boot({ providers: [Reports] });
    const event = await app.event('job.executed', 'Reports.tick');
    expect(event.scheduledAt.getUTCMilliseconds()).toBe(0);
    expect(event.result).toBe(event.scheduledAt.toISOString());
  });

  it('@Cron takes fields, a zone, and every option of a job', async () => {
    @Injectable()
    class Reports {
      @Cron(
        { dayOfWeek: 'mon-fri', hour: 5, minute: 30 },
        {
          id: 'daily-report',
          name: 'Daily report',
          timezone: 'Europe/Berlin',
          args: ['a', 1],
          maxInstances: 3,
          coalesce: true,
          misfireGraceTime: { minutes: 1 },
          priority: 3,
          tags: ['reports'],
          metadata: { owner: 'finance' },
        },
      )
      daily(_text: string, _count: number, _ctx: JobContext): void {}
    }

    const app = await boot({ providers: [Reports] });
    const job = await app.scheduler.getJob('daily-report');
    expect(job).toMatchObject({
      id: 'daily-report',
      name: 'Daily report',
      handler: 'Reports.daily',
      args: ['a', 1],
      trigger: { type: 'cron', timezone: 'Europe/Berlin', hour: 5, minute: 30 },
      maxInstances: 3,
      coalesce: 'latest',
      misfireGraceTime: 60_000,
      priority: 3,
      tags: ['reports'],
      metadata: { owner: 'finance' },
      origin: 'code',
      state: 'active',
    });
  });

  it('@Cron knows the names of common schedules', async () => {
    @Injectable()
    class Reports {
      @Cron(CronExpression.MONDAY_TO_FRIDAY_AT_09_30AM)
      work(): void {}
    }

    const app = await boot({ providers: [Reports] });
    const job = await app.scheduler.getJob('Reports.work');
    expect(job?.trigger).toMatchObject({ expression: '30 9 * * mon-fri', timezone: 'UTC' });
  });

  it('@Interval calls the method every so often', async () => {
    const seen: JobContext[] = [];

    @Injectable()
    class Visits {
      @Interval(20)
      count(ctx: JobContext): void {
        seen.push(ctx);
      }
    }

    const app = await boot({ providers: [Visits] });
    const first = await app.event('job.executed', 'Visits.count');
    const second = await app.firstOf(
      'job.executed',
      ({ jobId, scheduledAt }) => jobId === 'Visits.count' && scheduledAt > first.scheduledAt,
    );
    expect((second.scheduledAt.getTime() - first.scheduledAt.getTime()) % 20).toBe(0);
    expect(seen[0]).toMatchObject({ jobId: 'Visits.count', attempt: 1, args: [] });
  });

  it('@Interval takes a name in front, as in @nestjs/schedule', async () => {
    @Injectable()
    class Visits {
      @Interval('Count visits', { minutes: 5 })
      count(): void {}
    }

    const app = await boot({ providers: [Visits] });
    expect(await app.scheduler.getJob('Visits.count')).toMatchObject({
      name: 'Count visits',
      trigger: { type: 'interval', minutes: 5 },
    });
  });

  it('@At calls the method once', async () => {
    @Injectable()
    class Party {
      @At(new Date(Date.now() + 300))
      start(): string {
        return 'cheers';
      }
    }

    const app = await boot({ providers: [Party] });
    expect((await app.event('job.executed', 'Party.start')).result).toBe('cheers');
    await app.event('job.finished', 'Party.start');
    expect(await app.scheduler.getJob('Party.start')).toMatchObject({ state: 'finished' });
  });

  it('@At records a date that had passed before the job was known as missed', async () => {
    @Injectable()
    class Party {
      @At(longAgo)
      start(): void {}
    }

    const app = await boot({ providers: [Party] });
    expect(await app.event('job.missed', 'Party.start')).toMatchObject({
      reason: 'declared-late',
      scheduledAt: longAgo,
    });
    expect(app.types('Party.start')).not.toContain('job.started');
  });

  it('@At takes ISO text and a zone', async () => {
    @Injectable()
    class Party {
      @At('2999-12-31 23:59', { timezone: 'Europe/Berlin' })
      start(): void {}
    }

    const app = await boot({ providers: [Party] });
    const job = await app.scheduler.getJob('Party.start');
    expect(job?.nextFireAt?.toISOString()).toBe('2999-12-31T22:59:00.000Z');
  });

  it('@Timeout calls the method once, so long after the start', async () => {
    @Injectable()
    class Cache {
      @Timeout(50)
      warmUp(ctx: JobContext): string {
        return ctx.jobId;
      }

      @Timeout('At once', 0)
      now(): void {}
    }

    const app = await boot({ providers: [Cache] });
    const started = await app.event('scheduler.started');
    const { scheduledAt, result } = await app.event('job.executed', 'Cache.warmUp');
    expect(scheduledAt.getTime() - started.at.getTime()).toBeGreaterThanOrEqual(50);
    expect(result).toBe('Cache.warmUp');
    await app.event('job.executed', 'Cache.now');
    const runs = await app.scheduler.getRuns({ jobId: 'Cache.now' });
    expect(runs.items).toHaveLength(1);
  });

  it('@Timeout does not fire again when the scheduler of the process is started again', async () => {
    @Injectable()
    class Cache {
      @Timeout(0)
      warmUp(): void {}
    }

    const app = await boot({ providers: [Cache] });
    await app.event('job.executed', 'Cache.warmUp');
    await app.scheduler.shutdown();
    await app.scheduler.start();
    expect((await app.scheduler.getRuns({ jobId: 'Cache.warmUp' })).items).toHaveLength(1);
  });

  it('@JobHandler makes a handler for jobs that are added at run time', async () => {
    @Injectable()
    class Mail {
      @JobHandler('mail.send')
      send(to: string, subject: string, ctx: JobContext): string {
        return `${to}, ${subject}, ${ctx.jobId}`;
      }

      @JobHandler()
      deliver(): string {
        return 'delivered';
      }
    }

    const app = await boot({ providers: [Mail] });
    const job = await app.scheduler.addJob({
      id: 'welcome:42',
      handler: 'mail.send',
      args: ['a@b.c', 'hi'],
      trigger: { type: 'date', version: 1, runDate: farAway.toISOString() },
    });
    await job.run();
    expect((await app.event('job.executed', 'welcome:42')).result).toBe('a@b.c, hi, welcome:42');
    await app.scheduler.addJob({
      id: 'delivery',
      handler: 'Mail.deliver',
      trigger: { type: 'date', version: 1, runDate: longAgo.toISOString() },
    });
    expect((await app.event('job.executed', 'delivery')).result).toBe('delivered');
  });

  it('@OnSchedulerEvent hears what happens', async () => {
    const heard: string[] = [];

    @Injectable()
    class Listener {
      @Interval(20)
      work(): void {}

      @OnSchedulerEvent('scheduler.started', 'job.executed')
      hear(event: SchedulerEvent): void {
        heard.push(event.type);
      }
    }

    const app = await boot({ providers: [Listener] });
    await app.event('job.executed');
    expect(heard.slice(0, 2)).toEqual(['scheduler.started', 'job.executed']);
  });

  it('several on one method are all honoured', async () => {
    @Injectable()
    class Reports {
      @Cron('0 1 * * *')
      @Cron('0 2 * * *', { id: 'second' })
      @Interval({ hours: 1 })
      work(): void {}
    }

    const app = await boot({ providers: [Reports] });
    const { items } = await app.scheduler.getJobs();
    expect(items.map(({ id }) => id).toSorted()).toEqual([
      'Reports.work',
      'Reports.work#3',
      'second',
    ]);
    expect((await app.scheduler.getJob('Reports.work'))?.trigger).toMatchObject({
      expression: '0 1 * * *',
    });
  });

  it('take the option names of @nestjs/schedule', async () => {
    @Injectable()
    class Reports {
      @Cron('0 1 * * *', { name: 'early', timeZone: 'Europe/Paris', waitForCompletion: true })
      early(): void {}

      @Cron('no schedule at all', { disabled: true })
      off(): void {}
    }

    const app = await boot({ providers: [Reports] }, { jobDefaults: { maxInstances: 5 } });
    expect(await app.scheduler.getJob('Reports.early')).toMatchObject({
      name: 'early',
      maxInstances: 1,
      trigger: { timezone: 'Europe/Paris' },
    });
    expect(await app.scheduler.getJob('Reports.off')).toBeNull();
  });

  it('take their values from providers when the application starts', async () => {
    @Injectable()
    class Settings {
      cron = '';

      onModuleInit(): void {
        this.cron = '15 4 * * *';
      }
    }

    @Injectable()
    class Reports {
      @Cron((ref) => ref.get(ConfigService).getOrThrow<string>('REPORT_CRON'))
      report(): void {}

      @Cron(async (ref) => ref.get(Settings).cron)
      other(): void {}

      @Interval((ref) => ({ minutes: Number(ref.get(ConfigService).getOrThrow('EVERY')) }))
      visits(): void {}

      @At((ref) => ref.get(ConfigService).getOrThrow<string>('PARTY'))
      party(): void {}

      @Cron((ref) => ref.get(ConfigService).getOrThrow<string>('MISSING'), {
        enabled: (ref) => ref.get(ConfigService).get('CLEANING') === 'on',
      })
      clean(): void {}
    }

    const config = ConfigModule.forRoot({
      ignoreEnvFile: true,
      load: [() => ({ REPORT_CRON: '0 3 * * *', EVERY: '7', PARTY: '2999-12-31T00:00:00Z' })],
    });
    const app = await boot({ imports: [config], providers: [Reports, Settings] });
    const triggers = Object.fromEntries(
      (await app.scheduler.getJobs()).items.map(({ id, trigger }) => [id, trigger]),
    );
    expect(triggers).toMatchObject({
      'Reports.report': { expression: '0 3 * * *' },
      'Reports.other': { expression: '15 4 * * *' },
      'Reports.visits': { minutes: 7 },
      'Reports.party': { runDate: '2999-12-31T00:00:00Z' },
    });
    expect(Object.keys(triggers)).toHaveLength(4);
  });

  describe('fail the start, naming the place, when', () => {
    const bad = (decorate: PropertyDecorator | MethodDecorator) => {
      @Injectable()
      class Reports {
        work(): void {}
      }
      const descriptor = Object.getOwnPropertyDescriptor(Reports.prototype, 'work') ?? {};
      decorate(Reports.prototype, 'work', descriptor as TypedPropertyDescriptor<() => void>);
      return Reports;
    };

    it.each<[string, PropertyDecorator, string]>([
      ['the crontab text is malformed', Cron('61 * * * *'), 'INVALID_TRIGGER'],
      ['the zone is unknown', Cron('* * * * *', { timezone: 'Mars/Olympus' }), 'INVALID_TRIGGER'],
      ['the interval is zero', Interval(0), 'INVALID_TRIGGER'],
      ['the interval is no number', Interval(NaN), 'INVALID_TRIGGER'],
      ['the date is none', At('tomorrow'), 'INVALID_TRIGGER'],
      ['the trigger can never fire', Cron('0 0 30 2 *'), 'INVALID_TRIGGER'],
      ['a timeout is negative', Timeout(-1), 'INVALID_DECLARATION'],
      ['a timeout has no time', Timeout('name' as never), 'INVALID_DECLARATION'],
      ['a function gives nonsense', Cron(() => 'nonsense'), 'INVALID_TRIGGER'],
      ['an option is unknown', Cron('* * * * *', { utcOffset: 5 } as never), 'INVALID_JOB'],
      ['an option makes no sense', Cron('* * * * *', { maxInstances: 0 }), 'INVALID_JOB'],
      ['the executor is unknown', Cron('* * * * *', { executor: 'gpu' }), 'UNKNOWN_EXECUTOR'],
      ['the store is unknown', Cron('* * * * *', { store: 'disk' }), 'UNKNOWN_STORE'],
      ['the options are no object', Cron('* * * * *', 'daily' as never), 'INVALID_DECLARATION'],
    ])('%s', async (_, decorator, code) => {
      const app = await build({ providers: [bad(decorator)] });
      await expect(app.context.init()).rejects.toMatchObject({
        code,
        message: expect.stringContaining('Reports.work'),
      });
      expect(app.scheduler.state).toBe('stopped');
    });

    it.each<[string, () => string, RegExp]>([
      ['an error', () => raise(new Error('no setting')), /threw: no setting$/],
      ['something else', () => raise('a text'), /threw: "a text"$/],
    ])('a function of a decorator throws %s', async (_, schedule, text) => {
      const app = await build({ providers: [bad(Cron(schedule))] });
      const starting = app.context.init();
      await expect(starting).rejects.toMatchObject({ code: 'INVALID_DECLARATION' });
      await expect(starting).rejects.toThrow(/^@Cron on Reports.work \(RootTestModule\): /);
      await expect(starting).rejects.toThrow(text);
    });

    it('two jobs have one id', async () => {
      @Injectable()
      class Reports {
        @Cron('0 1 * * *', { id: 'report' })
        one(): void {}

        @Cron('0 2 * * *', { id: 'report' })
        two(): void {}
      }

      const app = await build({ providers: [Reports] });
      await expect(app.context.init()).rejects.toThrow(
        /job "report" is declared twice: by @Cron on Reports.one .* and by @Cron on Reports.two/,
      );
    });
  });
});

function raise(error: unknown): never {
  throw error;
}
