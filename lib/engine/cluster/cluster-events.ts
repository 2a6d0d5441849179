import type { Clock } from '../../core/clock.js';
import type { SchedulerEvent } from '../../core/events.js';
import type { JobStore } from '../../core/job-store.js';
import type { RunRecord } from '../../core/run.js';
import { encodeRunId } from '../view/run-id.js';
import type { Notice, RunEvent } from './notice.js';
import { decodeNotice, encodeNotice, noticeOf } from './notice.js';
import { remoteEvent } from './remote-event.js';

/** Bounds what waits in memory, either way, when the store is slow or away. */
const MOST_WAITING = 10_000;

/** Most that are sent, or read, at once. */
const BATCH = 500;

/** Who is told what others did, and what went wrong. */
export interface ClusterListener {
  onEvent(event: RunEvent): void;
  onTrouble(what: string, error?: unknown): void;
}

/**
 * Tells other processes on a store of the events of this one, and hears of theirs: ids over the store's notifications,
 * the content from its records. Best effort: what is on record is what counts.
 */
export class ClusterEvents {
  private readonly outgoing: Notice[] = [];
  private readonly incoming: Notice[] = [];
  private sending = false;
  private reading = false;
  private readonly source: string;

  constructor(
    private readonly alias: string,
    private readonly store: JobStore,
    private readonly clock: Clock,
    private readonly listener: ClusterListener,
  ) {
    this.source = clock.id();
  }

  /** Something happened here. */
  tell(event: SchedulerEvent): void {
    const notice = 'runId' in event ? noticeOf(this.source, event) : null;
    if (!notice) {
      return;
    }
    this.enqueue(this.outgoing, notice, 'told to other processes');
    if (!this.sending) {
      this.sending = true;
      // What happens in the same breath goes out together.
      this.clock.setTimer(this.clock.monotonic(), () => void this.send());
    }
  }

  /** The store brings what was announced, by whomever. */
  hear(texts: readonly string[]): void {
    for (const text of texts) {
      const notice = decodeNotice(text);
      if (notice && notice.source !== this.source) {
        this.enqueue(this.incoming, notice, 'read');
      }
    }
    if (!this.reading && this.incoming.length > 0) {
      this.reading = true;
      void this.read();
    }
  }

  private async send(): Promise<void> {
    while (this.outgoing.length > 0) {
      const batch = this.outgoing.splice(0, BATCH);
      try {
        await this.store.announce(batch.map(encodeNotice));
      } catch (error) {
        this.listener.onTrouble(
          `${batch.length} events could not be told to other processes`,
          error,
        );
      }
    }
    this.sending = false;
  }

  private async read(): Promise<void> {
    while (this.incoming.length > 0) {
      const batch = this.incoming.splice(0, BATCH);
      try {
        const runs = await this.store.getRuns(batch.map(({ key }) => key));
        this.emit(batch, runs);
      } catch (error) {
        this.listener.onTrouble(
          `${batch.length} events of other processes could not be read`,
          error,
        );
      }
    }
    this.reading = false;
  }

  private emit(batch: readonly Notice[], runs: readonly RunRecord[]): void {
    const byId = new Map(runs.map((run) => [encodeRunId(this.alias, run), run]));
    for (const notice of batch) {
      const run = byId.get(encodeRunId(this.alias, notice.key));
      // One whose record is gone by now has nothing to tell.
      if (run) {
        this.listener.onEvent(remoteEvent(this.alias, notice, run));
      }
    }
  }

  private enqueue(queue: Notice[], notice: Notice, what: string): void {
    if (queue.length < MOST_WAITING) {
      queue.push(notice);
    } else {
      const dropped = queue.splice(0, MOST_WAITING / 2).length;
      this.listener.onTrouble(`${dropped} events will not be ${what}: they come too fast`);
      queue.push(notice);
    }
  }
}
