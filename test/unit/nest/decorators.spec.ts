import { describe, expect, it } from '@jest/globals';
import { applyDecorators } from '@nestjs/common';
import { JobContext } from '../../../lib/core/job-context.js';
import { UnknownHandlerError } from '../../../lib/core/errors/unknown-handler.error.js';
import { At } from '../../../lib/nest/decorators/at.decorator.js';
import { Cron } from '../../../lib/nest/decorators/cron.decorator.js';
import { Interval } from '../../../lib/nest/decorators/interval.decorator.js';
import { JobHandler } from '../../../lib/nest/decorators/job-handler.decorator.js';
import { readMethod } from '../../../lib/nest/decorators/method.metadata.js';
import { OnSchedulerEvent } from '../../../lib/nest/decorators/on-scheduler-event.decorator.js';
import { InvalidDeclarationError } from '../../../lib/nest/errors/invalid-declaration.error.js';
import type { EventOf } from '../../../lib/nest/events/event-of.js';
import { handlerRef } from '../../../lib/nest/handlers/handler-ref.js';
import { argumentsOf } from '../../../lib/nest/handlers/method.handler.js';

interface Mail {
  readonly to: string;
}

class MailService {
  @JobHandler('mail.send')
  async send(_to: string, _subject: string, _ctx: JobContext): Promise<void> {}

  @JobHandler()
  deliver(_mail: Mail, _ctx?: JobContext): void {}

  @Cron('0 5 * * *')
  daily(): void {}

  @OnSchedulerEvent()
  hear(): void {}

  plain(): void {}
}

class NightMailService extends MailService {}

describe('handlerRef', () => {
  it('gives the name that the decorator gives', () => {
    expect(handlerRef(MailService, 'send')).toEqual({ name: 'mail.send' });
    expect(handlerRef(MailService, 'deliver')).toEqual({ name: 'MailService.deliver' });
    expect(handlerRef(MailService, 'daily')).toEqual({ name: 'MailService.daily' });
    expect(handlerRef(NightMailService, 'daily')).toEqual({ name: 'NightMailService.daily' });
  });

  it('knows the arguments of the method, without the context', () => {
    const send: { args?: [to: string, subject: string] } = handlerRef(MailService, 'send');
    const deliver: { args?: [mail: Mail] } = handlerRef(MailService, 'deliver');
    // @ts-expect-error the method takes two texts
    const wrong: { args?: [to: number] } = handlerRef(MailService, 'send');
    // @ts-expect-error there is no such method
    expect(() => handlerRef(MailService, 'sent')).toThrow(UnknownHandlerError);
    expect([send, deliver, wrong]).toHaveLength(3);
  });

  it('refuses a method without a decorator and lists those with one', () => {
    expect(() => handlerRef(MailService, 'plain')).toThrow(
      /"MailService.plain" .*known: mail.send, MailService.deliver, MailService.daily\)/,
    );
    expect(() => handlerRef(MailService, 'hear')).toThrow(UnknownHandlerError);
  });
});

describe('the decorators', () => {
  it('are compile errors on methods that cannot be called as the job would', () => {
    class Typed {
      @Cron('* * * * *')
      context(_ctx: JobContext): void {}

      // @ts-expect-error the first argument is the context
      @Cron('* * * * *')
      text(_text: string): void {}

      @Cron('* * * * *', { args: ['a', 1] })
      args(_text: string, _count: number, _ctx: JobContext): void {}

      // @ts-expect-error the argument is text
      @Interval(1000, { args: ['a'] })
      wrongArgs(_count: number): void {}

      @At('2026-12-31', { args: ['a'] })
      withoutContext(_text: string): void {}

      @OnSchedulerEvent('job.error')
      error(_event: EventOf<'job.error'>): void {}

      // @ts-expect-error another event
      @OnSchedulerEvent('job.error')
      other(_event: EventOf<'job.missed'>): void {}
    }
    expect(readMethod(Typed.prototype, 'args')).toMatchObject([{ decorator: '@Cron', length: 3 }]);
  });

  it('can be composed with others', () => {
    const Nightly = (): MethodDecorator =>
      applyDecorators(Cron('0 3 * * *'), JobHandler('nightly'));
    class Composed {
      @Nightly()
      work(): void {}
    }
    expect(readMethod(Composed.prototype, 'work').map(({ decorator }) => decorator)).toHaveLength(
      2,
    );
  });

  it('stay with a method that other decorators wrap, parameters and all', () => {
    const Wrap = (): MethodDecorator => (_target, _key, descriptor: PropertyDescriptor) => {
      descriptor.value = (...args: unknown[]) => args;
    };
    class Wrapped {
      @Wrap()
      @JobHandler()
      work(_to: string, _ctx: JobContext): void {}
    }
    expect(readMethod(Wrapped.prototype, 'work')).toMatchObject([{ length: 2 }]);
  });

  it('refuse what is no method of an instance', () => {
    const on = (key: string | symbol, target: object, descriptor?: PropertyDescriptor) => () =>
      Cron('* * * * *')(target, key, descriptor);
    class Place {}
    expect(on('field', Place.prototype)).toThrow(InvalidDeclarationError);
    expect(on('field', Place.prototype)).toThrow(/@Cron on Place.field: It belongs on a method/);
    expect(on('make', Place, { value: () => undefined })).toThrow(/Place.make: A static method/);
    expect(on(Symbol('s'), Place.prototype, { value: () => undefined })).toThrow(/a name/);
    expect(on('got', Place.prototype, { get: () => 1 })).toThrow(/not on a property/);
  });
});

describe('the arguments of a handler', () => {
  const context = (...args: string[]): JobContext =>
    new JobContext(
      { jobId: 'j', runId: 'r', scheduledAt: new Date(0), attempt: 1, args },
      {
        signal: () => new AbortController().signal,
        logger: () => console,
        completeIn: async () => undefined,
        progress: () => undefined,
      },
    );

  it.each<[string, string[], number, (string | undefined)[]]>([
    ['the only one of a method without arguments', [], 0, []],
    ['the only one of a method that takes the context', [], 1, []],
    ['the last parameter', ['a', 'b'], 3, ['a', 'b']],
    ['the last parameter when arguments are missing', ['a'], 3, ['a', undefined]],
    ['behind arguments that the method does not name', ['a', 'b'], 1, ['a', 'b']],
  ])('puts the context in the place of %s', (_, args, length, before) => {
    const given = context(...args);
    expect(argumentsOf(given, length)).toEqual([...before, given]);
  });
});
