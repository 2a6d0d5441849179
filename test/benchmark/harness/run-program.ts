import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Figures } from './protocol.js';

const PEERS = new URL('../peers.js', import.meta.url);

/**
 * Starts a program that says an `Answer` and ends: each measurement in a process of its own, so that none meets the
 * memory, the compiled code or the connections of another.
 *
 * @param title what the error is to say that failed
 */
export async function runProgram(program: URL, argument: object, title: string): Promise<Figures> {
  const child = fork(program, [JSON.stringify(argument)], {
    execArgv: [],
    env: { ...process.env, BENCHMARK_PEERS: PEERS.href },
    // What it prints is no result.
    stdio: ['ignore', 2, 'inherit', 'ipc'],
  });
  let answer: Answer | undefined;
  child.on('message', (message: Answer) => (answer = message));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (answer?.figures) {
    return answer.figures;
  }
  throw new Error(`${title}: ${answer?.error ?? `ended with ${code ?? signal}`}`);
}
