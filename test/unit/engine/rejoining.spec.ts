import { describe, expect, it } from '@jest/globals';
import type { JoinReply, NodeAdvert } from '../../../lib/core/job-store.js';
import { MemoryData, MemoryJobStore } from '../../../lib/stores/memory/index.js';
import { at } from '../../../lib/triggers/index.js';
import { TestScheduler } from '../../support/test-scheduler.js';

/** A store that declares nodes dead at its whim. */
class HarshStore extends MemoryJobStore {
  readonly joined: string[] = [];

  constructor(private readonly isDoomed: (join: number) => boolean) {
    super(new MemoryData(1000), 'locking');
  }

  override async join(advert: NodeAdvert, ttl: number): Promise<JoinReply> {
    const reply = await super.join(advert, ttl);
    this.joined.push(advert.nodeId);
    if (this.isDoomed(this.joined.length)) {
      await this.leave(advert.nodeId);
    }
    return reply;
  }
}

describe('a process that was declared dead', () => {
  it('joins again until it may stay, be it declared dead while it joins', async () => {
    const store = new HarshStore((join) => join === 2 || join === 3);
    const test = new TestScheduler({ store, handlers: { work: () => 'done' } });
    await test.scheduler.start();
    await store.leave(store.joined[0] ?? '');
    await test.clock.advance(10_000);
    const soon = at(new Date(test.clock.now() + 1000));
    await test.scheduler.operations.addJob({ id: 'after', handler: 'work', trigger: soon });
    await test.clock.advance(2000);
    expect(test.told('after')).toContain('job.executed');
    expect(new Set(store.joined).size).toBe(4);
    await test.stop();
  });
});
