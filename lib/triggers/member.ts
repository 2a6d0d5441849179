import { InvalidTriggerError } from '../core/errors/invalid-trigger.error.js';
import type { Trigger } from '../core/trigger.js';
import { timeOf } from './options/date-value.js';
import type { TriggerRegistry } from './trigger-registry.js';

/**
 * A trigger inside of another one. Where a built-in one names no zone, that of the outer trigger holds.
 *
 * @param timezone option of the outer trigger
 */
export function readMember(
  value: unknown,
  field: string,
  registry: TriggerRegistry,
  timezone: string | undefined,
): Trigger {
  const member = registry.read(value, field);
  if (timezone === undefined) {
    return member;
  }
  const json = member.toJSON();
  const inherits = registry.isBuiltIn(json.type) && json.timezone === undefined;
  return inherits ? registry.read({ ...json, timezone }, field) : member;
}

/** The first instant of a member that is `instant` or later, NaN when there is none. */
export function askAfter(member: Trigger, field: string, instant: number): number {
  const answer = ask(field, instant, () => member.next(new Date(instant - 1)));
  if (answer < instant) {
    throw new InvalidTriggerError(
      field,
      answer,
      'Its next() must be later than the date it is asked about.',
    );
  }
  return answer;
}

/** The first instant of a job that is added at `now`, NaN when there is none. */
export function askFirst(member: Trigger, field: string, now: number): number {
  return ask(field, now, () => member.first(new Date(now)));
}

/** The last instant of a member that is `instant` or earlier, NaN when there is none. */
export function askBefore(member: Trigger, field: string, instant: number): number {
  const answer = ask(field, instant, () => member.previous(new Date(instant)));
  if (answer > instant) {
    const cure = 'Its previous() must not be later than the date it is asked about.';
    throw new InvalidTriggerError(field, answer, cure);
  }
  return answer;
}

/** Triggers of the application may be faulty: what they throw or return goes no further than this. */
function ask(field: string, instant: number, question: () => Date | null): number {
  if (!(Math.abs(instant) < 8.64e15)) {
    return NaN;
  }
  let answer: unknown;
  try {
    answer = question();
  } catch (error) {
    if (error instanceof InvalidTriggerError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidTriggerError(field, new Date(instant), `It failed: ${reason}`, {
      cause: error,
    });
  }
  const time = answer === null ? NaN : timeOf(answer);
  if (time === undefined || (Number.isNaN(time) && answer !== null)) {
    throw new InvalidTriggerError(field, answer, 'It must answer with a valid Date or null.');
  }
  return time;
}
