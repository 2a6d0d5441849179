import { afterEach, describe, expect, it } from '@jest/globals';
import { inProcess } from '../../../lib/executors/in-process.executor.js';
import { MemoryData, MemoryJobStore } from '../../../lib/stores/memory/index.js';
import { at, interval } from '../../../lib/triggers/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';
import { VirtualClock } from '../../support/virtual-clock.js';

describe('A node whose quick handlers made it claim more than it has places for', () => {
  const clock = new VirtualClock();
  const nodes: TestScheduler[] = [];

  afterEach(async () => {
    for (const node of nodes.splice(0)) {
      await node.stop();
    }
  });

  it('gives back what does not begin soon, because long ones came, to a node that is idle', async () => {
    const data = new MemoryData(1000);
    const join = async () => {
      const node = new TestScheduler({
        clock,
        store: new MemoryJobStore(data, 'locking'),
        executor: inProcess({ concurrency: 2 }),
        handlers: { quick: () => {}, long: () => new Promise(() => {}) },
      });
      nodes.push(node);
      await node.scheduler.start();
      return node;
    };
    const one = await join();
    await one.scheduler.operations.addJob({
      id: 'quick',
      handler: 'quick',
      trigger: interval(1000),
    });
    await clock.advance(5500);
    await one.scheduler.operations.removeJob('quick');
    const two = await join();
    await two.scheduler.pause();
    const trigger = at(new Date(clock.now() + 5000));
    await one.scheduler.operations.addJobs(
      [1, 2, 3, 4].map((n) => ({ id: `long ${n}`, handler: 'long', trigger })),
    );
    await clock.advance(5500);
    await two.scheduler.resume();
    await clock.advance(30_000);
    const begun = nodes.map(
      (node) => node.ofType('job.started').filter(({ jobId }) => jobId !== 'quick').length,
    );
    expect(begun).toEqual([2, 2]);
  });
});
