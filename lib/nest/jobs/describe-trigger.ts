import type { TriggerJson } from '../../core/trigger.js';
import type { TriggerRegistry } from '../../triggers/index.js';

/** A stored trigger in a few words: crontab text as it was written, others as they put it themselves. */
export function describeTrigger(json: TriggerJson, registry: TriggerRegistry): string {
  const { type, expression, timezone } = json;
  if (type === 'cron' && typeof expression === 'string') {
    return `cron "${expression}"${typeof timezone === 'string' ? ` ${timezone}` : ''}`;
  }
  try {
    return registry.read(json).toString();
  } catch {
    // Stored by a newer release, perhaps: that is no reason not to start.
    return `trigger of type ${type}`;
  }
}
