import type { Clock } from '../../../core/clock.js';
import type { Database } from '../connection/database.js';
import { sendPayloads } from '../statements/send-payloads.js';

/** A notification takes about a millisecond, also on a busy machine; a process may be busy for longer. */
const PATIENCE_MS = 5000;

/**
 * Finds out whether what one connection tells is heard on another. Between us and the server there may be a pooler that
 * lends the server's connections out by the transaction: it accepts a LISTEN, and nothing is ever heard.
 */
export class Probe {
  private token = '';
  private settle: (heard: boolean) => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    readonly channel: string,
  ) {}

  /** To be called with what comes in on the channel. All who listen on it hear the tokens of all. */
  hear(token: string): void {
    if (token === this.token) {
      this.settle(true);
    }
  }

  /** Ends a try that is under way. */
  cancel(): void {
    this.settle(false);
  }

  /**
   * Whether notifications arrive.
   *
   * @throws whatever the driver throws when nothing could be sent
   */
  async passes(): Promise<boolean> {
    this.token = this.clock.id();
    const heard = new Promise<boolean>((resolve) => {
      this.settle = resolve;
    });
    const cancelTimer = this.clock.setTimer(this.clock.monotonic() + PATIENCE_MS, () =>
      this.cancel(),
    );
    try {
      const sent = this.database.session((session) =>
        sendPayloads(session, this.channel, [this.token]),
      );
      await Promise.race([sent, heard]);
      return await heard;
    } finally {
      cancelTimer();
    }
  }
}
