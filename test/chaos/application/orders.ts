import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobDefinition } from '../../../lib/index.js';
import { SchedulerService } from '../../../lib/index.js';

class ChangeOfMind extends Error {}

/** The application's own table, and the jobs that come and go with its rows. */
@Injectable()
export class Orders {
  constructor(
    private readonly scheduler: SchedulerService,
    private readonly dataSource: DataSource,
  ) {}

  /** Adds a row and a job of the same id in one transaction, or takes both back. */
  async place(definition: JobDefinition, keep: boolean): Promise<void> {
    try {
      await this.dataSource.transaction(async (manager) => {
        await manager.query('insert into chaos.placed_order (id) values ($1)', [definition.id]);
        await this.scheduler.addJob(definition, { manager });
        if (!keep) {
          throw new ChangeOfMind();
        }
      });
    } catch (error) {
      if (!(error instanceof ChangeOfMind)) {
        throw error;
      }
    }
  }
}
