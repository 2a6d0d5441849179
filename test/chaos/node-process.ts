import type { ChildProcess } from 'node:child_process';
import type { SchedulerEvent } from '../../lib/index.js';
import type { FaultName } from '../support/sabotage/sabotage.js';
import type { Message } from '../support/cluster/messages.js';
import type { AppSettings } from './application/app-settings.js';
import { launch } from './application/launch.js';
import { sweepUp } from './clocks/faketime.js';
import { RemoteCalls } from './remote-calls.js';
import type { Span } from './span.js';
import { Standstill } from './standstill.js';

/** How much of what a process writes is kept. */
const OUTPUT_CHARACTERS = 4000;

/** Longer than a shutdown may take. */
const STOP_TIMEOUT_MS = 25_000;

/** How a process came to its end: what the driver did to it, or by itself. */
export type Ending = 'killed' | 'stopped' | 'would-not-stop' | null;

/** One application process, and what has been done to it. */
export class NodeProcess {
  readonly pid: number;
  readonly startedAt = Date.now();
  readyAt: number | null = null;
  exitedAt: number | null = null;
  ending: Ending = null;
  /** When it was asked to stop, or killed. */
  endedAt: number | null = null;
  readonly freezes: { from: number; until: number }[] = [];
  readonly throttlings: { from: number; until: number }[] = [];
  output = '';
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;

  private readonly calls = new RemoteCalls((call) => this.child.send(call));
  private readonly child: ChildProcess;
  private readonly standstill: Standstill;

  constructor(
    readonly settings: AppSettings,
    sabotage: FaultName | null,
    private readonly onEvent: (event: SchedulerEvent) => void,
  ) {
    this.child = launch('app', settings, sabotage, settings.clock.environment);
    this.pid = this.child.pid ?? 0;
    this.standstill = new Standstill(this.child);
    this.child.on('message', (message: Message) => this.hear(message));
    // A message to a process that has just ended.
    this.child.on('error', () => undefined);
    this.gone = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => {
        this.output += `\nended with ${code ?? signal}`;
        this.exited();
        resolve();
      });
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-OUTPUT_CHARACTERS);
      });
    }
  }

  get isFrozen(): boolean {
    return this.freezes.at(-1)?.until === Infinity;
  }

  /** Ready, and nothing has been done to it. */
  get isWell(): boolean {
    return (
      this.readyAt !== null && this.endedAt === null && this.exitedAt === null && !this.isFrozen
    );
  }

  /** From when it could work until it was told to end, or ended. */
  get service(): Span {
    return {
      from: this.readyAt ?? Infinity,
      until: Math.min(this.endedAt ?? Infinity, this.exitedAt ?? Infinity),
    };
  }

  /** Has an operation carried out. Answered when it is done, however long that takes, or when the process ends. */
  call<T>(method: string, ...args: readonly unknown[]): Promise<T> {
    return this.calls.make<T>(method, args);
  }

  kill(): void {
    this.end('killed');
    this.child.kill('SIGKILL');
  }

  /** As a platform does it that deploys. */
  async stop(): Promise<void> {
    this.end('stopped');
    this.child.kill('SIGTERM');
    const last = setTimeout(() => {
      this.ending = 'would-not-stop';
      this.child.kill('SIGKILL');
    }, STOP_TIMEOUT_MS);
    await this.gone;
    clearTimeout(last);
  }

  freeze(): void {
    this.freezes.push({ from: Date.now(), until: Infinity });
    this.standstill.begin();
  }

  thaw(): void {
    this.standstill.release();
    const last = this.freezes.at(-1);
    if (last?.until === Infinity) {
      last.until = Date.now();
    }
  }

  /** Has the processor taken away for moments, until the time is up or something else is done to the process. */
  async throttle(
    until: number,
    moments: () => { readonly away: number; readonly back: number },
    pause: (ms: number) => Promise<void>,
  ): Promise<void> {
    const span = { from: Date.now(), until: Infinity };
    this.throttlings.push(span);
    try {
      while (Date.now() < until && this.isWell) {
        const { away, back } = moments();
        this.standstill.begin();
        await pause(away);
        if (!this.isFrozen) {
          this.standstill.end();
        }
        await pause(back);
      }
    } finally {
      span.until = Date.now();
      if (!this.isFrozen) {
        this.standstill.release();
      }
    }
  }

  private end(ending: Ending): void {
    this.ending ??= ending;
    this.endedAt ??= Date.now();
  }

  private hear(message: Message): void {
    switch (message.kind) {
      case 'ready':
        this.readyAt = Date.now();
        break;
      case 'event':
        this.onEvent(message.event);
        break;
      case 'result':
      case 'error':
        this.calls.answer(message);
        break;
    }
  }

  private exited(): void {
    this.exitedAt = Date.now();
    sweepUp(this.pid);
    this.thaw();
    this.calls.end();
  }
}
