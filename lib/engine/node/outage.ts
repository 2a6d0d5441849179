import type { Clock } from '../../core/clock.js';

/** What is told of a store that is away. */
export interface OutageListener {
  onUnavailable(error: unknown): void;
  onRecovered(durationMs: number): void;
}

/**
 * After so long an outage whoever waits to try again does so at once. After a shorter one they wait out their delay:
 * where one sort of call fails and others do not, outages end all the time.
 */
const LONG_OUTAGE_MS = 1000;

/** Whether a store answers, as all that call it find. The beginning and the end of an outage are told once. */
export class Outage {
  private since: number | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly listener: OutageListener,
  ) {}

  get isOn(): boolean {
    return this.since !== null;
  }

  failed(error: unknown): void {
    if (this.since === null) {
      this.since = this.clock.monotonic();
      this.listener.onUnavailable(error);
    }
  }

  succeeded(): void {
    if (this.since !== null) {
      const duration = this.clock.monotonic() - this.since;
      this.since = null;
      this.listener.onRecovered(Math.round(duration));
      if (duration >= LONG_OUTAGE_MS) {
        [...this.waiting].forEach((wake) => wake());
      }
    }
  }

  /** Calls `wake` when a long outage ends, until that is taken back. */
  onceOver(wake: () => void): () => void {
    this.waiting.add(wake);
    return () => void this.waiting.delete(wake);
  }
}
