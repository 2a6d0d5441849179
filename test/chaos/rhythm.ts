import type { TriggerJson } from '../../lib/index.js';

/** The instants `anchor + k * every`: all that the jobs of the harness go by. */
export interface Rhythm {
  readonly every: number;
  readonly anchor: number;
}

/** Reckoned by itself, so that a fault in the triggers is no excuse. */
export function rhythmOf(trigger: TriggerJson): Rhythm {
  const { type, milliseconds, startDate, expression } = trigger;
  if (type === 'interval' && typeof milliseconds === 'number' && typeof startDate === 'string') {
    return { every: milliseconds, anchor: Date.parse(startDate) };
  }
  if (type === 'cron' && typeof expression === 'string') {
    const [, step = 1] = /^\*(?:\/(\d+))? \* \* \* \* \*$/.exec(expression) ?? [];
    return { every: Number(step) * 1000, anchor: 0 };
  }
  throw new Error(`The harness does not know the instants of ${JSON.stringify(trigger)}.`);
}

export function isInstant({ every, anchor }: Rhythm, at: number): boolean {
  return (at - anchor) % every === 0;
}

/** The instants strictly after `from` and strictly before `until`. */
export function* instantsWithin(
  { every, anchor }: Rhythm,
  from: number,
  until: number,
): Generator<number> {
  const steps = Math.max(0, Math.floor((from - anchor) / every) + 1);
  for (let at = anchor + steps * every; at < until; at += every) {
    yield at;
  }
}
