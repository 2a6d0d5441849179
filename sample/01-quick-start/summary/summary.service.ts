import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { JobContext } from 'nestjs-durable-scheduler';
import { Cron } from 'nestjs-durable-scheduler';
import { LessThan, Repository } from 'typeorm';
import { PopularPage } from './popular-page.entity.js';

const PERIOD_MS = 60_000;

/** Keeps the most visited pages of the last minute at hand. */
@Injectable()
export class SummaryService {
  constructor(@InjectRepository(PopularPage) private readonly pages: Repository<PopularPage>) {}

  /**
   * Refreshes the entries of pages that were visited in the last minute, and drops those of all others.
   *
   * The next refresh is never far, so one that is over 3 s late is not worth its while: it is recorded as missed.
   */
  @Cron('*/5 * * * * *', { id: 'refresh-summary', misfireGraceTime: { seconds: 3 } })
  async refresh(ctx: JobContext): Promise<string> {
    return this.pages.manager.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO popular_page (path, visits, refreshed_at)
         SELECT path, sum(visits), $1 FROM visit_window WHERE started_at >= $2 GROUP BY path
         ON CONFLICT (path) DO UPDATE SET visits = excluded.visits, refreshed_at = excluded.refreshed_at`,
        [ctx.scheduledAt, new Date(ctx.scheduledAt.getTime() - PERIOD_MS)],
      );
      const stale = await manager.delete(PopularPage, { refreshedAt: LessThan(ctx.scheduledAt) });
      const fresh = await manager.count(PopularPage);
      return `${fresh} pages, ${stale.affected ?? 0} stale ones dropped`;
    });
  }

  async popular(): Promise<PopularPage[]> {
    return this.pages.find({ order: { visits: 'DESC', path: 'ASC' }, take: 10 });
  }
}
