import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import type { EventOf, SchedulerEvent, SchedulerEventType } from '../../../lib/index.js';
import type { ErrorFields, Message, Operations } from './messages.js';
import { until } from './until.js';

const REGISTER = new URL('../typescript/register.js', import.meta.url);

const START_TIMEOUT_MS = 30_000;

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** An error of the application, as its test sees it. */
export class RemoteError extends Error {
  readonly code: string | undefined;

  constructor({ name, code, message }: ErrorFields) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

const started = new Set<AppProcess>();

/** An application in a process of its own, run from its sources: to be killed and started again. */
export class AppProcess {
  /** All that its scheduler has told. */
  readonly events: SchedulerEvent[] = [];
  /** The operations of its scheduler. They fail with a `RemoteError`. */
  readonly scheduler: Operations;
  readonly pid: number;
  /** What it wrote. */
  output = '';

  private isReady = false;
  private exit: Exit | undefined;
  private lastCall = 0;
  private readonly calls = new Map<
    number,
    { resolve(value: never): void; reject(error: Error): void }
  >();

  private constructor(private readonly child: ChildProcess) {
    this.pid = child.pid ?? 0;
    this.scheduler = new Proxy({} as Operations, {
      get:
        (_, method) =>
        (...args: unknown[]) =>
          this.call(String(method), ...args),
    });
    child.on('message', (message: Message) => this.hear(message));
    child.on('exit', (code, signal) => this.ended({ code, signal }));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  /**
   * @param program calls `serve()`
   * @param settings what its `settings()` give: JSON
   */
  static async start(program: URL, settings: object): Promise<AppProcess> {
    const app = AppProcess.launch(program, settings);
    await until('the application is ready', () => app.readyOrThrow(), { within: START_TIMEOUT_MS });
    return app;
  }

  /** Starts a program that may end before it is ever ready. */
  static launch(program: URL, settings: object): AppProcess {
    const child = fork(program, [JSON.stringify(settings)], {
      execArgv: ['--import', fileURLToPath(REGISTER)],
      serialization: 'advanced',
      silent: true,
    });
    const app = new AppProcess(child);
    started.add(app);
    return app;
  }

  get isRunning(): boolean {
    return this.exit === undefined;
  }

  /** Has one of the `Controls` of the program, or an operation of the scheduler, carried out. */
  call<T>(method: string, ...args: readonly unknown[]): Promise<T> {
    this.lastCall += 1;
    const id = this.lastCall;
    return new Promise<T>((resolve, reject) => {
      if (this.exit) {
        reject(new Error(`The application has ended:\n${this.output}`));
        return;
      }
      this.calls.set(id, { resolve, reject });
      this.child.send({ id, method, args });
    });
  }

  /** The events of some types so far. */
  told<T extends SchedulerEventType>(...types: readonly T[]): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> =>
      (types as readonly string[]).includes(event.type),
    );
  }

  /** The first event of a type that matches, of the past or to come. */
  event<T extends SchedulerEventType>(
    type: T,
    matches: (event: EventOf<T>) => boolean = () => true,
    options: { readonly within?: number } = {},
  ): Promise<EventOf<T>> {
    const find = (): EventOf<T> | undefined => {
      this.throwIfEnded();
      return this.told(type).find(matches);
    };
    return until(`the event ${type}`, find, options);
  }

  /** As power cuts and the kernel's memory killer do it. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As a platform does it that deploys: the application is asked to close. */
  async stop(): Promise<Exit> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<Exit> {
    if (!this.exit) {
      this.child.kill(signal);
      await once(this.child, 'exit');
    }
    started.delete(this);
    return this.exit as unknown as Exit;
  }

  private readyOrThrow(): boolean {
    this.throwIfEnded();
    return this.isReady;
  }

  private throwIfEnded(): void {
    if (this.exit) {
      throw new Error(`The application ended (${JSON.stringify(this.exit)}):\n${this.output}`);
    }
  }

  private hear(message: Message): void {
    switch (message.kind) {
      case 'ready':
        this.isReady = true;
        break;
      case 'event':
        this.events.push(message.event);
        break;
      case 'result':
        this.calls.get(message.id)?.resolve(message.value as never);
        this.calls.delete(message.id);
        break;
      case 'error':
        this.calls.get(message.id)?.reject(new RemoteError(message.error));
        this.calls.delete(message.id);
        break;
    }
  }

  private ended(exit: Exit): void {
    this.exit = exit;
    for (const call of this.calls.values()) {
      call.reject(new Error(`The application ended:\n${this.output}`));
    }
    this.calls.clear();
  }
}

/** Kills, after each test, the applications that it left running. */
export function killAppsAfterEach(): void {
  afterEach(async () => {
    await Promise.all([...started].map((app) => app.kill()));
  });
}
