import pg from 'pg';
import type { Contestant, Terms } from './contestant.js';
import { inChunks } from './in-chunks.js';
import { peer } from './peer.js';
import { untilGone } from './until-gone.js';

interface AgendaJob {
  readonly attrs: { readonly data: { readonly at?: number } };
  save(): Promise<unknown>;
  schedule(date: Date): AgendaJob;
  repeatEvery(interval: string, options: object): AgendaJob;
}

interface Agenda {
  readonly ready: Promise<unknown>;
  define(name: string, work: (job: AgendaJob) => Promise<void>, options: object): void;
  create(name: string, data: object): AgendaJob;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface AgendaModule {
  readonly Agenda: new (options: object) => Agenda;
}

interface BackendModule {
  readonly PostgresBackend: new (options: object) => object;
}

const CONCURRENCY = 100;
const POOL_SIZE = 20;

export async function openAgenda({ url, ran }: Terms): Promise<Contestant> {
  const { Agenda } = await peer<AgendaModule>('agenda');
  const { PostgresBackend } = await peer<BackendModule>('@agendajs/postgres-backend');
  const agenda = new Agenda({
    backend: new PostgresBackend({ poolConfig: { connectionString: url, max: POOL_SIZE } }),
    maxConcurrency: CONCURRENCY,
    defaultConcurrency: CONCURRENCY,
    // Locks jobs so far ahead, and has timers for them.
    processEvery: 1000,
  });
  agenda.define('work', async ({ attrs }) => ran(attrs.data.at ?? null), {
    concurrency: CONCURRENCY,
    lockLimit: 0,
  });
  await agenda.ready;
  const oneShot = (date: Date): Promise<unknown> =>
    agenda.create('work', { at: date.getTime() }).schedule(date).save();
  return {
    addOne: async (date) => void (await oneShot(date)),
    // It has no call for many: so many at once.
    addMany: async (instants) => {
      for (const chunk of inChunks(instants.length, POOL_SIZE, (index) => instants[index])) {
        await Promise.all(chunk.flatMap((date) => (date ? oneShot(date) : [])));
      }
    },
    addEverySecond: async (count) => {
      for (const chunk of inChunks(count, POOL_SIZE, (n) => ({ n }))) {
        await Promise.all(
          chunk.map((data) =>
            agenda.create('work', data).repeatEvery('* * * * * *', { skipImmediate: true }).save(),
          ),
        );
      }
    },
    start: () => agenda.start(),
    settled: () => untilSaved(url),
    close: () => agenda.stop(),
  };
}

async function untilSaved(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await untilGone(async () => {
    const { rows } = await client.query(
      'select 1 from agenda_jobs where locked_at is not null or next_run_at is not null limit 1',
    );
    return rows.length > 0;
  });
  await client.end();
}
