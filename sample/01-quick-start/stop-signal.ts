/** What ends the demo: Ctrl-C and its like, or the time that was given to it. */
export class StopSignal {
  private stop: (reason: string) => void = () => undefined;

  /** Resolves with the reason. */
  readonly given = new Promise<string>((resolve) => {
    this.stop = resolve;
  });

  constructor() {
    // npm passes Ctrl-C on, beside the terminal, so that it may come twice: the first one counts.
    process.on('SIGINT', () => this.stop('Ctrl-C'));
    process.on('SIGTERM', () => this.stop('SIGTERM'));
    process.on('SIGHUP', () => this.stop('The terminal is gone'));
    // Such as in `npm run demo | head`.
    process.stdout.on('error', () => this.stop('Nobody reads this'));
  }

  giveAfter(seconds: number): void {
    setTimeout(() => this.stop(`${seconds} seconds are over`), seconds * 1000).unref();
  }
}
