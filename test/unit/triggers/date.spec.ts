import { describe, expect, it } from '@jest/globals';
import { at, DateTrigger, InvalidTriggerError, triggerFrom } from '../../../lib/triggers/index.js';

const before = new Date('2020-01-01T00:00:00Z');
const after = new Date('2030-01-01T00:00:00Z');

function instantOf(runDate: Date | string, timezone?: string): string | undefined {
  return new DateTrigger({ runDate, timezone }).first()?.toISOString();
}

describe('A date trigger', () => {
  const date = new Date('2026-12-31T23:59:00.500Z');
  const trigger = new DateTrigger({ runDate: date });

  it('gives its date as the first instant, even when it is past', () => {
    expect(trigger.first()).toEqual(date);
  });

  it('fires once', () => {
    expect(trigger.next(before)).toEqual(date);
    expect(trigger.next(date)).toBeNull();
    expect(trigger.next(after)).toBeNull();
    expect(trigger.previous(before)).toBeNull();
    expect(trigger.previous(date)).toEqual(date);
    expect(trigger.previous(after)).toEqual(date);
    expect(trigger.count(before, date)).toBe(1);
    expect(trigger.count(date, after)).toBe(0);
  });

  it('keeps text without an offset until it is bound to a zone', () => {
    const json = at('2026-07-01 09:00');
    expect(json).toEqual({ type: 'date', version: 1, runDate: '2026-07-01 09:00' });
    const bound = triggerFrom(json).bind({ now: before, timezone: 'Europe/Berlin' });
    expect(bound.toJSON()).toEqual({ ...json, timezone: 'Europe/Berlin' });
    expect(bound.first(before)?.toISOString()).toBe('2026-07-01T07:00:00.000Z');
  });

  it('needs no zone where the text has an offset, or is a Date', () => {
    const binding = { now: before, timezone: 'Europe/Berlin' };
    expect(triggerFrom(at('2026-07-01T09:00:00+01:00')).bind(binding).toJSON()).toEqual({
      type: 'date',
      version: 1,
      runDate: '2026-07-01T09:00:00+01:00',
    });
    expect(at(date)).toEqual({ type: 'date', version: 1, runDate: '2026-12-31T23:59:00.500Z' });
    expect(triggerFrom(at(date)).bind(binding).toJSON()).toEqual(at(date));
  });
});

describe('The text of a date', () => {
  it.each([
    ['2026-05-01', '2026-05-01T00:00:00.000Z'],
    ['2026-5-1', '2026-05-01T00:00:00.000Z'],
    ['2026-05-01 10:00', '2026-05-01T10:00:00.000Z'],
    ['2026-05-01T10:00:30', '2026-05-01T10:00:30.000Z'],
    ['2026-05-01 10:00:30.5', '2026-05-01T10:00:30.500Z'],
    ['2026-05-01 10:00:30.123456', '2026-05-01T10:00:30.123Z'],
    ['2026-05-01T10:00:00Z', '2026-05-01T10:00:00.000Z'],
    ['2026-05-01T10:00:00z', '2026-05-01T10:00:00.000Z'],
    ['2026-05-01T10:00:00+02:00', '2026-05-01T08:00:00.000Z'],
    ['2026-05-01T10:00:00-0930', '2026-05-01T19:30:00.000Z'],
    ['2026-05-01T10:00+02', '2026-05-01T08:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31 23:59:59.999', '9999-12-31T23:59:59.999Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('may be %s', (text, expected) => {
    expect(instantOf(text)).toBe(expected);
  });

  it.each([
    ['in summer', '2026-07-01 09:00', '2026-07-01T07:00:00.000Z'],
    ['in winter', '2026-01-01 09:00', '2026-01-01T08:00:00.000Z'],
    ['skipped: it moves forward', '2026-03-29 02:30', '2026-03-29T01:30:00.000Z'],
    ['shown twice: it is the first', '2026-10-25 02:30', '2026-10-25T00:30:00.000Z'],
    ['with an offset of its own', '2026-07-01T09:00+00:00', '2026-07-01T09:00:00.000Z'],
  ])('is wall-clock time in the zone, %s', (_, text, expected) => {
    expect(instantOf(text, 'Europe/Berlin')).toBe(expected);
  });

  it.each([
    '',
    'tomorrow',
    '2026',
    '2026-13-01',
    '2026-00-01',
    '2026-02-29',
    '2026-04-31',
    '2026-05-01 24:00',
    '2026-05-01 10:60',
    '2026-05-01 10:00:60',
    '2026-05-01 10',
    '2026-05-01T10:00:00+25:00',
    '2026-05-01T10:00:00 Europe/Berlin',
    ' 2026-05-01',
    '0000-01-01',
    '12026-05-01',
    '1767225600000',
    'Thu, 01 Jan 2026 00:00:00 GMT',
  ])('may not be %j', (text) => {
    expect(() => at(text)).toThrow(InvalidTriggerError);
    expect(() => at(text)).toThrow(/runDate = ".*"\. Give a Date, or ISO text/);
  });

  it.each([0, 1_767_225_600_000, null, undefined, true, {}, [], new Date(NaN), new Date(8.64e15)])(
    'may not be %p instead',
    (value) => {
      expect(() => at(value as never)).toThrow(InvalidTriggerError);
      expect(() => at(value as never)).toThrow(/runDate = /);
    },
  );
});
