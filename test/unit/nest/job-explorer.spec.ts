import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Provider as NestProvider, Type } from '@nestjs/common';
import { Controller, Inject, Injectable, Logger, Module, Scope } from '@nestjs/common';
import { DiscoveryModule, NestFactory, REQUEST } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { Cron } from '../../../lib/nest/decorators/cron.decorator.js';
import { Interval } from '../../../lib/nest/decorators/interval.decorator.js';
import { JobHandler } from '../../../lib/nest/decorators/job-handler.decorator.js';
import { OnSchedulerEvent } from '../../../lib/nest/decorators/on-scheduler-event.decorator.js';
import { Timeout } from '../../../lib/nest/decorators/timeout.decorator.js';
import { JobExplorer } from '../../../lib/nest/discovery/job.explorer.js';
import { ProviderFinder } from '../../../lib/nest/discovery/provider.finder.js';
import { DuplicateDeclarationError } from '../../../lib/nest/errors/duplicate-declaration.error.js';
import { SchedulerEvents } from '../../../lib/nest/events/scheduler-events.js';
import { HandlerRegistry } from '../../../lib/nest/handlers/handler.registry.js';

@Injectable()
class Reports {
  @Cron('0 5 * * *')
  daily(): string {
    return 'daily';
  }

  @JobHandler('reports.send')
  send(): string {
    return 'sent';
  }

  plain(): void {}
}

interface Graph {
  readonly providers?: NestProvider[];
  readonly controllers?: Type[];
  readonly imports?: Type[];
}

describe('JobExplorer', () => {
  let app: INestApplicationContext | undefined;
  let warned: jest.SpiedFunction<Logger['warn']>;

  beforeEach(() => {
    warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
    warned.mockRestore();
  });

  async function explore(
    { imports = [], providers = [], controllers = [] }: Graph,
    instanceDecorator: (instance: unknown) => unknown = (instance) => instance,
  ) {
    @Module({
      imports: [DiscoveryModule, ...imports],
      controllers,
      providers: [ProviderFinder, JobExplorer, HandlerRegistry, SchedulerEvents, ...providers],
    })
    class AppModule {}

    app = await NestFactory.createApplicationContext(AppModule, {
      logger: false,
      instrument: { instanceDecorator },
    });
    const explorer = app.get(JobExplorer);
    explorer.explore();
    return {
      ids: explorer.schedules.map(({ defaultId }) => defaultId),
      explorer,
      handlers: app.get(HandlerRegistry),
      events: app.get(SchedulerEvents),
    };
  }

  it('finds decorated methods of providers and controllers', async () => {
    @Controller()
    class HealthController {
      @Interval(1000)
      check(): void {}
    }

    const { ids, handlers } = await explore({
      providers: [Reports],
      controllers: [HealthController],
    });
    expect(ids).toEqual(['Reports.daily', 'HealthController.check']);
    expect(handlers.names()).toEqual(['Reports.daily', 'reports.send', 'HealthController.check']);
  });

  it('takes an alias for what it is', async () => {
    const { ids } = await explore({
      providers: [
        Reports,
        { provide: 'ALIAS', useExisting: Reports },
        { provide: 'FACTORY_ALIAS', useFactory: (reports: Reports) => reports, inject: [Reports] },
      ],
    });
    expect(ids).toEqual(['Reports.daily']);
    expect(warned).not.toHaveBeenCalled();
  });

  it('registers a class once that two modules provide, and says so', async () => {
    @Module({ providers: [Reports] })
    class BillingModule {}

    const { ids } = await explore({ imports: [BillingModule], providers: [Reports] });
    expect(ids).toEqual(['Reports.daily']);
    expect(warned).toHaveBeenCalledTimes(1);
    expect(warned.mock.calls[0]?.[0]).toMatch(
      /^Reports is provided by (AppModule and by BillingModule|BillingModule and by AppModule)/,
    );
  });

  it('never runs a getter of a provider', async () => {
    @Injectable()
    class Touchy {
      get trap(): never {
        throw new Error('A getter ran.');
      }

      @Cron('* * * * *')
      work(): void {}
    }

    const { ids } = await explore({ providers: [Touchy] });
    expect(ids).toEqual(['Touchy.work']);
  });

  it('reads decorators behind proxies that wrap every instance', async () => {
    const calls: string[] = [];
    const instanceDecorator = (instance: unknown): unknown =>
      instance instanceof Reports
        ? new Proxy(instance, {
            get(target, key) {
              const value: unknown = Reflect.get(target, key);
              return typeof value !== 'function'
                ? value
                : (...args: unknown[]): unknown => {
                    calls.push(String(key));
                    return Reflect.apply(value, target, args);
                  };
            },
          })
        : instance;

    const { ids, handlers } = await explore({ providers: [Reports] }, instanceDecorator);
    expect(ids).toEqual(['Reports.daily']);
    expect(handlers.get('Reports.daily')?.invoke({ args: [] } as never)).toBe('daily');
    expect(calls).toContain('daily');
  });

  it('gives an inherited job the name of the concrete class', async () => {
    abstract class Base {
      @Cron('0 1 * * *')
      inherited(): string {
        return this.constructor.name;
      }

      @Cron('0 2 * * *')
      overridden(): void {}

      @Cron('0 3 * * *')
      redecorated(): void {}
    }

    @Injectable()
    class First extends Base {
      override overridden(): void {}

      @Cron('0 4 * * *')
      override redecorated(): void {}
    }

    @Injectable()
    class Second extends Base {}

    const { ids, handlers } = await explore({ providers: [First, Second] });
    expect(ids.toSorted()).toEqual([
      'First.inherited',
      'First.redecorated',
      'Second.inherited',
      'Second.overridden',
      'Second.redecorated',
    ]);
    expect(handlers.get('Second.inherited')?.invoke({ args: [] } as never)).toBe('Second');
  });

  it('finds methods of what factories and values provide', async () => {
    class Other {
      @Cron('0 5 * * *')
      daily(): void {}
    }

    const { ids } = await explore({
      providers: [
        { provide: 'MADE', useFactory: async () => new Reports() },
        { provide: 'VALUE', useValue: new Other() },
        { provide: 'CLASS', useValue: Reports },
        { provide: 'NONE', useFactory: () => null },
        { provide: 'TEXT', useValue: 'text' },
        { provide: 'LIST', useValue: [new Reports()] },
        { provide: 'BARE', useValue: Object.create(null) as object },
        { provide: 'BARER', useValue: Object.create(Object.create(null) as object) as object },
      ],
    });
    expect(ids).toEqual(['Reports.daily', 'Other.daily']);
  });

  it('honours every decorator of a method, numbered from the top', async () => {
    @Injectable()
    class Busy {
      @Cron('0 1 * * *')
      @Interval(1000, { id: 'own' })
      @JobHandler('busy.work')
      @Timeout(10)
      @Cron('0 2 * * *')
      work(): void {}
    }

    const { explorer, handlers } = await explore({ providers: [Busy] });
    expect(explorer.schedules.map(({ defaultId, handler }) => [defaultId, handler])).toEqual([
      ['Busy.work', 'busy.work'],
      ['Busy.work#2', 'busy.work'],
      ['Busy.work#4', 'busy.work'],
    ]);
    expect(explorer.timeouts.map(({ defaultId }) => defaultId)).toEqual(['Busy.work#3']);
    expect(handlers.names()).toEqual(['busy.work']);
  });

  it('refuses two handlers of one name and tells both places', async () => {
    @Injectable()
    class Mail {
      @JobHandler('reports.send')
      deliver(): void {}
    }

    const exploring = explore({ providers: [Reports, Mail] });
    await expect(exploring).rejects.toThrow(DuplicateDeclarationError);
    await expect(exploring).rejects.toThrow(
      /"reports.send" is declared twice: by Reports.send \(AppModule\) and by Mail.deliver \(AppModule\)/,
    );
  });

  it('refuses two classes of one name', async () => {
    const make = (): Type => {
      @Injectable()
      class Twin {
        @Interval(1000)
        work(): void {}
      }
      return Twin;
    };

    await expect(explore({ providers: [make(), make()] })).rejects.toThrow(/"Twin.work"/);
  });

  it.each(['', 'x'.repeat(201), 'nul\0', 5 as never])(
    'refuses %j as the name of a handler',
    async (name) => {
      @Injectable()
      class Nameless {
        @JobHandler(name)
        work(): void {}
      }

      await expect(explore({ providers: [Nameless] })).rejects.toThrow(
        /@JobHandler on Nameless.work \(AppModule\): A handler's name is plain text of 1 to 200/,
      );
    },
  );

  it('refuses a class without a name, which would have to be stored', async () => {
    const [Nameless] = [
      class {
        work(): void {}
      },
    ] as const;
    const { prototype } = Nameless;
    Interval(1000)(prototype, 'work', Object.getOwnPropertyDescriptor(prototype, 'work'));
    const provider = { provide: 'NAMELESS', useFactory: () => new Nameless() };
    await expect(explore({ providers: [provider] })).rejects.toThrow(/has no name/);
  });

  it('takes request-scoped providers for jobs, but warns of their event listeners', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Scoped {
      constructor(@Inject(REQUEST) readonly request: unknown) {}

      @Cron('0 1 * * *')
      work(): void {}

      @OnSchedulerEvent()
      hear(): void {}
    }

    const { ids } = await explore({ providers: [Scoped] });
    expect(ids).toEqual(['Scoped.work']);
    expect(warned.mock.calls[0]?.[0]).toMatch(/@OnSchedulerEvent on Scoped.hear .* hears nothing/);
  });

  it('tells listeners of the events that they asked for, and logs what they throw', async () => {
    const heard: string[] = [];

    @Injectable()
    class Listener {
      @OnSchedulerEvent('scheduler.started', 'scheduler.paused')
      some({ type }: { type: string }): void {
        heard.push(`some ${type}`);
      }

      @OnSchedulerEvent()
      async all({ type }: { type: string }): Promise<void> {
        heard.push(`all ${type}`);
        throw new Error('on purpose');
      }
    }

    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { events, handlers } = await explore({ providers: [Listener] });
    for (const type of ['scheduler.started', 'scheduler.resumed'] as const) {
      events.emit({ type, at: new Date(0), nodeId: 'node' });
    }
    await Promise.resolve();
    expect(heard).toEqual([
      'some scheduler.started',
      'all scheduler.started',
      'all scheduler.resumed',
    ]);
    expect(logged.mock.calls[0]?.[0]).toMatch(
      /@OnSchedulerEvent on Listener.all \(AppModule\) failed/,
    );
    expect(handlers.names()).toEqual([]);
    logged.mockRestore();
  });
});
