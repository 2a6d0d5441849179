import fc from 'fast-check';
import {
  add,
  EDIT_NAMES,
  editAtOnce,
  editSlowly,
  fireAgain,
  pauseJob,
  race,
  removeJob,
  reschedule,
  resumeJob,
  runJob,
} from './job-steps.js';
import type { JobShape } from './model-job.js';
import type { Stall } from './node-steps.js';
import { cutOff, freeze, join, kill, recover, shutDown, slowDown, stall } from './node-steps.js';
import { Step } from './step.js';

const index = fc.nat({ max: 20 });

const shape: fc.Arbitrary<JobShape> = fc.record({
  every: fc.option(fc.constantFrom(250, 1000, 3000), { freq: 4 }),
  delay: fc.integer({ min: -2000, max: 5000 }),
  duration: fc.constantFrom(0, 0, 100, 2000, 2000, 15_000),
  maxInstances: fc.constantFrom(1, 1, 2),
  overlap: fc.constantFrom('skip', 'skip', 'queue'),
  coalesce: fc.constantFrom('latest', 'latest', 'earliest', 'all'),
});

/** From what does not matter to what ends a lease. */
const lag = fc.constantFrom(0, 0, 7, 150, 600, 4000, 12_000);

/** When a scheduler under test looks for work first. */
const LEAD_MS = 200;

/** About when a run is claimed, turned running, and begins. */
const ahead = fc.constantFrom(0, 10, 20, 60, LEAD_MS, LEAD_MS, LEAD_MS, LEAD_MS);

const anyStall: fc.Arbitrary<Stall> = fc.record({
  nth: index,
  // From what passes unnoticed to three leases.
  ms: fc.constantFrom(400, 1500, 9000, 12_000, 30_000),
  asleep: fc.boolean(),
  before: fc.option(fc.record({ job: index, ahead })),
});

const slowEdit = fc.tuple(
  index,
  fc.constantFrom(...EDIT_NAMES),
  fc.constantFrom(5, 300, 3000, 12_000),
  fc.boolean(),
);

/** Jobs to begin with: a world without any has nothing to show. */
export const firstSteps: fc.Arbitrary<Step[]> = fc.array(shape.map(add), {
  minLength: 1,
  maxLength: 3,
});

/** Everything that can happen, the passing of time most often. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 4000 }).map(pass) },
  { weight: 2, arbitrary: fc.constantFrom(8000, 12_000, 30_000).map(pass) },
  { weight: 4, arbitrary: shape.map(add) },
  { weight: 2, arbitrary: index.map(pauseJob) },
  { weight: 5, arbitrary: index.map(resumeJob) },
  { weight: 2, arbitrary: fc.tuple(index, fc.constantFrom(500, 2000)).map(reschedule) },
  { weight: 2, arbitrary: index.map(fireAgain) },
  { weight: 1, arbitrary: index.map(removeJob) },
  { weight: 2, arbitrary: fc.tuple(index, index).map(editAtOnce) },
  { weight: 2, arbitrary: index.map(runJob) },
  { weight: 7, arbitrary: fc.tuple(index, fc.constantFrom(...EDIT_NAMES), ahead).map(race) },
  { weight: 2, arbitrary: slowEdit.map(editSlowly) },
  { weight: 1, arbitrary: fc.constant(join()) },
  { weight: 2, arbitrary: index.map(kill) },
  { weight: 1, arbitrary: fc.tuple(index, fc.boolean()).map(shutDown) },
  { weight: 2, arbitrary: index.map(freeze) },
  { weight: 4, arbitrary: anyStall.map(stall) },
  { weight: 2, arbitrary: index.map(cutOff) },
  { weight: 2, arbitrary: fc.tuple(index, lag, lag).map(slowDown) },
  { weight: 5, arbitrary: index.map(recover) },
);

function pass(ms: number): Step {
  return new Step(`pass ${ms} ms`, (world) => world.clock.advance(ms));
}
