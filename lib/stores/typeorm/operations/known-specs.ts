import type { DueRow } from '../statements/lock-due-jobs.js';
import type { DueSpec } from '../statements/read-due-jobs.js';

/** Enough for the recurring jobs that are busy at a time; one takes about a kilobyte. */
const MOST_SPECS = 20_000;

interface KnownSpec {
  readonly version: number;
  readonly spec: DueSpec;
}

/**
 * What is known of the jobs that fired last, so that a recurring job is not read anew each time. An edit changes the
 * version, which every fire reads with the lock.
 */
export class KnownSpecs {
  private readonly specs = new Map<string, KnownSpec>();

  of({ uid, version }: DueRow): DueSpec | null {
    const known = this.specs.get(uid);
    return known?.version === version ? known.spec : null;
  }

  note({ uid, version }: DueRow, spec: DueSpec): void {
    // A date fires once, and nobody asks for it again. What is stored may be anything.
    if (spec.trigger?.type === 'date') {
      return;
    }
    if (this.specs.size >= MOST_SPECS) {
      this.dropOldest();
    }
    this.specs.set(uid, { version, spec });
  }

  /** A tenth at a time, in the order of arrival: cheap, and what is still in use comes back at its next fire. */
  private dropOldest(): void {
    let left = MOST_SPECS / 10;
    for (const uid of this.specs.keys()) {
      if (left === 0) {
        return;
      }
      this.specs.delete(uid);
      left -= 1;
    }
  }
}
