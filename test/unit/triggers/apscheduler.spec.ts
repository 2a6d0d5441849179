import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CronTrigger, InvalidTriggerError } from '../../../lib/triggers/index.js';
import type { CronFields } from '../../../lib/triggers/index.js';

interface Answer {
  readonly fields: CronFields;
  readonly from: string;
  /** The first instants at or after `from`; `null` after the last. */
  readonly fires?: readonly (string | null)[];
  readonly refused?: boolean;
}

/**
 * What APScheduler 3.11.3 made of random fields in UTC. Left out: `mon#2` and the like, of which it drops the end, and
 * `0-0/4`, where it takes the end 0 for none.
 */
const answers = readFileSync(new URL('apscheduler-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer);

describe('Cron fields mean what they mean in APScheduler:', () => {
  it.each(answers.filter(({ fires }) => fires))('$fields', ({ fields, from, fires = [] }) => {
    const trigger = new CronTrigger(fields);
    const found: (string | null)[] = [];
    let date = trigger.first(new Date(from));
    while (found.length < fires.length) {
      found.push(date ? date.toISOString().replace('.000Z', 'Z') : null);
      date = date && trigger.next(date);
    }
    expect(found).toEqual(fires);
  });

  it.each(answers.filter(({ refused }) => refused))('$fields is refused', ({ fields }) => {
    expect(() => new CronTrigger(fields)).toThrow(InvalidTriggerError);
  });
});
