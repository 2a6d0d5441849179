import type { TriggerJson } from '../../core/trigger.js';
import { triggerFrom } from '../../triggers/index.js';

/** A stored trigger in a few words: crontab text as it was written, others as they put it themselves. */
export function describeTrigger(json: TriggerJson): string {
  if (json.type === 'cron' && typeof json.expression === 'string') {
    return `cron "${json.expression}" ${String(json.timezone ?? '')}`.trimEnd();
  }
  return triggerFrom(json).toString();
}
