import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Figures, Order } from './protocol.js';

const CONTESTANT = new URL('./contestant.ts', import.meta.url);
const REGISTER = new URL('../../support/typescript/register.js', import.meta.url);

/**
 * One contestant at one workload, in a process of its own, so that none meets the memory, the compiled code or the
 * connections of another.
 */
export function runContestant(order: Order): Promise<Figures> {
  const title = `${order.contestant} at ${order.workload}`;
  return runProgram(CONTESTANT, order, title, ['--import', fileURLToPath(REGISTER)]);
}

/**
 * Starts a program that says an `Answer` and ends.
 *
 * @param title what the error is to say that failed
 */
export async function runProgram(
  program: URL,
  argument: object,
  title: string,
  execArgv: readonly string[] = [],
): Promise<Figures> {
  const child = fork(program, [JSON.stringify(argument)], {
    execArgv: [...execArgv],
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
