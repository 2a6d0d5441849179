import type { StoreContext } from '../../core/job-store.js';
import type { Database } from './connection/database.js';
import type { SqlNames } from './connection/sql-names.js';
import { Listener } from './notifications/listener.js';
import type { Channels } from './notifications/listening-connection.js';
import { unpacked } from './notifications/packed-notices.js';
import { Poller } from './notifications/poller.js';

/**
 * Hears of work that other nodes, or transactions of the application, have written, and of what they announce. While it
 * cannot, it has the node look for work by itself now and then.
 */
export class WakeListener {
  private readonly listener: Listener;
  private readonly poller: Poller;
  /** What was said last. */
  private trouble: 'none' | 'cut off' | 'deaf' = 'none';

  constructor(
    database: Database,
    private readonly context: StoreContext,
  ) {
    const { clock } = context;
    this.poller = new Poller(clock, () => context.wake(0));
    this.listener = new Listener(database, clock, this.channels(database.sql), {
      onHearing: () => this.hearing(),
      onCutOff: (error) => this.cutOff(error),
      onDeaf: () => this.deaf(),
    });
  }

  /** Listens from now on. When it cannot, it says so and goes on trying. */
  async start(): Promise<void> {
    this.poller.start();
    await this.listener.start();
  }

  async stop(): Promise<void> {
    this.poller.stop();
    await this.listener.stop();
  }

  private channels({ channel, noticeChannel }: SqlNames): Channels {
    const channels = new Map([[channel, (payload: string) => this.hear(payload)]]);
    const { hear } = this.context;
    if (hear) {
      channels.set(noticeChannel, (payload) => hear(unpacked(payload)));
    }
    return channels;
  }

  private hear(payload: string): void {
    const at = Number(payload);
    if (payload !== '' && Number.isFinite(at)) {
      this.context.wake(at);
    }
  }

  private hearing(): void {
    this.poller.stop();
    if (this.trouble !== 'none') {
      this.trouble = 'none';
      this.context.warn('Notifications arrive again.');
      // Whatever was announced in between was not heard.
      this.context.wake(0);
    }
  }

  private cutOff(error: unknown): void {
    this.poller.start();
    if (this.trouble === 'none') {
      this.trouble = 'cut off';
      this.context.warn(
        `Notifications are cut off (${error instanceof Error ? error.message : String(error)}): work that others ` +
          'add is looked for every second instead. Trying again.',
      );
    }
  }

  private deaf(): void {
    this.poller.start();
    if (this.trouble !== 'deaf') {
      this.trouble = 'deaf';
      const events = this.context.hear
        ? ', and events of other processes do not arrive at all'
        : '';
      this.context.warn(
        `Notifications do not arrive: work that others add is looked for every second instead${events}. A pooler in ` +
          'transaction mode, such as PgBouncer, keeps them back: connect to Postgres directly, or to a pooler in ' +
          'session mode. Trying again now and then.',
      );
    }
  }
}
