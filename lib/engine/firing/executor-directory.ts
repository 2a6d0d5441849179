import { AliasTakenError } from '../../core/errors/alias-taken.error.js';
import { UnknownExecutorError } from '../../core/errors/unknown-executor.error.js';
import type { Executor } from '../../core/executor.js';
import type { Attempt } from './attempt.js';
import type { Dispatcher } from './dispatcher.js';

/** The executors of a scheduler by alias: known always, at the dispatcher's disposal while the scheduler is open. */
export class ExecutorDirectory {
  private readonly executors: Map<string, Executor>;

  constructor(
    executors: Readonly<Record<string, Executor>>,
    private readonly dispatcher: Dispatcher,
    private readonly tell: (type: 'executor.added' | 'executor.removed', executor: string) => void,
  ) {
    this.executors = new Map(Object.entries(executors));
  }

  /** @throws UnknownExecutorError */
  check(alias: string): void {
    if (!this.executors.has(alias)) {
      throw new UnknownExecutorError(alias, [...this.executors.keys()]);
    }
  }

  async openAll(): Promise<void> {
    for (const [alias, executor] of this.executors) {
      await this.open(alias, executor);
    }
  }

  async closeAll(): Promise<void> {
    for (const [alias, executor] of this.executors) {
      this.dispatcher.remove(alias);
      await executor.close();
    }
  }

  /** @throws AliasTakenError */
  async add(alias: string, executor: Executor, isOpen: boolean): Promise<void> {
    if (this.executors.has(alias)) {
      throw new AliasTakenError('executor', alias);
    }
    this.executors.set(alias, executor);
    if (isOpen) {
      await this.open(alias, executor);
    }
  }

  /**
   * @param giveBack takes the attempts that have not begun
   * @throws UnknownExecutorError
   */
  async remove(
    alias: string,
    giveBack: (waiting: readonly Attempt[]) => Promise<void>,
  ): Promise<void> {
    this.check(alias);
    const executor = this.executors.get(alias);
    this.executors.delete(alias);
    await giveBack(this.dispatcher.remove(alias));
    await executor?.close();
    this.tell('executor.removed', alias);
  }

  private async open(alias: string, executor: Executor): Promise<void> {
    await executor.open();
    this.dispatcher.add(alias, executor);
    this.tell('executor.added', alias);
  }
}
