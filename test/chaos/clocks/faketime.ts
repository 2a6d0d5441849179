import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import type { WallClock } from './wall-clock.js';

const run = promisify(execFile);

const HOUR_MS = 3_600_000;

/** More than a process needs to start. */
const START_MS = 60_000;

/** Wrong clocks for whole processes: libfaketime answers whoever asks for the time in them. */
export class Faketime {
  private constructor(private readonly library: string) {}

  /** @throws Error that says why there are no such clocks here */
  static async find(): Promise<Faketime> {
    const faketime = new Faketime(await findLibrary());
    await prove(faketime.clock(HOUR_MS));
    return faketime;
  }

  clock(off: number): WallClock {
    const seconds = off / 1000;
    return {
      off,
      by: 'faketime',
      environment: {
        LD_PRELOAD: this.library,
        FAKETIME: seconds < 0 ? `${seconds}` : `+${seconds}`,
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
    };
  }
}

/** What libfaketime leaves behind of a process that was killed. */
export function sweepUp(pid: number): void {
  for (const file of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`]) {
    rmSync(`/dev/shm/${file}`, { force: true });
  }
}

/** The program knows where its library is. `-m`: the one for processes with threads. */
async function findLibrary(): Promise<string> {
  const { stdout } = await run('faketime', ['-m', '-f', '+1h', 'env']);
  const [, library] = /^LD_PRELOAD=(.+)$/m.exec(stdout) ?? [];
  if (library === undefined) {
    throw new Error('faketime names no library to load.');
  }
  return library;
}

/** The system counts monotonic time for all processes alike, so both clocks of another process can be judged from here. */
async function prove({ off, environment }: WallClock): Promise<void> {
  const { stdout } = await run(
    process.execPath,
    ['-p', 'JSON.stringify([Date.now(), Number(process.hrtime.bigint() / 1000000n)])'],
    { env: { ...process.env, ...environment } },
  );
  const [wall = 0, monotonic = 0] = JSON.parse(stdout) as readonly number[];
  if (Math.abs(wall - Date.now() - off) > START_MS) {
    throw new Error('libfaketime does not put off the wall clock of Node.');
  }
  if (Math.abs(monotonic - Number(process.hrtime.bigint() / 1_000_000n)) > START_MS) {
    throw new Error('libfaketime does not leave the monotonic clock of Node alone.');
  }
}
