import type { CancelTimer, Clock } from '../../../core/clock.js';
import type { Database } from '../connection/database.js';
import type { Channels } from './listening-connection.js';
import { ListeningConnection } from './listening-connection.js';
import { Probe } from './probe.js';
import { RetryPause } from './retry-pause.js';

/** A connection that broke is soon replaced. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/** What keeps notifications from us is there to stay, as a rule: another look costs two statements and a connection. */
const FIRST_DEAF_PAUSE_MS = 10_000;
const LONGEST_DEAF_PAUSE_MS = 300_000;

/** Who is told how listening goes. */
export interface ListenerObserver {
  /** Notifications arrive, for the first time or again. What was sent while they did not is lost. */
  onHearing(): void;
  /** The connection cannot be had, or has ended. Told at each try. */
  onCutOff(error: unknown): void;
  /** There is a connection, and nothing arrives on it. Told at each try. */
  onDeaf(): void;
}

/** Listens on channels, for as long as it takes to make it work. */
export class Listener {
  private readonly channels: Channels;
  private readonly probe: Probe;
  private readonly brokenPause = new RetryPause(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  private readonly deafPause = new RetryPause(FIRST_DEAF_PAUSE_MS, LONGEST_DEAF_PAUSE_MS);
  private connection: ListeningConnection | undefined;
  private cancelTimer: CancelTimer | undefined;
  private attempt: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    channels: Channels,
    private readonly observer: ListenerObserver,
  ) {
    this.probe = new Probe(database, clock, database.sql.probeChannel);
    this.channels = new Map(channels).set(this.probe.channel, (token) => this.probe.hear(token));
  }

  /** Listens from when it returns, if that can be. Whether anything arrives is told later. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.attempt = this.tryToHear(resolve);
    });
  }

  async stop(): Promise<void> {
    this.closed = true;
    this.cancelTimer?.();
    this.probe.cancel();
    // A connection that comes only now would be let go by nobody.
    await this.attempt;
    await this.connection?.close();
  }

  private async tryToHear(onListening?: () => void): Promise<void> {
    try {
      const connection = await ListeningConnection.open(
        this.database.dataSource,
        this.channels,
        (error) => this.lose(error),
      );
      this.connection = connection;
      onListening?.();
      const hears = !this.closed && (await this.probe.passes());
      // Lost meanwhile, it is being replaced already.
      if (this.closed || this.connection !== connection) {
        return;
      }
      if (hears) {
        this.hearing();
      } else {
        await this.letGo();
        this.deaf();
      }
    } catch (error) {
      onListening?.();
      await this.letGo();
      this.cutOff(error);
    }
  }

  private lose(error: unknown): void {
    this.connection = undefined;
    this.probe.cancel();
    this.cutOff(error);
  }

  private async letGo(): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    await connection?.unlisten();
    await connection?.close();
  }

  private hearing(): void {
    this.brokenPause.reset();
    this.deafPause.reset();
    this.observer.onHearing();
  }

  private deaf(): void {
    this.tryAgainIn(this.deafPause.next(), () => this.observer.onDeaf());
  }

  private cutOff(error: unknown): void {
    this.tryAgainIn(this.brokenPause.next(), () => this.observer.onCutOff(error));
  }

  private tryAgainIn(ms: number, tell: () => void): void {
    if (this.closed) {
      return;
    }
    tell();
    this.cancelTimer?.();
    // Spread over half the pause, so that nodes do not come back all at once.
    const pause = ms * (0.5 + this.clock.random() / 2);
    this.cancelTimer = this.clock.setTimer(this.clock.monotonic() + pause, () => {
      this.attempt = this.attempt.then(() => this.tryToHear());
    });
  }
}
