import type { Clock } from '../../core/clock.js';

/** What is told of a store that is away. */
export interface OutageListener {
  onUnavailable(error: unknown): void;
  onRecovered(durationMs: number): void;
}

/** Whether a store answers, as all that call it find. The beginning and the end of an outage are told once. */
export class Outage {
  private since: number | null = null;

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
    }
  }
}
