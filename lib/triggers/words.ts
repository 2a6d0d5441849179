import { UNIT_MS } from '../core/duration.js';
import type { JsonValue } from '../core/json.js';
import type { TriggerJson } from '../core/trigger.js';

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[], last = 'and'): string {
  const head = words.slice(0, -1).join(', ');
  return words.length < 2 ? words.join('') : `${head} ${last} ${words.at(-1)}`;
}

/** `1st`, `2nd`, `3rd`, `4th`, `11th` and so on. */
export function ordinal(number: number): string {
  const tens = number % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** `5 minutes`, `1 hour 30 minutes`, `second`: how long an interval is, as it follows the word "every". */
export function describeDuration(duration: number): string {
  const words: string[] = [];
  let rest = duration;
  for (const [unit, length] of Object.entries(UNIT_MS)) {
    const amount = Math.floor(rest / length);
    // Weeks only when nothing is left over: "8 days" is plainer than "1 week 1 day".
    if (amount > 0 && (unit !== 'weeks' || rest % length === 0)) {
      words.push(amount === 1 ? `1 ${unit.slice(0, -1)}` : `${amount} ${unit}`);
      rest -= amount * length;
    }
  }
  const text = words.join(' ');
  return words.length === 1 && text.startsWith('1 ') ? text.slice(2) : text;
}

/** A date option: `2026-12-31 23:59:00 (Europe/Berlin)`, with the zone where the text leaves it open. */
export function describeDate(text: JsonValue | undefined, timezone: JsonValue | undefined): string {
  const plain = (typeof text === 'string' ? text : '')
    .replace('T', ' ')
    .replace(/\.000Z$/, 'Z')
    .replace(/Z$/, ' UTC');
  return typeof timezone === 'string' && !/UTC$|[+-]\d{2}:?\d{2}$/.test(plain)
    ? `${plain} (${timezone})`
    : plain;
}

/** What the options that all triggers share add to the words of one. */
export function describeLimits(json: TriggerJson): string {
  const { startDate, endDate, except, maxFires, jitter, timezone } = json;
  const words = [
    startDate === undefined ? '' : ` from ${describeDate(startDate, undefined)}`,
    endDate === undefined ? '' : ` until ${describeDate(endDate, undefined)}`,
    Array.isArray(except) ? `, except ${describeExceptions(except)}` : '',
    typeof maxFires === 'number'
      ? `, ${maxFires === 1 ? 'once' : `${maxFires} times`} at most`
      : '',
    typeof jitter === 'number' && jitter > 0 ? `, up to ${describeAmount(jitter)} late` : '',
    typeof timezone === 'string' ? ` (${timezone})` : '',
  ];
  return words.join('');
}

function describeAmount(duration: number): string {
  const text = describeDuration(duration);
  return /^\d/.test(text) ? text : `1 ${text}`;
}

const MOST_EXCEPTIONS = 5;

function describeExceptions(except: readonly JsonValue[]): string {
  const dates = except.filter((item) => typeof item === 'string');
  const shown = dates.length > MOST_EXCEPTIONS ? [`${dates.length} dates`] : dates;
  const triggers = except.length - dates.length;
  const rules =
    triggers > 0 ? [triggers === 1 ? 'what another rule says' : `what ${triggers} rules say`] : [];
  return listWords([...shown.map((text) => describeDate(text, undefined)), ...rules]);
}

/** A calendar interval: `every 2 months at 09:00`. */
export function describeCalendarStep(
  step: { readonly months: number; readonly days: number },
  time: number,
): string {
  const units: [number, string][] = [
    [Math.floor(step.months / 12), 'year'],
    [step.months % 12, 'month'],
    [step.days % 7 === 0 ? step.days / 7 : 0, 'week'],
    [step.days % 7 === 0 ? 0 : step.days, 'day'],
  ];
  const words = units
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => (amount === 1 ? `1 ${unit}` : `${amount} ${unit}s`))
    .join(' ');
  const clock = new Date(time).toISOString().slice(11, 19).replace(/:00$/, '');
  return `every ${words.replace(/^1 (\w+)$/, '$1')} at ${clock}`;
}
