import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Cron, Interval, JobContext, JobHandler } from '../../../lib/index.js';
import { settings } from '../../support/cluster/serve.js';
import type { AppSettings, Work } from './app-settings.js';
import { Effects } from './effects.js';
import { AttemptLedger } from './attempt-ledger.js';

const { url, label, release } = settings<AppSettings>();

/** What a handler returns: what the record of the run must name. */
export interface Result {
  readonly attempt: number;
}

@Injectable()
export class Jobs {
  private readonly ledger = new AttemptLedger(url, label);

  constructor(private readonly effects: Effects) {}

  @JobHandler('work')
  async work(work: Work, context: JobContext): Promise<Result> {
    const entry = await this.ledger.begin(context);
    const { attempt, signal } = context;
    // Which moment it ends at is of no consequence, so it need not follow the seed.
    const duration = work.least + Math.random() * (work.most - work.least);
    await pause(duration, undefined, work.obeys ? { signal } : {}).catch(() => undefined);
    if (work.obeys && signal.aborted) {
      await this.ledger.end(entry, 'aborted');
      signal.throwIfAborted();
    }
    await this.ledger.end(entry, work.fails ? 'failed' : 'done');
    if (work.fails) {
      throw new Error(`attempt ${attempt} failed as it should`);
    }
    return { attempt };
  }

  @JobHandler('effect')
  async effect(work: Work, context: JobContext): Promise<void> {
    const entry = await this.ledger.begin(context);
    await pause(work.least + Math.random() * (work.most - work.least));
    const failure = new Error(`attempt ${context.attempt} failed as it should`);
    try {
      await this.effects.happen(context, work.fails ? failure : null);
    } catch (error) {
      await this.ledger.end(entry, error === failure ? 'failed' : 'superseded');
      throw error;
    }
    await this.ledger.end(entry, 'done');
    if (work.regrets) {
      throw new Error('failed too late to matter');
    }
  }

  /** Each release words it anew, and leaves its instants alone. */
  @Cron('* * * * * *', { id: 'declared.steady', name: `release ${release}`, maxInstances: 3 })
  steady(context: JobContext): Promise<Result> {
    return this.work({ least: 0, most: 10 }, context);
  }

  /** Each release gives it other instants. */
  @Cron(release % 2 === 0 ? '* * * * * *' : '*/2 * * * * *', { id: 'declared.changing' })
  changing(context: JobContext): Promise<Result> {
    return this.work({ least: 0, most: 10 }, context);
  }

  /** No release touches it. */
  @Interval(450, { id: 'declared.interval' })
  interval(context: JobContext): Promise<Result> {
    return this.work({ least: 0, most: 10 }, context);
  }
}
