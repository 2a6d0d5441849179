import type { EventEmitter } from 'node:events';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobDefinition } from '../../../lib/index.js';
import { SchedulerModule } from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { serve, settings } from '../../support/cluster/serve.js';
import type { AppSettings } from './app-settings.js';
import { Effects } from './effects.js';
import { Jobs } from './jobs.js';
import { Orders } from './orders.js';
import { SkewedClock } from './skewed.clock.js';

const { url, clock } = settings<AppSettings>();

const database = {
  provide: DataSource,
  useFactory: () =>
    new DataSource({
      type: 'postgres',
      url,
      applicationName: 'chaos-application',
      poolErrorHandler: () => undefined,
      // TypeORM listens too late to a connection that is ended in the breath in which it is accepted.
      extra: {
        onConnect: (client: EventEmitter) => client.on('error', () => undefined),
        // A process that stands still in a transaction holds what it completed there: the others wait no longer than this.
        idle_in_transaction_session_timeout: 2000,
      },
    }).initialize(),
};

@Module({
  imports: [
    SchedulerModule.forRoot({
      stores: { default: typeormStore({ type: 'postgres', url }) },
      clock: new SkewedClock(clock.by === 'port' ? clock.off : 0),
    }),
  ],
  providers: [database, Effects, Jobs, Orders],
})
class AppModule {}

await serve(AppModule, (app) => ({
  placeOrder: (definition: JobDefinition, keep: boolean) => app.get(Orders).place(definition, keep),
}));
