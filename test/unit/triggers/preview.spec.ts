import { describe, expect, it } from '@jest/globals';
import {
  at,
  cron,
  interval,
  InvalidTriggerError,
  preview,
  triggerFrom,
} from '../../../lib/triggers/index.js';

const FROM = new Date('2026-01-01T12:00:00Z');

function texts(dates: readonly Date[]): string[] {
  return dates.map((date) => date.toISOString());
}

describe('preview()', () => {
  it('tells when a job added at a time would fire', () => {
    expect(texts(preview(interval({ hours: 1 }), 2, FROM))).toEqual([
      '2026-01-01T13:00:00.000Z',
      '2026-01-01T14:00:00.000Z',
    ]);
    expect(texts(preview(cron('0 12 * * *'), 2, FROM))).toEqual([
      '2026-01-01T12:00:00.000Z',
      '2026-01-02T12:00:00.000Z',
    ]);
    expect(texts(preview(triggerFrom(at('2025-01-01')), 2, FROM))).toEqual([
      '2025-01-01T00:00:00.000Z',
    ]);
  });

  it('takes a zone for triggers that name none', () => {
    expect(texts(preview(cron('0 0 * * *'), 1, FROM, 'Asia/Tokyo'))).toEqual([
      '2026-01-01T15:00:00.000Z',
    ]);
    expect(() => preview(cron('0 0 * * *'), 1, FROM, 'Mars/Olympus')).toThrow(
      /timezone = "Mars\/Olympus"/,
    );
  });

  it('ends with the trigger, or with its maxFires', () => {
    expect(preview(cron({ year: 2020 }), 5, FROM)).toEqual([]);
    expect(preview(cron('@daily', { maxFires: 2 }), 5, FROM)).toHaveLength(2);
    expect(preview(cron('@daily'), 0, FROM)).toEqual([]);
  });

  it('leaves what it is given as it is', () => {
    const from = new Date(FROM);
    preview(cron('@daily'), 5, from);
    expect(from).toEqual(FROM);
  });

  it.each([-1, 1.5, NaN, Infinity, 100_001, '3', null])('refuses %j instants', (count) => {
    expect(() => preview(cron('@daily'), count as number, FROM)).toThrow(InvalidTriggerError);
    expect(() => preview(cron('@daily'), count as number, FROM)).toThrow(/count = /);
  });

  it('refuses what is no date or no trigger', () => {
    expect(() => preview(cron('@daily'), 1, new Date(NaN))).toThrow(/from = Invalid Date/);
    expect(() => preview('@daily' as never, 1, FROM)).toThrow(InvalidTriggerError);
  });
});
