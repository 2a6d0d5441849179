import { describe, expect, it } from '@jest/globals';
import type { Samples } from '../../benchmark/harness/bench.js';
import type { Contest } from '../../benchmark/suites/standing.js';
import { standing } from '../../benchmark/suites/standing.js';
import { rowAsJson } from '../../benchmark/suite.js';

function perSecond(value: number): Samples {
  return { perSecond: { median: value, low: value - 1, high: value + 1 } };
}

function contest(changes: Partial<Contest> = {}): Contest {
  return {
    suite: 'drain',
    case: 'due jobs',
    unit: 'runs/s',
    samples: { ours: perSecond(30), rival: perSecond(20) },
    figure: 'perSecond',
    peers: ['rival', 'other'],
    rival: 'rival',
    goal: (theirs) => theirs * 1.5,
    better: 'more',
    ...changes,
  };
}

describe('how ours stands beside others', () => {
  it('meets a goal that it just reaches', () => {
    expect(standing(contest())).toMatchObject({ ours: 30, ratio: 1.5, goal: 30, met: true });
  });

  it('misses a goal of more with less, and a goal of less with more', () => {
    const samples = { ours: perSecond(29), rival: perSecond(20) };
    expect(standing(contest({ samples })).met).toBe(false);
    expect(standing(contest({ goal: () => 28, better: 'less', samples })).met).toBe(false);
  });

  it('says of a peer that was not there that nothing is known', () => {
    expect(standing(contest()).peers).toEqual({ rival: 20, other: null });
  });

  it('has neither ratio nor goal without the rival', () => {
    const row = standing(contest({ samples: { ours: perSecond(30) } }));
    expect(row).toMatchObject({ ratio: null, goal: null, met: true });
  });

  it('is a line of JSON with the fields that programs know, and no others', () => {
    expect(JSON.parse(rowAsJson(standing(contest())))).toEqual({
      suite: 'drain',
      case: 'due jobs',
      ours: 30,
      unit: 'runs/s',
      peers: { rival: 20, other: null },
      ratio: 1.5,
      goal: 30,
      met: true,
    });
  });
});
