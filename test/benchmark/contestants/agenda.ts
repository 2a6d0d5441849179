import pg from 'pg';
import type { Figures } from '../harness/protocol.js';
import type { Contestant } from './contestant.js';
import { peer } from './peer.js';
import type { DrainSettings } from './tally.js';
import { Tally } from './tally.js';
import { untilGone } from './until-gone.js';

interface AgendaJob {
  save(): Promise<unknown>;
  schedule(date: Date): AgendaJob;
}

interface Agenda {
  readonly ready: Promise<unknown>;
  define(name: string, work: () => Promise<void>, options: object): void;
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

/** It has no bulk call: so many at once. */
const ADDED_AT_ONCE = 20;

async function open(url: string, work: () => void): Promise<Agenda> {
  const { Agenda } = await peer<AgendaModule>('agenda');
  const { PostgresBackend } = await peer<BackendModule>('@agendajs/postgres-backend');
  const agenda = new Agenda({
    backend: new PostgresBackend({ poolConfig: { connectionString: url, max: ADDED_AT_ONCE } }),
    maxConcurrency: CONCURRENCY,
    defaultConcurrency: CONCURRENCY,
    processEvery: 1000,
  });
  agenda.define('work', async () => work(), { concurrency: CONCURRENCY, lockLimit: 0 });
  await agenda.ready;
  return agenda;
}

async function drain({ url, count }: DrainSettings): Promise<Figures> {
  const tally = new Tally(count);
  const agenda = await open(url, () => tally.hit());
  const due = new Date();
  for (let added = 0; added < count; added += ADDED_AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(ADDED_AT_ONCE, count - added) }, () =>
        agenda.create('work', {}).schedule(due).save(),
      ),
    );
  }
  await agenda.start();
  await tally.complete;
  await untilSaved(url);
  const figures = tally.figures();
  await agenda.stop();
  return figures;
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

export const agenda = { drain } satisfies Contestant;
