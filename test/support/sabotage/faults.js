/**
 * @typedef {object} Patch
 * @property {string} file from the root
 * @property {string} find what must stand there exactly once
 * @property {string} replace
 */

/**
 * @typedef {object} Fault
 * @property {string} says what is broken
 * @property {readonly Patch[]} patches for the store in memory, in both modes, for the one in Postgres, and for what drives
 * them
 */

/**
 * Mistakes that the tests must find, each one that somebody could make. They are planted in the sources as these are
 * loaded, so that the library itself has nothing of them.
 *
 * @satisfies {Record<string, Fault>}
 */
export const FAULTS = {
  'no-fence': {
    says: 'starts and outcomes are taken from anybody, whoever holds the run by now',
    patches: [
      {
        file: 'lib/stores/memory/run-ledger.ts',
        find: 'row !== null && row.nodeId === nodeId && row.claim === fence.claim && row.job.live.has(row)',
        replace: 'row !== null && row.job.live.has(row)',
      },
      {
        file: 'lib/stores/typeorm/statements/start-runs.ts',
        find: `where r.node_id = $1::uuid and r.claim = g.claim and r.state = 'queued'`,
        replace: `where r.state = 'queued'`,
      },
      {
        file: 'lib/stores/typeorm/statements/finish-runs.ts',
        find: `and r.node_id = $1::uuid and r.claim = g.claim\n      and (r.state = 'running'`,
        replace: `and (r.state = 'running'`,
      },
    ],
  },

  // The lock, or the comparison, that comes before the unique key hides nearly always that the key is missing.
  'no-unique': {
    says: 'an instant that is on record already is recorded again',
    patches: [
      {
        file: 'lib/stores/memory/run-ledger.ts',
        find: 'if (job.runs.has(slot)) {',
        replace: 'if (seq > 0 && job.runs.has(slot)) {',
      },
      {
        file: 'lib/stores/memory/memory.job-store.ts',
        find: 'if (decision && row.stamp === stamp) {',
        replace: 'if (decision && stamp >= 0) {',
      },
      {
        file: 'lib/stores/typeorm/schema/0001-create-tables.migration.ts',
        find: 'primary key (job_uid, scheduled_at, seq)',
        replace: 'unique (job_uid, scheduled_at, seq, claim)',
      },
      {
        file: 'lib/stores/typeorm/statements/record-runs.ts',
        find: 'on conflict (job_uid, scheduled_at, seq) do nothing',
        replace: '',
      },
      {
        file: 'lib/stores/typeorm/statements/lock-due-jobs.ts',
        find: 'order by next_fire_at limit $6::bigint for update skip locked',
        replace: 'order by next_fire_at limit $6::bigint',
      },
    ],
  },

  'node-clock': {
    says: 'nodes go by their own wall clocks',
    patches: [
      {
        file: 'lib/engine/node/store-time.ts',
        find: 'this.offset = this.least();',
        replace: 'this.offset = this.clock.now() - this.clock.monotonic();',
      },
    ],
  },

  // The store in Postgres would refuse the outcome of a run that is not running, and so give the fault away.
  'no-start-write': {
    says: 'runs that were claimed ahead begin without asking whether they still may',
    patches: [
      {
        file: 'lib/engine/firing/launcher.ts',
        find: 'this.claimed.push(attempt.run.startAt, attempt);',
        replace: 'this.cleared.push(attempt.run.startAt, attempt); this.launchDue();',
      },
      {
        file: 'lib/stores/typeorm/statements/finish-runs.ts',
        find: `and (r.state = 'running'`,
        replace: `and (r.state in ('running', 'queued')`,
      },
    ],
  },

  // What lies between the look and the lock is as long as a few exchanges with the store, or nobody would get in between.
  'stale-count': {
    says: 'how many runs of a job are live is read before its lock is held',
    patches: [
      {
        file: 'lib/stores/memory/memory.job-store.ts',
        find: `if (this.mode === 'compare-and-set') {\n      await othersTurn();\n      this.data.nodes`,
        replace: `if (plan) {\n      await new Promise((resolve) => setImmediate(resolve));\n      this.data.nodes`,
      },
      {
        file: 'lib/stores/memory/memory.job-store.ts',
        find: 'if (decision && row.stamp === stamp) {',
        replace:
          'if (decision && stamp >= 0 && !row.removed && row.record.version === job.version && row.record.nextFireAt === job.nextFireAt) {',
      },
      {
        file: 'lib/stores/typeorm/operations/fire-jobs.ts',
        find: 'const decisions = plan(',
        replace: `await session.command('commit; select pg_sleep(0.03)');
  await session.command('begin isolation level read committed');
  const lockedLater = new Map((await lock(session)).rows.map((row) => [row.uid, row]));
  for (const [uid, { job }] of [...candidates]) {
    const row = lockedLater.get(uid);
    if (row?.version !== job.version || row.nextFireAt !== job.nextFireAt) {
      candidates.delete(uid);
    }
  }
  const decisions = plan(`,
      },
    ],
  },

  'reap-early': {
    says: 'a node is declared dead nine seconds before its lease ends',
    patches: [
      {
        file: 'lib/stores/memory/node-table.ts',
        find: 'node.leaseEndsAt > now;',
        replace: 'node.leaseEndsAt > now + 9000;',
      },
      {
        file: 'lib/stores/typeorm/statements/declare-dead-nodes.ts',
        find: 'lease_until <= ${sql.now} for update',
        replace: `lease_until <= \${sql.now} + interval '9 seconds' for update`,
      },
    ],
  },
};
