import type { Span } from './span.js';

/** One stroke of a fault. */
export interface Stroke extends Span {
  readonly kind: string;
  /** Whether nodes could find the store slow, locked or away. */
  readonly disturbsStore: boolean;
}

/** What the driver did, and when. */
export class Journal {
  private readonly begun: { kind: string; disturbsStore: boolean; from: number; until: number }[] =
    [];
  private readonly counts = new Map<string, Map<string, number>>();

  get strokes(): readonly Stroke[] {
    return this.begun;
  }

  /** @returns to be called when it is over */
  begin(kind: string, disturbsStore: boolean): () => void {
    const stroke = { kind, disturbsStore, from: Date.now(), until: Infinity };
    this.begun.push(stroke);
    this.count('faults', kind);
    return () => {
      stroke.until = Date.now();
    };
  }

  count(group: string, kind: string, by = 1): void {
    const kinds = this.counts.get(group) ?? new Map<string, number>();
    kinds.set(kind, (kinds.get(kind) ?? 0) + by);
    this.counts.set(group, kinds);
  }

  countsOf(group: string): Record<string, number> {
    const kinds = [...(this.counts.get(group) ?? [])];
    return Object.fromEntries(kinds.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
