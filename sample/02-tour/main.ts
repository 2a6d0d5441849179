import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { Run } from 'nestjs-durable-scheduler';
import { memoryStore, ofType, SchedulerService, triggerFrom } from 'nestjs-durable-scheduler';
import { typeormStore } from 'nestjs-durable-scheduler/typeorm';
import { filter, firstValueFrom } from 'rxjs';
import { Outcomes } from './outcomes.js';
import { TourModule } from './tour.module.js';
import { Tour } from './tour.js';

// The tour needs nothing. With a database it keeps its second store there.
const url = process.env['DATABASE_URL'];
const archive = url ? typeormStore({ type: 'postgres', url }) : memoryStore();

// No HTTP here: an application context is what APScheduler calls a blocking scheduler.
const app = await NestFactory.createApplicationContext(TourModule.with(archive), {
  // A job that fails is logged as an error, with its stack. One of them fails on purpose.
  logger: ['fatal'],
  abortOnError: false,
});
const scheduler = app.get(SchedulerService);
const tour = app.get(Tour);

/** Resolves when a run of the job has ended. */
function endOf(jobId: string): Promise<unknown> {
  const ended = scheduler.events$.pipe(ofType('job.executed', 'job.error'));
  return firstValueFrom(ended.pipe(filter((event) => event.jobId === jobId)));
}

async function runAndWait(jobId: string, run: () => Promise<Run>): Promise<void> {
  const end = endOf(jobId);
  await run();
  await end;
}

const greeting = await tour.everyTenSeconds();
console.log(
  `1. "${greeting.name}": ${triggerFrom(greeting.trigger)}, at most ${greeting.maxInstances} at once`,
);

await runAndWait('greeting', () => tour.runNow());
await runAndWait('failing', () => tour.failNow());
console.log(`2. A listener heard:\n     ${app.get(Outcomes).lines.join('\n     ')}`);

const past = await tour.pastPeriod();
const future = await tour.futurePeriod();
console.log(
  `3. 2010 to 2014: ${past.state}. 2110 to 2114: next ${future.nextFireAt?.toISOString()}`,
);

const once = endOf('once');
await tour.once();
await once;
console.log(
  `4. ${app.get(Outcomes).lines.at(-1)}; now it is ${(await scheduler.getJob('once'))?.state}`,
);

const workdays = await tour.workdays();
console.log(`5. ${triggerFrom(workdays.trigger)}`);

const crontab = await tour.crontab();
console.log(`6. ${triggerFrom(crontab.trigger)}: next ${crontab.nextFireAt?.toISOString()}`);

const elsewhere = await tour.elsewhere();
console.log(
  `7. ${elsewhere.id} is in store ${elsewhere.store}, for executor ${elsewhere.executor}, with coalesce ${elsewhere.coalesce} and maxInstances ${elsewhere.maxInstances}`,
);

const { paused, resumed } = await tour.pauseAndResume();
console.log(`8. ${paused.id}: ${paused.state}, then ${resumed.state} again`);

const modified = await tour.modify();
console.log(`9. "${modified.name}", at most ${modified.maxInstances} at once`);

const rescheduled = await tour.reschedule();
console.log(`10. ${rescheduled.id}: ${triggerFrom(rescheduled.trigger)}`);

await tour.remove();
console.log(`11. After the removal of crontab:\n     ${(await tour.list()).join('\n     ')}`);

await app.close();
