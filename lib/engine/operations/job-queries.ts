import type { JobRecord, JobState } from '../../core/job.js';
import type { RunKey, RunRecord } from '../../core/run.js';
import type { JobFilterOptions, JobQuery, PageOf, RunQuery } from '../definition/job-definition.js';
import { givenFields } from '../definition/given-fields.js';
import { isJobId } from '../definition/job-id.js';
import { parse } from '../definition/parse.js';
import { jobFilterSchema, jobQuerySchema, runQuerySchema } from '../definition/query.schema.js';
import type { StoreHost } from '../node/store-host.js';
import type { StoreHosts } from '../node/store-hosts.js';
import { decodeCursor, encodeCursor } from '../view/cursor.js';
import { decodeRunId, isInstant, isSequence } from '../view/run-id.js';
import type { Run } from '../view/run.js';
import { toRun } from '../view/run.js';

/** Jobs that are read at a time where all are wanted. */
const BATCH = 1000;

/** A job and the store that it was found in. */
export interface FoundJob {
  readonly host: StoreHost;
  readonly record: JobRecord;
}

/** Everything that users ask about jobs and runs. */
export class JobQueries {
  constructor(private readonly hosts: StoreHosts) {}

  async job(id: string, store?: string): Promise<FoundJob | null> {
    for (const host of isJobId(id) ? this.hosts.select(store) : []) {
      const [record] = await host.ask((jobs) =>
        jobs.listJobs({ ids: [id] }, { after: null, limit: 1 }),
      );
      if (record) {
        return { host, record };
      }
    }
    return null;
  }

  /** @throws InvalidJobError, UnknownStoreError */
  async jobs(query: JobQuery = {}): Promise<PageOf<FoundJob>> {
    const { store, limit, cursor, ...filter } = parse(jobQuerySchema, query, 'query');
    const begin = cursor === undefined ? null : decodeCursor(cursor, isJobId);
    return this.pages(store, begin, limit, async (host, after, most) => {
      const records = await host.ask((jobs) =>
        jobs.listJobs(givenFields(filter), { after, limit: most }),
      );
      return records.map((record) => ({ key: record.id, item: { host, record } }));
    });
  }

  async run(id: string): Promise<Run | null> {
    const decoded = decodeRunId(id);
    const host = decoded && this.hosts.find(decoded.store);
    if (!host) {
      return null;
    }
    const record = await host.ask((runs) => runs.getRun(decoded.key));
    return record && toRun(record, host.alias);
  }

  /** @throws InvalidJobError, UnknownStoreError */
  async runs(query: RunQuery = {}): Promise<PageOf<Run>> {
    const { store, limit, cursor, ...filter } = parse(runQuerySchema, query, 'query');
    const begin = cursor === undefined ? null : decodeCursor(cursor, isRunKey);
    return this.pages(store, begin, limit, async (host, after, most) => {
      const page = { after: after && toRunKey(after), limit: most };
      const records = await host.ask((runs) => runs.listRuns(givenFields(filter), page));
      return records.map((record) => ({
        key: toCursorKey(record),
        item: toRun(record, host.alias),
      }));
    });
  }

  /** All jobs that match, store by store. */
  async matching(filter: JobFilterOptions = {}): Promise<[StoreHost, JobRecord[]][]> {
    const { store, ...rest } = parse(jobFilterSchema, filter, 'query');
    const found: [StoreHost, JobRecord[]][] = [];
    for (const host of this.hosts.select(store)) {
      found.push([host, await this.allOf(host, givenFields(rest))]);
    }
    return found;
  }

  private async allOf(
    host: StoreHost,
    filter: { readonly state?: readonly JobState[] },
  ): Promise<JobRecord[]> {
    const all: JobRecord[] = [];
    for (;;) {
      const after = all.at(-1)?.id ?? null;
      const page = await host.ask((jobs) => jobs.listJobs(filter, { after, limit: BATCH }));
      all.push(...page);
      if (page.length < BATCH) {
        return all;
      }
    }
  }

  /** One page of a list that goes on from store to store. */
  private async pages<K extends string | readonly [string, number, number], T>(
    store: string | undefined,
    begin: { readonly store: string; readonly after: K } | null,
    limit: number,
    read: (
      host: StoreHost,
      after: K | null,
      most: number,
    ) => Promise<readonly { readonly key: K; readonly item: T }[]>,
  ): Promise<PageOf<T>> {
    const hosts = this.hosts.select(store);
    const first = begin ? hosts.findIndex(({ alias }) => alias === begin.store) : 0;
    const items: T[] = [];
    for (const host of first === -1 ? [] : hosts.slice(first)) {
      const after = begin?.store === host.alias ? begin.after : null;
      const most = limit - items.length;
      // One more than asked for: whether there is a next page is told without a look at an empty one.
      const rows = await read(host, after, most + 1);
      items.push(...rows.slice(0, most).map(({ item }) => item));
      const last = rows[most - 1];
      if (rows.length > most && last) {
        return { items, nextCursor: encodeCursor({ store: host.alias, after: last.key }) };
      }
      if (items.length === limit && host !== hosts.at(-1) && last) {
        return { items, nextCursor: encodeCursor({ store: host.alias, after: last.key }) };
      }
    }
    return { items, nextCursor: null };
  }
}

type RunCursorKey = readonly [jobUid: string, scheduledAt: number, seq: number];

function toCursorKey({ jobUid, scheduledAt, seq }: RunRecord): RunCursorKey {
  return [jobUid, scheduledAt, seq];
}

function toRunKey([jobUid, scheduledAt, seq]: RunCursorKey): RunKey {
  return { jobUid, scheduledAt, seq };
}

function isRunKey(value: unknown): value is RunCursorKey {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'string' &&
    isInstant(value[1]) &&
    isSequence(value[2])
  );
}
