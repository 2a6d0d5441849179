import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SchedulerService } from '../../../lib/index.js';
import type { Call, Message, ErrorFields } from './messages.js';

/** What a test can have an application do besides the operations of the scheduler. */
export type Controls = Readonly<Record<string, (...args: never[]) => unknown>>;

/**
 * The far end of an `AppProcess`: starts the application, tells the test all that happens in it, and does what the
 * test asks. It ends with the test, however that ends.
 */
export async function serve(
  module: Parameters<typeof NestFactory.createApplicationContext>[0],
  controls: (app: INestApplicationContext) => Controls = () => ({}),
): Promise<void> {
  process.on('disconnect', () => process.exit());
  const app = await NestFactory.createApplicationContext(module, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.enableShutdownHooks();
  const scheduler = app.get(SchedulerService);
  scheduler.events$.subscribe((event) => say({ kind: 'event', event }));
  const extra = controls(app);
  process.on('message', (call: Call) => void perform(scheduler, extra, call));
  say({ kind: 'ready' });
}

/** What the test gave the program to go by. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- both ends name the same type
export function settings<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

async function perform(
  scheduler: SchedulerService,
  controls: Controls,
  { id, method, args }: Call,
): Promise<void> {
  try {
    const owner: object = method in controls ? controls : scheduler;
    const operation = Reflect.get(owner, method) as (...args: readonly unknown[]) => unknown;
    say({ kind: 'result', id, value: plain(await operation.apply(owner, [...args])) });
  } catch (error) {
    say({ kind: 'error', id, error: fieldsOf(error) });
  }
}

/** Without methods, which no channel carries. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return value;
  }
  return Array.isArray(value)
    ? value.map(plain)
    : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function fieldsOf(error: unknown): ErrorFields {
  const { name, message, code } = error as { name: string; message: string; code?: string };
  return { name, message, code };
}

function say(message: Message): void {
  if (process.connected) {
    process.send?.(message);
  }
}
