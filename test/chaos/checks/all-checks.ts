import type { Check } from './check.js';
import { crashedProcesses } from './crashed-processes.js';
import { effectsAstray } from './effects-astray.js';
import { faultsLeftOut } from './faults-left-out.js';
import { firedTwice } from './fired-twice.js';
import { instantsWithoutRecord } from './instants-without-record.js';
import { maxInstances } from './max-instances.js';
import { oneShots } from './one-shots.js';
import { recordedTwice } from './recorded-twice.js';
import { slowRecovery } from './slow-recovery.js';
import { startedAfterEdit } from './started-after-edit.js';
import { startedEarly } from './started-early.js';
import { startedWithoutClaim } from './started-without-claim.js';
import { stuckRuns } from './stuck-runs.js';
import { takenFromLiving } from './taken-from-living.js';

/** What must always hold, by the name that the report gives it. */
export const ALL_CHECKS: Readonly<Record<string, Check>> = {
  'instants fired twice': firedTwice,
  'instants without a record': instantsWithoutRecord,
  'outcomes recorded twice': recordedTwice,
  'effects twice or without a record': effectsAstray,
  'runs stuck': stuckRuns,
  'started before their instant': startedEarly,
  'started without a claim': startedWithoutClaim,
  'started after a pause or removal': startedAfterEdit,
  'maxInstances exceeded': maxInstances,
  'slow recoveries': slowRecovery,
  'runs taken from living nodes': takenFromLiving,
  'one-shots lost or left behind': oneShots,
  'processes that ended by themselves': crashedProcesses,
  'faults left out': faultsLeftOut,
};
