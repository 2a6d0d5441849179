import type { Figures } from '../harness/protocol.js';

/** Counts handlers, and how long it took from the first of them until all was on record. */
export class Tally {
  /** When the last handler ran. */
  readonly complete: Promise<void>;

  private count = 0;
  private startedAt = 0;
  private cpu: NodeJS.CpuUsage | undefined;
  private finish: () => void = () => undefined;

  /** @param begun called at the first */
  constructor(
    private readonly expected: number,
    private readonly begun: () => void,
  ) {
    this.complete = new Promise((resolve) => (this.finish = resolve));
  }

  /** To be called by the handler of a job. */
  hit(): void {
    if (this.count === 0) {
      this.startedAt = performance.now();
      this.cpu = process.cpuUsage();
      this.begun();
    }
    this.count += 1;
    if (this.count === this.expected) {
      this.finish();
    }
  }

  /** To be asked when all is on record. */
  figures(): Figures {
    if (this.count !== this.expected) {
      throw new Error(`${this.count} jobs ran instead of ${this.expected}.`);
    }
    const seconds = (performance.now() - this.startedAt) / 1000;
    const { user, system } = process.cpuUsage(this.cpu);
    return {
      perSecond: this.count / seconds,
      cpuSeconds: (user + system) / 1e6,
      residentMegabytes: process.memoryUsage.rss() / 2 ** 20,
    };
  }
}
