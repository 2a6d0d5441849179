import { describe, expect, it } from '@jest/globals';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import fc from 'fast-check';
import { CronTrigger, InvalidTriggerError } from '../../../lib/triggers/index.js';
import { crontabs } from './crontab-arbitrary.js';

const STEPS = 6;

/** What both make of a crontab text: the next instants, or `null` for a text that is refused. */
interface Answers {
  readonly ours: readonly (string | null)[] | null;
  readonly theirs: readonly (string | null)[] | null;
}

function ask(text: string, timezone: string, from: Date): Answers {
  return { ours: askOurs(text, timezone, from), theirs: askTheirs(text, timezone, from) };
}

function askOurs(text: string, timezone: string, from: Date): (string | null)[] | null {
  try {
    const trigger = CronTrigger.fromCrontab(text, { timezone });
    const found: (string | null)[] = [];
    for (let date = trigger.next(from); found.length < STEPS; date = trigger.next(date)) {
      found.push(date?.toISOString() ?? null);
      if (!date) {
        break;
      }
    }
    return found;
  } catch (error) {
    if (error instanceof InvalidTriggerError) {
      return null;
    }
    throw error;
  }
}

function askTheirs(text: string, timezone: string, from: Date): (string | null)[] | null {
  try {
    const expression = CronExpressionParser.parse(text, { tz: timezone, currentDate: from });
    return Array.from({ length: STEPS }, () => expression.next().toISOString());
  } catch (error) {
    return String(error).includes('loop limit') ? [null] : null;
  }
}

/** Where the two may differ, and why ours stays as it is. */
const KNOWN_DIFFERENCES = {
  repeats:
    'cron-parser refuses lists that name a value twice, as in 0,7 or 1-5,3: here they are one set',
  sunday: 'cron-parser takes the name of Sunday for 0, and so refuses ranges such as sat-sun',
  insideMoved:
    'asked from inside the hour into which skipped times move, cron-parser leaves out the rest of them',
  smallChange: 'a change of clocks by half an hour makes cron-parser lose times, or give up',
  skippedDay:
    'times of a day that the clocks skip are lost in cron-parser: here they move forward by the day',
};

describe('Crontab text, here and in cron-parser,', () => {
  it.each(['UTC', 'Asia/Tokyo', 'Asia/Kathmandu', 'America/Phoenix'])(
    'means the same in a zone whose clocks do not change: %s',
    (timezone) => {
      const dates = fc.date({
        min: new Date('1990-01-01'),
        max: new Date('2080-01-01'),
        noInvalidDate: true,
      });
      fc.assert(
        fc.property(crontabs, dates, (text, from) => {
          const { ours, theirs } = ask(text, timezone, from);
          // See KNOWN_DIFFERENCES.repeats.
          fc.pre(theirs !== null || !hasRepeats(text));
          expect([text, ours]).toEqual([text, theirs]);
        }),
        { seed: 7, numRuns: 500 },
      );
    },
  );

  it.each([
    ['America/New_York', '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-11-01T06:00:00Z'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-10-25T01:00:00Z'],
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['America/Sao_Paulo', '2019-02-17T02:00:00Z'],
    ['Asia/Beirut', '2026-03-28T22:00:00Z'],
    ['America/Santiago', '2026-09-06T04:00:00Z'],
  ])('means the same when the clocks of %s change by an hour at %s', (timezone, change) => {
    const hours = fc.integer({ min: -40 * 60, max: 3 * 60 });
    fc.assert(
      fc.property(crontabs, hours, (text, minutes) => {
        const from = new Date(Date.parse(change) + minutes * 60_000);
        // See KNOWN_DIFFERENCES.insideMoved.
        fc.pre(minutes < 0 || minutes >= 60);
        const { ours, theirs } = ask(text, timezone, from);
        fc.pre(theirs !== null || !hasRepeats(text));
        expect([text, from, ours]).toEqual([text, from, theirs]);
      }),
      { seed: 7, numRuns: 250 },
    );
  });

  it.each([
    [
      KNOWN_DIFFERENCES.insideMoved,
      'America/New_York',
      '0 */10 2 * * *',
      '2026-03-08T07:28:38Z',
      '2026-03-08T07:30:00.000Z',
      '2026-03-09T06:00:00.000Z',
    ],
    [
      KNOWN_DIFFERENCES.smallChange,
      'Australia/Lord_Howe',
      '0 0 2 * * *',
      '2026-10-03T02:00:00Z',
      '2026-10-03T15:30:00.000Z',
      '2026-10-04T15:00:00.000Z',
    ],
    [
      KNOWN_DIFFERENCES.smallChange,
      'Australia/Lord_Howe',
      '0 15 2 * * *',
      '2026-04-04T00:00:00Z',
      '2026-04-04T15:45:00.000Z',
      null,
    ],
    [
      KNOWN_DIFFERENCES.sunday,
      'UTC',
      '0 0 0 * * sat-sun',
      '2026-01-01T00:00:00Z',
      '2026-01-03T00:00:00.000Z',
      undefined,
    ],
    [
      KNOWN_DIFFERENCES.repeats,
      'UTC',
      '0 0 0 * * 0,7',
      '2026-01-01T00:00:00Z',
      '2026-01-04T00:00:00.000Z',
      undefined,
    ],
    [
      KNOWN_DIFFERENCES.skippedDay,
      'Pacific/Apia',
      '0 0 0 30 * *',
      '2011-12-29T12:00:00Z',
      '2011-12-30T10:00:00.000Z',
      '2012-01-29T10:00:00.000Z',
    ],
  ])('differs: %s (%s, %s)', (_, timezone, text, from, ours, theirs) => {
    const answers = ask(text, timezone, new Date(from));
    expect([answers.ours?.[0], answers.theirs?.[0]]).toEqual([ours, theirs]);
  });
});

function askCroner(text: string, timezone: string, from: Date): (string | null)[] | null {
  let job: Cron;
  try {
    job = new Cron(text, { timezone, paused: true, sloppyRanges: true });
  } catch {
    return null;
  }
  const found: (string | null)[] = [];
  for (let date = job.nextRun(from); found.length < STEPS; date = job.nextRun(date)) {
    found.push(date?.toISOString() ?? null);
    if (!date) {
      break;
    }
  }
  return found;
}

/** Where croner differs, and why ours stays as it is. */
const CRONER_DIFFERS = {
  weekdaySteps:
    'steps from a weekday on, as in 1/3, end with Saturday in croner: here Sunday is 7 as well',
  skipped:
    'a time that the clocks skip fires at the end of the gap in croner: here it keeps its distance',
  skippedSeveral: 'of several times that the clocks skip croner fires none: here all move forward',
  repeated:
    'times that the clocks show twice fire twice in croner where there are several in an hour',
};

describe('Crontab text, here and in croner,', () => {
  it.each(['UTC', 'Asia/Kathmandu', 'America/Phoenix'])(
    'means the same in a zone whose clocks do not change, lists that overlap too: %s',
    (timezone) => {
      const dates = fc.date({
        min: new Date('1990-01-01'),
        max: new Date('2080-01-01'),
        noInvalidDate: true,
      });
      fc.assert(
        fc.property(crontabs, dates, (text, from) => {
          // See CRONER_DIFFERS.weekdaySteps.
          fc.pre(!/\d\/\d[^ ]*$/.test(text));
          const ours = askOurs(text, timezone, from);
          // A day that no month has is refused here, and never comes there.
          expect([text, ours ?? [null]]).toEqual([text, askCroner(text, timezone, from) ?? [null]]);
        }),
        { seed: 7, numRuns: 500 },
      );
    },
  );

  it.each([
    [
      CRONER_DIFFERS.weekdaySteps,
      'UTC',
      '0 0 1 * * 1/3',
      '2038-10-15T04:00:00Z',
      '2038-10-17T01:00:00.000Z',
      '2038-10-18T01:00:00.000Z',
    ],
    [
      CRONER_DIFFERS.skipped,
      'America/New_York',
      '0 30 2 * * *',
      '2026-03-08T00:00:00Z',
      '2026-03-08T07:30:00.000Z',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      CRONER_DIFFERS.skippedSeveral,
      'America/New_York',
      '0 */15 2 * * *',
      '2026-03-08T00:00:00Z',
      '2026-03-08T07:00:00.000Z',
      '2026-03-09T06:00:00.000Z',
    ],
    [
      CRONER_DIFFERS.repeated,
      'America/New_York',
      '0 */10 1 * * *',
      '2026-11-01T05:50:00Z',
      '2026-11-02T06:00:00.000Z',
      '2026-11-01T06:00:00.000Z',
    ],
  ])('differs: %s (%s, %s)', (_, timezone, text, from, ours, theirs) => {
    const date = new Date(from);
    expect(askOurs(text, timezone, date)?.[0]).toBe(ours);
    expect(askCroner(text, timezone, date)?.[0]).toBe(theirs);
  });
});

/** Whether a list of the text names a value more than once. */
function hasRepeats(text: string): boolean {
  return text.split(' ').some((field, index) => {
    const values = field.split(',').flatMap((item) => {
      const alone = Array.from({ length: 6 }, (_, other) => (other === index ? item : '*'));
      const { fields } = CronExpressionParser.parse(alone.join(' '));
      const names = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const;
      const name = names[index];
      return name ? [...fields[name].values] : [];
    });
    return new Set(values).size < values.length;
  });
}
