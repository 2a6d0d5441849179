import { describe, expect, it } from '@jest/globals';
import { Lead } from '../../../lib/engine/node/lead.js';

describe('the lead', () => {
  it('is what was asked for while the store is quick', () => {
    const lead = new Lead(200);
    lead.observe(5);
    expect(lead.ms).toBe(200);
  });

  it('grows at once with a store that has become slow, within bounds, and shrinks again slowly', () => {
    const lead = new Lead(200);
    lead.observe(400);
    expect(lead.ms).toBe(1200);
    lead.observe(30_000);
    expect(lead.ms).toBe(5000);
    for (let fires = 0; fires < 200; fires += 1) {
      lead.observe(5);
    }
    expect(lead.ms).toBe(200);
  });

  it('stays 0 where nothing is to be claimed ahead', () => {
    const lead = new Lead(0);
    lead.observe(400);
    expect(lead.ms).toBe(0);
  });

  it('is never less than was asked for', () => {
    const lead = new Lead(10_000);
    lead.observe(4000);
    expect(lead.ms).toBe(10_000);
  });
});
