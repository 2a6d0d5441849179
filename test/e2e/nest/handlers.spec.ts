import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Inject, Injectable, Scope } from '@nestjs/common';
import type { ContextId, HostComponentInfo } from '@nestjs/core';
import { ContextIdFactory } from '@nestjs/core';
import type { JobContext as Context } from '../../../lib/index.js';
import {
  at,
  handlerRef,
  Interval,
  JOB_CONTEXT,
  JobContext,
  JobHandler,
  UnknownHandlerError,
} from '../../../lib/index.js';
import type { TestApp } from './support.js';
import { boot, closeAppsAfterEach, longAgo } from './support.js';

/** Runs a handler once and gives the outcome. */
async function run(app: TestApp, handler: string, args: string[] = [], id = 'job') {
  await app.scheduler.addJob({ id, handler, args, trigger: at(longAgo) });
  return app.event('job.executed', id);
}

describe('a handler', () => {
  closeAppsAfterEach();

  it.each<[string, string[], unknown[]]>([
    ['context', [], ['context']],
    ['nothing', [], ['context']],
    ['mail', ['to', 'subject'], ['to', 'subject', 'context']],
    ['mail', ['to'], ['to', null, 'context']],
    ['mail', ['to', 'subject', 'extra'], ['to', 'subject', 'extra', 'context']],
  ])(
    'that takes %s, with %j, gets the context where it expects it',
    async (name, args, expected) => {
      const describeArgs = (given: unknown[]): unknown[] =>
        given.map((arg) => (arg instanceof JobContext ? 'context' : (arg ?? null)));

      @Injectable()
      class Handlers {
        @JobHandler('context')
        context(_ctx: Context, ...rest: unknown[]): unknown {
          return describeArgs([_ctx, ...rest]);
        }

        @JobHandler('nothing')
        nothing(...given: unknown[]): unknown {
          return describeArgs(given);
        }

        @JobHandler('mail')
        mail(_to: string, _subject: string, _ctx: Context, ...rest: unknown[]): unknown {
          return describeArgs([_to, _subject, _ctx, ...rest]);
        }
      }

      const app = await boot({ providers: [Handlers] });
      expect((await run(app, name, args)).result).toEqual(expected);
    },
  );

  it('is told about its run, and finds the same context anywhere below', async () => {
    @Injectable()
    class Handlers {
      @JobHandler('look')
      async look(ctx: Context): Promise<unknown> {
        await Promise.resolve();
        return {
          same: JobContext.current() === ctx,
          jobId: ctx.jobId,
          runId: ctx.runId,
          key: ctx.idempotencyKey,
          at: ctx.scheduledAt.toISOString(),
          attempt: ctx.attempt,
          aborted: ctx.signal.aborted,
        };
      }
    }

    const app = await boot({ providers: [Handlers] });
    const { result, runId } = await run(app, 'look');
    expect(result).toEqual({
      same: true,
      jobId: 'job',
      runId,
      key: runId,
      at: longAgo.toISOString(),
      attempt: 1,
      aborted: false,
    });
    expect(JobContext.current()).toBeUndefined();
  });

  it('is looked up at each call, so that a spy sees it', async () => {
    @Injectable()
    class Handlers {
      @JobHandler('work')
      work(_to: string, _ctx: Context): string {
        return 'real';
      }
    }

    const app = await boot({ providers: [Handlers] });
    const spy = jest.spyOn(app.context.get(Handlers), 'work').mockReturnValue('spied');
    expect((await run(app, 'work', ['a'])).result).toBe('spied');
    expect(spy.mock.calls).toEqual([['a', expect.any(JobContext)]]);
  });

  it('has its provider as this', async () => {
    @Injectable()
    class Handlers {
      private readonly greeting = 'hello';

      @JobHandler('greet')
      greet(): string {
        return this.greeting;
      }
    }

    const app = await boot({ providers: [Handlers] });
    expect((await run(app, 'greet')).result).toBe('hello');
  });

  it('can be referred to, which checks the arguments', async () => {
    @Injectable()
    class Mail {
      @JobHandler('mail.send')
      send(to: string, count: number, _ctx: Context): string {
        return `${to} ${count}`;
      }
    }

    const { scheduler, ...app } = await boot({ providers: [Mail] });
    expect(app).toBeDefined();
    const job = await scheduler.addJob({
      handler: handlerRef(Mail, 'send'),
      args: ['a@b.c', 2],
      trigger: at(longAgo),
    });
    expect(job.handler).toBe('mail.send');
    await scheduler.addJob({
      handler: handlerRef(Mail, 'send'),
      // @ts-expect-error the second argument is a number
      args: ['a@b.c', 'two'],
      trigger: at(longAgo),
    });
  });

  it('must be known', async () => {
    const { scheduler } = await boot();
    const adding = scheduler.addJob({ handler: 'nobody', trigger: at(longAgo) });
    await expect(adding).rejects.toThrow(UnknownHandlerError);
  });

  describe('of a provider that is made for each run', () => {
    let made = 0;

    @Injectable({ scope: Scope.REQUEST })
    class Session {
      readonly number = ++made;

      constructor(@Inject(JOB_CONTEXT) readonly context: Context) {}
    }

    it('gets an instance of its own, with the context in the place of the request', async () => {
      @Injectable()
      class Scoped {
        constructor(private readonly session: Session) {}

        @JobHandler('scoped')
        work(ctx: Context): unknown {
          return { same: ctx === this.session.context, number: this.session.number };
        }
      }

      const app = await boot({ providers: [Scoped, Session] });
      const first = await run(app, 'scoped', [], 'first');
      const second = await run(app, 'scoped', [], 'second');
      expect(first.result).toMatchObject({ same: true });
      expect(second.result).toMatchObject({ same: true });
      expect(first.result).not.toEqual(second.result);
    });

    it('works with @Interval, in controllers and under other tokens too', async () => {
      @Controller()
      class ScopedController {
        constructor(private readonly session: Session) {}

        @Interval(20)
        work(): string {
          return this.session.context.jobId;
        }
      }

      @Injectable()
      class Named {
        constructor(private readonly session: Session) {}

        @JobHandler('named')
        work(): string {
          return this.session.context.jobId;
        }
      }

      const app = await boot({
        controllers: [ScopedController],
        providers: [Session, { provide: 'NAMED', useClass: Named }],
      });
      const { result } = await app.event('job.executed', 'ScopedController.work');
      expect(result).toBe('ScopedController.work');
      expect((await run(app, 'named')).result).toBe('job');
    });

    it('gets a new instance of a transient provider', async () => {
      @Injectable({ scope: Scope.TRANSIENT })
      class Transient {
        private calls = 0;

        @JobHandler('transient')
        work(): number {
          return ++this.calls;
        }
      }

      const app = await boot({ providers: [Transient] });
      expect((await run(app, 'transient', [], 'first')).result).toBe(1);
      expect((await run(app, 'transient', [], 'second')).result).toBe(1);
    });

    it('fails its run when the instance cannot be made, and nothing else', async () => {
      @Injectable({ scope: Scope.REQUEST })
      class Broken {
        constructor() {
          throw new Error('no instance');
        }

        @JobHandler('broken')
        work(): void {}
      }

      const app = await boot({ providers: [Broken] });
      await app.scheduler.addJob({ id: 'job', handler: 'broken', trigger: at(longAgo) });
      expect((await app.event('job.error', 'job')).error.message).toBe('no instance');
    });
  });

  describe('of a durable provider', () => {
    afterEach(() => {
      ContextIdFactory.apply({ attach: (contextId: ContextId) => () => contextId });
    });

    it('shares instances as the strategy of the application says', async () => {
      const tenants = new Map<string, ContextId>();
      ContextIdFactory.apply({
        attach(contextId: ContextId, context: Context) {
          const tenant = context.args[0] as string;
          const shared = tenants.get(tenant) ?? ContextIdFactory.create();
          tenants.set(tenant, shared);
          return {
            resolve: ({ isTreeDurable }: HostComponentInfo) => (isTreeDurable ? shared : contextId),
            payload: { tenant },
          };
        },
      });

      @Injectable({ scope: Scope.REQUEST, durable: true })
      class Tenant {
        private calls = 0;

        @JobHandler('tenant')
        work(tenant: string): string {
          this.calls += 1;
          return `${tenant} ${this.calls}`;
        }
      }

      const app = await boot({ providers: [Tenant] });
      expect((await run(app, 'tenant', ['acme'], 'a')).result).toBe('acme 1');
      expect((await run(app, 'tenant', ['acme'], 'b')).result).toBe('acme 2');
      expect((await run(app, 'tenant', ['globex'], 'c')).result).toBe('globex 1');
    });
  });
});
