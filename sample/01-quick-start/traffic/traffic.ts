const EVERY_MS = 250;

/** One reminder to so many visits. */
const REMINDER_EVERY = 16;
const REMINDER_AFTER_MS = 2000;

const PAGES = ['/', '/articles/cron', '/articles/leases', '/articles/cron', '/summary', '/visits'];

/** Visitors, so that something happens: HTTP requests of the demo to itself. */
export class Traffic {
  private count = 0;
  private readonly timer: NodeJS.Timeout;
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly url: string) {
    this.timer = setInterval(() => this.next(), EVERY_MS);
  }

  /** Resolves when the last visitor has got an answer. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.underWay);
  }

  private next(): void {
    this.count += 1;
    const visit =
      this.count % REMINDER_EVERY === 4
        ? this.remind()
        : this.request(PAGES[Math.floor(Math.random() * PAGES.length)] ?? '/');
    this.underWay.add(visit);
    void visit.finally(() => this.underWay.delete(visit));
  }

  private async remind(): Promise<void> {
    await this.request('/reminders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        at: new Date(Date.now() + REMINDER_AFTER_MS),
        text: `You asked for this ${REMINDER_AFTER_MS / 1000} s ago`,
      }),
    });
  }

  private async request(path: string, init?: RequestInit): Promise<void> {
    try {
      const response = await fetch(this.url + path, init);
      await response.arrayBuffer();
    } catch (error) {
      // The server may be on its way out.
      console.error(`A visitor got no answer from ${path}: ${String(error)}`);
    }
  }
}
