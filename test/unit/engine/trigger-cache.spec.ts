import { describe, expect, it } from '@jest/globals';
import type { TriggerJson } from '../../../lib/core/trigger.js';
import { TriggerCache } from '../../../lib/engine/firing/trigger-cache.js';
import { at, cron, InvalidTriggerError, TriggerRegistry } from '../../../lib/triggers/index.js';

describe('the triggers of the jobs that fired last', () => {
  const cache = (): TriggerCache => new TriggerCache(TriggerRegistry.builtIn);

  it('are compiled once for each version of a job', () => {
    const triggers = cache();
    const first = triggers.get('1', 1, cron('0 5 * * *'));
    expect(triggers.get('1', 1, cron('0 5 * * *'))).toBe(first);
    expect(triggers.get('1', 2, cron('0 6 * * *'))).not.toBe(first);
    expect(triggers.get('2', 1, cron('0 5 * * *'))).not.toBe(first);
  });

  it('are not pushed out by dates, which come but once', () => {
    const triggers = cache();
    const daily = triggers.get('daily', 1, cron('0 5 * * *'));
    const date = at('2026-01-01T00:00:00Z');
    for (let uid = 0; uid < 25_000; uid += 1) {
      triggers.get(String(uid), 1, date);
    }
    expect(triggers.get('daily', 1, cron('0 5 * * *'))).toBe(daily);
  });

  it('are bounded in number', () => {
    const triggers = cache();
    const json: TriggerJson = { type: 'interval', version: 1, minutes: 5 };
    const first = triggers.get('first', 1, json);
    for (let uid = 0; uid < 20_000; uid += 1) {
      triggers.get(String(uid), 1, json);
    }
    expect(triggers.get('first', 1, json)).not.toBe(first);
  });

  it.each([[null], [5], ['cron'], [[]], [{ type: 'cron', version: 99 }]])(
    'are refused by name when what is stored is %j',
    (stored) => {
      expect(() => cache().get('1', 1, stored as never)).toThrow(InvalidTriggerError);
    },
  );
});
