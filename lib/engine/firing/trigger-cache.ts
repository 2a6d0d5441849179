import type { Trigger, TriggerJson } from '../../core/trigger.js';
import type { TriggerRegistry } from '../../triggers/index.js';

/** Enough for the recurring jobs that are busy at a time; a trigger takes a few kilobytes. */
const MOST_TRIGGERS = 20_000;

/** The triggers of the jobs that fired last, so that a recurring job's rule is compiled once and not at each fire. */
export class TriggerCache {
  private readonly triggers = new Map<string, Trigger>();

  constructor(private readonly registry: TriggerRegistry) {}

  /** @throws InvalidTriggerError if the stored form makes no sense */
  get(uid: string, version: number, json: TriggerJson): Trigger {
    // A date fires once: keeping it would only push out what comes back. What is stored may be anything.
    if (typeof json !== 'object' || json === null || json.type === 'date') {
      return this.registry.read(json);
    }
    const key = `${uid}/${version}`;
    const known = this.triggers.get(key);
    if (known) {
      return known;
    }
    const trigger = this.registry.read(json);
    if (this.triggers.size >= MOST_TRIGGERS) {
      this.dropOldest();
    }
    this.triggers.set(key, trigger);
    return trigger;
  }

  /** A tenth at a time, in the order of arrival: cheap, and what is still in use comes back at its next fire. */
  private dropOldest(): void {
    let left = MOST_TRIGGERS / 10;
    for (const key of this.triggers.keys()) {
      if (left === 0) {
        return;
      }
      this.triggers.delete(key);
      left -= 1;
    }
  }
}
