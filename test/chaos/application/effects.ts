import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { JobContext } from '../../../lib/index.js';
import { RunSupersededError } from '../../../lib/index.js';
import { settings } from '../../support/cluster/serve.js';
import type { AppSettings } from './app-settings.js';

const { label } = settings<AppSettings>();

const RETRY_AFTER_MS = 100;

/** How long a transaction dwells between its statements, at most, so that it is hit there too. */
const DWELL_MS = 60;

/** What runs do to the application's own table, which has no key that could hold a second time off. */
@Injectable()
export class Effects {
  constructor(private readonly dataSource: DataSource) {}

  /** Has the effect of a run, and completes it, in one transaction: tried again until it holds or is for others. */
  async happen(context: JobContext, failure: Error | null): Promise<void> {
    for (;;) {
      try {
        await this.dataSource.transaction((manager) => happenIn(manager, context, failure));
        return;
      } catch (error) {
        if (error === failure || error instanceof RunSupersededError) {
          throw error;
        }
        await pause(RETRY_AFTER_MS);
      }
    }
  }
}

async function happenIn(
  manager: EntityManager,
  context: JobContext,
  failure: Error | null,
): Promise<void> {
  await manager.query('insert into chaos.effect (run_id, attempt, label) values ($1, $2, $3)', [
    context.runId,
    context.attempt,
    label,
  ]);
  await pause(Math.random() * DWELL_MS);
  await context.completeIn(manager);
  await pause(Math.random() * DWELL_MS);
  if (failure) {
    throw failure;
  }
}
