import type { Trigger, TriggerJson } from '../../core/trigger.js';
import type { TriggerRegistry } from '../../triggers/index.js';

/** Enough for the recurring jobs that are busy at a time; a trigger takes a few kilobytes. */
const MOST_TRIGGERS = 20_000;

interface CachedTrigger {
  /** Of the job. */
  readonly version: number;
  readonly trigger: Trigger;
}

/** The triggers of the jobs that fired last, so that a recurring job's rule is compiled once and not at each fire. */
export class TriggerCache {
  private readonly triggers = new Map<string, CachedTrigger>();

  constructor(private readonly registry: TriggerRegistry) {}

  /** @throws InvalidTriggerError if the stored form makes no sense */
  get(uid: string, version: number, json: TriggerJson): Trigger {
    // A date fires once: keeping it would only push out what comes back. What is stored may be anything.
    if (typeof json !== 'object' || json === null || json.type === 'date') {
      return this.registry.read(json);
    }
    const known = this.triggers.get(uid);
    if (known?.version === version) {
      return known.trigger;
    }
    const trigger = this.registry.read(json);
    if (this.triggers.size >= MOST_TRIGGERS) {
      this.dropOldest();
    }
    this.triggers.set(uid, { version, trigger });
    return trigger;
  }

  /** A tenth at a time, in the order of arrival: cheap, and what is still in use comes back at its next fire. */
  private dropOldest(): void {
    let left = MOST_TRIGGERS / 10;
    for (const uid of this.triggers.keys()) {
      if (left === 0) {
        return;
      }
      this.triggers.delete(uid);
      left -= 1;
    }
  }
}
