import { afterEach, describe, expect, it } from '@jest/globals';
import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { Injectable, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { Test } from '@nestjs/testing';
import type { SchedulerModuleOptions, SchedulerOptionsFactory } from '../../../lib/index.js';
import {
  cron,
  DuplicateSchedulerModuleError,
  inProcess,
  Interval,
  InvalidOptionsError,
  JobHandler,
  memoryStore,
  SCHEDULER_OPTIONS,
  SchedulerModule,
  SchedulerService,
} from '../../../lib/index.js';
import { boot, build, closeAppsAfterEach } from './support.js';

@Injectable()
class Visits {
  @Interval({ hours: 1 })
  count(): void {}

  @JobHandler('visits.reset')
  reset(): void {}
}

describe('SchedulerModule', () => {
  closeAppsAfterEach();

  let app: INestApplicationContext | undefined;

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  async function start(
    ...imports: (DynamicModule | Promise<DynamicModule> | Type)[]
  ): Promise<SchedulerService> {
    const module = await Test.createTestingModule({ imports, providers: [Visits] }).compile();
    app = module;
    await module.init();
    return module.get(SchedulerService, { strict: false });
  }

  it('works without any options, in memory', async () => {
    const scheduler = await start(SchedulerModule.forRoot());
    expect(scheduler.state).toBe('running');
    expect(await scheduler.getJob('Visits.count')).toMatchObject({
      store: 'default',
      executor: 'default',
      trigger: { hours: 1 },
    });
  });

  it('takes several stores and executors by alias, and defaults for jobs', async () => {
    const { scheduler } = await boot(
      { providers: [Visits] },
      {
        stores: { scratch: memoryStore() },
        executors: { small: inProcess({ concurrency: 1 }) },
        jobDefaults: { coalesce: false, maxInstances: 3 },
        timezone: 'Europe/Berlin',
      },
    );
    const job = await scheduler.addJob({
      handler: 'visits.reset',
      trigger: cron('0 5 * * *'),
      store: 'scratch',
      executor: 'small',
    });
    expect(job).toMatchObject({
      store: 'scratch',
      executor: 'small',
      coalesce: 'all',
      maxInstances: 3,
      trigger: { timezone: 'Europe/Berlin' },
    });
  });

  it.each<[string, SchedulerModuleOptions]>([
    ['is unknown', { storse: {} } as SchedulerModuleOptions],
    ['makes no sense', { timezone: 'Mars/Olympus' }],
  ])('refuses an option that %s when the application is built', async (_, options) => {
    await expect(build({}, options)).rejects.toThrow(InvalidOptionsError);
  });

  it('refuses options that a factory gives as well', async () => {
    const module = SchedulerModule.forRootAsync({ useFactory: () => ({ lead: -1 }) });
    await expect(start(module)).rejects.toThrow(/lead = -1/);
  });

  describe('forRootAsync()', () => {
    it('takes a factory with providers of other modules', async () => {
      const scheduler = await start(
        ConfigModule.forRoot({ ignoreEnvFile: true, load: [() => ({ ZONE: 'Asia/Tokyo' })] }),
        SchedulerModule.forRootAsync({
          imports: [ConfigModule],
          inject: [ConfigService],
          useFactory: async (config: ConfigService) => ({
            timezone: config.getOrThrow<string>('ZONE'),
          }),
        }),
      );
      const job = await scheduler.addJob({ handler: 'visits.reset', trigger: cron('0 5 * * *') });
      expect(job.trigger.timezone).toBe('Asia/Tokyo');
    });

    it('takes a class, and further providers for it', async () => {
      @Injectable()
      class Options implements SchedulerOptionsFactory {
        constructor(private readonly zone: Zone) {}

        createSchedulerOptions(): SchedulerModuleOptions {
          return { timezone: this.zone.name };
        }
      }

      const scheduler = await start(
        SchedulerModule.forRootAsync({ useClass: Options, extraProviders: [Zone] }),
      );
      expect(scheduler.preview(cron('0 5 * * *'), 1, new Date('2026-06-01T00:00:00Z'))).toEqual([
        new Date('2026-06-01T20:00:00Z'),
      ]);
    });

    it('takes an existing provider', async () => {
      @Injectable()
      class Options implements SchedulerOptionsFactory {
        async createSchedulerOptions(): Promise<SchedulerModuleOptions> {
          return { autoStart: false };
        }
      }

      @Module({ providers: [Options], exports: [Options] })
      class OptionsModule {}

      const scheduler = await start(
        SchedulerModule.forRootAsync({ imports: [OptionsModule], useExisting: Options }),
      );
      expect(scheduler.state).toBe('stopped');
    });

    it('takes a factory that gives nothing', async () => {
      const nothing = () => undefined as unknown as SchedulerModuleOptions;
      const scheduler = await start(SchedulerModule.forRootAsync({ useFactory: nothing }));
      expect(scheduler.state).toBe('running');
    });

    it('says so when it is given none of the three', () => {
      expect(() => SchedulerModule.forRootAsync({})).toThrow(
        /one of useFactory, useClass and useExisting/,
      );
    });
  });

  describe('a second one', () => {
    const forRoot = () => SchedulerModule.forRoot();
    const forRootAsync = () => SchedulerModule.forRootAsync({ useFactory: () => ({}) });

    it.each([
      ['forRoot() and forRoot()', forRoot, forRoot],
      ['forRoot() and forRootAsync()', forRoot, forRootAsync],
      ['forRootAsync() and forRootAsync()', forRootAsync, forRootAsync],
    ])('is refused, naming who imports it: %s', async (_, first, second) => {
      @Module({ imports: [second()] })
      class BillingModule {}

      const starting = start(first(), BillingModule);
      await expect(starting).rejects.toThrow(DuplicateSchedulerModuleError);
      await expect(starting).rejects.toMatchObject({
        code: 'DUPLICATE_SCHEDULER_MODULE',
        modules: ['RootTestModule', 'BillingModule'],
      });
    });

    it('is not one when it is the same object, or the bare class', async () => {
      const module = SchedulerModule.forRoot();

      @Module({ imports: [module] })
      class BillingModule {}

      @Module({ imports: [SchedulerModule] })
      class MailModule {}

      const scheduler = await start(module, BillingModule, MailModule);
      expect(scheduler.state).toBe('running');
      expect((await scheduler.getJobs()).items).toHaveLength(1);
    });
  });

  it('lets every module inject SchedulerService', async () => {
    @Injectable()
    class Mail {
      constructor(readonly scheduler: SchedulerService) {}
    }

    @Module({ providers: [Mail] })
    class MailModule {}

    const scheduler = await start(SchedulerModule.forRoot(), MailModule);
    expect(app?.get(Mail, { strict: false }).scheduler).toBe(scheduler);
  });

  it('keeps SchedulerService to its importers when it is not global', async () => {
    @Injectable()
    class Mail {
      constructor(readonly scheduler: SchedulerService) {}
    }

    @Module({ providers: [Mail] })
    class MailModule {}

    const module = SchedulerModule.forRoot({ isGlobal: false });
    await expect(start(module, MailModule)).rejects.toThrow(/SchedulerService/);

    @Module({ imports: [module], providers: [Mail] })
    class ImportingModule {}

    expect((await start(ImportingModule)).state).toBe('running');
  });

  it('lets a test replace its options', async () => {
    const module = await Test.createTestingModule({ imports: [SchedulerModule.forRoot()] })
      .overrideProvider(SCHEDULER_OPTIONS)
      .useValue({ autoStart: false })
      .compile();
    app = module;
    await module.init();
    expect(module.get(SchedulerService, { strict: false }).state).toBe('stopped');
  });

  describe('switched off', () => {
    const before = process.env.SCHEDULER_ENABLED;

    afterEach(() => {
      if (before === undefined) {
        delete process.env.SCHEDULER_ENABLED;
      } else {
        process.env.SCHEDULER_ENABLED = before;
      }
    });

    it('by autoStart, does not start, but lets jobs be added and starts when it is told to', async () => {
      const { scheduler } = await boot({ providers: [Visits] }, { autoStart: false });
      expect(scheduler.state).toBe('stopped');
      await scheduler.addJob({ id: 'a', handler: 'visits.reset', trigger: cron('0 5 * * *') });
      expect(await scheduler.getJob('Visits.count')).toBeNull();
      await scheduler.start();
      expect(scheduler.state).toBe('running');
      expect(await scheduler.getJob('Visits.count')).not.toBeNull();
      expect(await scheduler.getJob('a')).not.toBeNull();
    });

    it('by SCHEDULER_ENABLED=false in the environment', async () => {
      process.env.SCHEDULER_ENABLED = 'false';
      const { scheduler } = await boot({ providers: [Visits] });
      expect(scheduler.state).toBe('stopped');
    });
  });
});

@Injectable()
class Zone {
  readonly name = 'Asia/Tokyo';
}
