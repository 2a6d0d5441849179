import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { firstValueFrom } from 'rxjs';
import type { JobContext } from '../../../lib/index.js';
import {
  at,
  Cron,
  JobHandler,
  memoryStore,
  ofType,
  SchedulerModule,
  SchedulerService,
} from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { settings } from '../../support/cluster/serve.js';
import type { EndSettings } from './end-settings.js';

/*
 * Nothing in here ends the process, or keeps it: when the application is closed, nothing must be left that does.
 */
const { url, closes, endless = false } = settings<EndSettings>();

@Injectable()
class Jobs {
  @Cron('* * * * * *')
  tick(): void {}

  @JobHandler('greet')
  greet(): string {
    return 'hello';
  }

  @JobHandler('endless')
  async endless({ signal }: JobContext): Promise<void> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    console.log('aborted');
  }
}

@Module({
  imports: [
    SchedulerModule.forRoot({
      stores: { default: url === null ? memoryStore() : typeormStore({ type: 'postgres', url }) },
    }),
  ],
  providers: [Jobs],
})
class AppModule {}

const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
const scheduler = app.get(SchedulerService);
const executed = firstValueFrom(scheduler.events$.pipe(ofType('job.executed')));
await scheduler.addJob({ handler: 'greet', trigger: at(new Date()) });
await executed;
if (endless) {
  const started = firstValueFrom(scheduler.events$.pipe(ofType('job.started')));
  await scheduler.addJob({ handler: 'endless', trigger: at(new Date()) });
  await started;
}
if (closes) {
  console.log('closing');
  await app.close();
  console.log('closed');
} else {
  app.enableShutdownHooks();
  console.log('waiting');
}
