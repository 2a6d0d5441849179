import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Figures, Order } from './protocol.js';

const PROGRAM = new URL('./contestant.ts', import.meta.url);
const REGISTER = new URL('../../support/typescript/register.js', import.meta.url);

/**
 * One contestant at one workload, in a process of its own, so that none meets the memory, the compiled code or the
 * connections of another.
 */
export class ContestantProcess {
  private readonly child: ChildProcess;
  private readonly answer: Promise<Figures>;

  constructor(order: Order, flags: readonly string[] = []) {
    this.child = fork(PROGRAM, [JSON.stringify(order)], {
      execArgv: [...flags, '--import', fileURLToPath(REGISTER)],
      // What it prints is no result of ours.
      stdio: ['ignore', 2, 'inherit', 'ipc'],
    });
    this.answer = this.hear(`${order.contestant} at ${order.workload}`);
    // Whoever asks for the figures learns of it.
    this.answer.catch(() => undefined);
  }

  /** Rejects when the process fails. */
  figures(): Promise<Figures> {
    return this.answer;
  }

  private async hear(title: string): Promise<Figures> {
    let answer: Answer | undefined;
    this.child.on('message', (message: Answer) => (answer = message));
    const [code, signal] = (await once(this.child, 'close')) as [number | null, string | null];
    if (answer?.figures) {
      return answer.figures;
    }
    throw new Error(`${title}: ${answer?.error ?? `ended with ${code ?? signal}`}`);
  }
}
