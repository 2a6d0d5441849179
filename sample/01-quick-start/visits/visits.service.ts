import { Injectable } from '@nestjs/common';
import { Interval } from 'nestjs-durable-scheduler';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { AccessLog } from '../access-log/access-log.js';
import type { Visit } from '../access-log/visit.js';
import { LogPosition } from './log-position.entity.js';
import { VisitWindow } from './visit-window.entity.js';

const LOG = 'access';
const WINDOW_MS = 10_000;

export interface CountedVisits {
  readonly total: number;
  /** The part of the access log that has been counted. */
  readonly bytes: number;
  readonly windows: readonly VisitWindow[];
}

/** Counts the lines of the access log into a table. */
@Injectable()
export class VisitsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: AccessLog,
  ) {}

  /**
   * Counts what was logged since the last time.
   *
   * The counts and the place in the log that they go up to are written in one transaction. So each line is counted
   * once, even if the process is killed in the middle and the run is carried out again by another.
   */
  @Interval({ seconds: 2 }, { id: 'count-visits', name: 'Count the visits in the access log' })
  async count(): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      const position = await lockPosition(manager);
      const { visits, end } = await this.log.readFrom(position.bytes);
      await addVisits(manager, visits);
      await manager.update(LogPosition, { log: LOG }, { bytes: end });
      return visits.length === 1 ? '1 visit' : `${visits.length} visits`;
    });
  }

  async counted(): Promise<CountedVisits> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const position = await manager.findOneBy(LogPosition, { log: LOG });
      const total = (await manager.sum(VisitWindow, 'visits')) ?? 0;
      const windows = await manager.find(VisitWindow, {
        order: { startedAt: 'DESC', visits: 'DESC', path: 'ASC' },
        take: 20,
      });
      return { total, bytes: position?.bytes ?? 0, windows };
    });
  }
}

/** Runs of one job do not overlap; the lock is for the one case in which they do: a process that was believed dead. */
async function lockPosition(manager: EntityManager): Promise<LogPosition> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(LogPosition)
    .values({ log: LOG, bytes: 0 })
    .orIgnore()
    .execute();
  return manager.findOneOrFail(LogPosition, {
    where: { log: LOG },
    lock: { mode: 'pessimistic_write' },
  });
}

async function addVisits(manager: EntityManager, visits: readonly Visit[]): Promise<void> {
  await manager.query(
    `INSERT INTO visit_window (started_at, path, visits)
     SELECT started_at, path, count(*)
     FROM unnest($1::timestamptz[], $2::text[]) AS visit (started_at, path)
     GROUP BY started_at, path
     ON CONFLICT (started_at, path) DO UPDATE SET visits = visit_window.visits + excluded.visits`,
    [visits.map(({ at }) => windowOf(at)), visits.map(({ path }) => path)],
  );
}

function windowOf(date: Date): Date {
  return new Date(date.getTime() - (date.getTime() % WINDOW_MS));
}
