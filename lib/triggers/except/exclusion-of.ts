import type { Trigger } from '../../core/trigger.js';
import type { Exclusion } from './exclusion.js';
import { TriggerExclusion } from './trigger-exclusion.js';

/** A trigger that as an exception stands for more than its instants. */
export interface ExcludingTrigger {
  /** `null` when it is its instants after all. */
  toExclusion(): Exclusion | null;
}

/** What a trigger excludes when it is an exception. */
export function exclusionOf(trigger: Trigger): Exclusion {
  const own = isExcluding(trigger) ? trigger.toExclusion() : null;
  return own ?? new TriggerExclusion(trigger);
}

function isExcluding(trigger: Trigger): trigger is Trigger & ExcludingTrigger {
  return 'toExclusion' in trigger && typeof trigger.toExclusion === 'function';
}
