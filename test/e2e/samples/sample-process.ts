import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const REGISTER = './test/support/typescript/register.js';

const ASK_AGAIN_MS = 50;

/** A sample as a process of its own. */
export class SampleProcess {
  private static readonly running = new Set<SampleProcess>();

  readonly lines: string[] = [];
  url = '';
  private readonly child: ChildProcess;
  private readonly waiting = new Set<() => void>();
  private readonly ended: Promise<number | NodeJS.Signals | null>;
  private hasEnded = false;

  /** @param sample its folder */
  constructor(sample: string, ...args: readonly string[]) {
    const main = `sample/${sample}/main.ts`;
    this.child = spawn(process.execPath, ['--import', REGISTER, main, ...args], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      this.hasEnded = true;
      SampleProcess.running.delete(this);
      this.look();
      return (code ?? signal) as number | NodeJS.Signals | null;
    });
    SampleProcess.running.add(this);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      createInterface({ input: stream as NodeJS.ReadableStream }).on('line', (line) => {
        this.lines.push(line);
        this.look();
      });
    }
  }

  /** Starts a sample, and waits until it serves requests. */
  static async start(sample: string, ...args: readonly string[]): Promise<SampleProcess> {
    const started = new SampleProcess(sample, ...args);
    const line = await started.line(/^Listening on /);
    started.url = /http:\S+\d/.exec(line)?.[0] ?? '';
    return started;
  }

  /** Kills what a test that failed has left behind. */
  static async killAll(): Promise<void> {
    await Promise.all([...SampleProcess.running].map((sample) => sample.end('SIGKILL')));
  }

  /** The first line that matches, of the past or to come. Rejects if the process ends without it. */
  line(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.lines.find((line) => pattern.test(line));
        if (found !== undefined || this.hasEnded) {
          this.waiting.delete(look);
          if (found === undefined) {
            reject(new Error(`No line matched ${pattern}:\n${this.lines.join('\n')}`));
          } else {
            resolve(found);
          }
        }
      };
      this.waiting.add(look);
      look();
    });
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.url + path);
    return (await response.json()) as T;
  }

  /** Asks until the answer is what it should become. */
  async until<T>(path: string, isSo: (answer: T) => boolean): Promise<T> {
    for (;;) {
      const answer = await this.get<T>(path);
      if (isSo(answer)) {
        return answer;
      }
      await delay(ASK_AGAIN_MS);
    }
  }

  /** Status and body of what a POST gives. */
  async post(path: string, body?: unknown): Promise<{ readonly status: number; body: never }> {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as never };
  }

  /** Resolves with the exit code, or the signal that ended the process. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    if (signal) {
      this.child.kill(signal);
    }
    return this.ended;
  }

  private look(): void {
    for (const look of [...this.waiting]) {
      look();
    }
  }
}
