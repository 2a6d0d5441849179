import type { Notification, PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import type { CancelTimer } from '../../core/clock.js';
import type { StoreContext } from '../../core/job-store.js';
import { connectOwn } from './connection/database.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** Hears of work that other nodes, or transactions of the application, have written. Without it a node only sweeps. */
export class WakeListener {
  private runner: QueryRunner | undefined;
  private cancelTimer: CancelTimer | undefined;
  private attempt: Promise<void> = Promise.resolve();
  private pause = FIRST_PAUSE_MS;
  private closed = false;
  private warned = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly channel: string,
    private readonly context: StoreContext,
  ) {}

  /** Listens from now on. When it cannot, it says so and goes on trying. */
  async start(): Promise<void> {
    this.attempt = this.listen();
    await this.attempt;
  }

  async stop(): Promise<void> {
    this.closed = true;
    this.cancelTimer?.();
    // A connection that comes only now would be let go by nobody.
    await this.attempt;
    const runner = this.runner;
    this.runner = undefined;
    await runner?.release();
  }

  private async listen(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    this.runner = runner;
    try {
      const client = await connectOwn(runner);
      this.attend(runner, client);
      await client.query(`listen "${this.channel}"`);
    } catch (error) {
      await this.lose(runner, error);
      return;
    }
    this.pause = FIRST_PAUSE_MS;
    this.warned = false;
  }

  private attend(runner: QueryRunner, client: PoolClient): void {
    const hear = ({ channel, payload }: Notification): void => {
      const at = Number(payload);
      if (channel === this.channel && Number.isFinite(at)) {
        this.context.wake(at);
      }
    };
    const lose = (error?: Error): void => {
      client.off('notification', hear);
      void this.lose(runner, error ?? new Error('the connection ended'));
    };
    client.on('notification', hear);
    client.once('error', lose);
    client.once('end', lose);
  }

  private async lose(runner: QueryRunner, error: unknown): Promise<void> {
    if (this.runner !== runner) {
      return;
    }
    this.runner = undefined;
    await runner.release();
    if (this.closed) {
      return;
    }
    if (!this.warned) {
      this.warned = true;
      this.context.warn(
        `Notifications are cut off (${error instanceof Error ? error.message : String(error)}): work that others ` +
          'add is found by the next sweep. Trying again.',
      );
    }
    const { clock } = this.context;
    this.cancelTimer = clock.setTimer(clock.monotonic() + this.pause, () => {
      this.attempt = this.resume();
    });
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE_MS);
  }

  private async resume(): Promise<void> {
    await this.listen();
    if (this.runner && !this.closed) {
      // Whatever was announced in between was not heard.
      this.context.wake(0);
    }
  }
}
