/** How long to wait before the next try: longer each time, up to a limit, until one succeeds. */
export class RetryPause {
  private ms: number;

  constructor(
    private readonly first: number,
    private readonly longest: number,
  ) {
    this.ms = first;
  }

  next(): number {
    const { ms } = this;
    this.ms = Math.min(2 * ms, this.longest);
    return ms;
  }

  reset(): void {
    this.ms = this.first;
  }
}
