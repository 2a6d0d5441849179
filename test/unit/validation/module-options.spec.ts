import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { inProcess, memoryStore, SchedulerModule } from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { expectFullText, refusalOf } from './refusal.js';

type Fault = readonly [field: string, options: unknown];

const DURATIONS = [-1, NaN, Infinity, 0.5, '5s', null, [], { lightyears: 1 }, { seconds: '5' }];

const FAULTS: readonly Fault[] = [
  ['stores', { stores: memoryStore() }],
  ['stores', { stores: 'memory' }],
  ['stores', { stores: null }],
  ['stores.default', { stores: { default: 'postgres' } }],
  ['stores.default', { stores: { default: memoryStore } }],
  ['stores.default', { stores: { default: { kind: 'memory' } } }],
  ['stores.bad alias', { stores: { 'bad alias': memoryStore() } }],
  ['stores.', { stores: { '': memoryStore() } }],
  ['executors', { executors: null }],
  ['executors.default', { executors: { default: 100 } }],
  ['executors.default', { executors: { default: inProcess } }],
  ['executors.a.b', { executors: { 'a.b': inProcess() } }],
  ['jobDefaults', { jobDefaults: null }],
  ['jobDefaults', { jobDefaults: 'latest' }],
  ['jobDefaults.coalesce', { jobDefaults: { coalesce: 'newest' } }],
  ['jobDefaults.maxInstances', { jobDefaults: { maxInstances: 0 } }],
  ['jobDefaults.overlap', { jobDefaults: { overlap: 'both' } }],
  ['jobDefaults.misfireGraceTime', { jobDefaults: { misfireGraceTime: -1 } }],
  ['jobDefaults.maxCatchUp', { jobDefaults: { maxCatchUp: '100' } }],
  ['jobDefaults.recovery', { jobDefaults: { recovery: 'retry' } }],
  ['jobDefaults.timezone', { jobDefaults: { timezone: 'UTC' } }],
  ['timezone', { timezone: 'Mars/Olympus' }],
  ['timezone', { timezone: '' }],
  ['timezone', { timezone: 1 }],
  ['timezone', { timezone: null }],
  ['autoStart', { autoStart: 'yes' }],
  ['autoStart', { autoStart: 0 }],
  ...(['lead', 'sweepInterval', 'shutdownTimeout'] as const).flatMap((field) =>
    DURATIONS.map((duration): Fault => [field, { [field]: duration }]),
  ),
  ['sweepInterval', { sweepInterval: 10 }],
  ['lease', { lease: 10_000 }],
  ...(['ttl', 'renew', 'margin'] as const).flatMap((field) =>
    DURATIONS.map((duration): Fault => [`lease.${field}`, { lease: { [field]: duration } }]),
  ),
  ['lease.ttl', { lease: { ttl: 1000, renew: 900 } }],
  ['lease.margin', { lease: { ttl: 1000, renew: 300, margin: 800 } }],
  ['lease.length', { lease: { length: 10 } }],
  ['clock', { clock: Date }],
  ['clock', { clock: { now: () => 0 } }],
  ['store', { store: memoryStore() }],
  ['timeZone', { timeZone: 'UTC' }],
];

describe('Options of an application that make no sense', () => {
  it.each(FAULTS)('fail its start: %s', async (field, options) => {
    const refusal = await refusalOf(() =>
      Test.createTestingModule({ imports: [SchedulerModule.forRoot(options as object)] }).compile(),
    );
    expect(refusal).toMatchObject({ name: 'InvalidOptionsError', field });
    expect(refusal.message).toMatch(/^Invalid scheduler option: .+ = .+\. .{10,}/s);
  });

  it.each([
    ['an executor', 'inProcess.concurrency', () => inProcess({ concurrency: 0 })],
    ['an executor', 'inProcess.concurrency', () => inProcess({ concurrency: NaN })],
    ['an executor', 'inProcess.concurrency', () => inProcess({ concurrency: '5' as never })],
    ['a store', 'typeormStore(options)', () => typeormStore(null as never)],
    ['a store', 'typeormStore.type', () => typeormStore({ type: 'mysql' } as never)],
    ['a store', 'typeormStore.type', () => typeormStore({} as never)],
    ['a store', 'typeormStore.schema', () => typeormStore({ type: 'postgres', schema: 'a"b' })],
    ['a store', 'typeormStore.schema', () => typeormStore({ type: 'postgres', schema: '' })],
    ['a store', 'typeormStore.poolSize', () => typeormStore({ type: 'postgres', poolSize: 0 })],
    ['a store', 'typeormStore.dataSource', () => typeormStore({ dataSource: {} } as never)],
  ] as const)('fail where %s is made: %s', async (_, field, make) => {
    const refusal = await refusalOf(make);
    expect(refusal).toMatchObject({ name: 'InvalidOptionsError', field });
    expectFullText(refusal);
  });
});
