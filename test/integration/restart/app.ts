import { Injectable, Module } from '@nestjs/common';
import type { JobContext } from '../../../lib/index.js';
import { Cron, Interval, JobHandler, SchedulerModule } from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { Ledger } from '../../support/cluster/ledger.js';
import { serve, settings } from '../../support/cluster/serve.js';
import type { RestartSettings } from './restart-settings.js';

const { url, expressions, lead, ttl } = settings<RestartSettings>();
const ledger = new Ledger(url);

@Injectable()
class Declared {
  @Cron(expressions.tick, { id: 'tick' })
  async tick(context: JobContext): Promise<void> {
    await ledger.write(context);
  }

  // No start is given: it counts from when it was first declared, so that planning it again shows.
  @Interval(expressions.visits, { id: 'visits' })
  visits(): void {}

  @Cron(expressions.report, { id: 'report' })
  report(): void {}
}

@Injectable()
class Handlers {
  @JobHandler('note')
  async note(text: string, context: JobContext): Promise<void> {
    await ledger.write(context, text);
  }

  /** Gets stuck the first time. */
  @JobHandler('stuck')
  async stuck(context: JobContext): Promise<string> {
    await ledger.write(context);
    if (context.attempt === 1) {
      await new Promise(() => undefined);
    }
    return 'got through';
  }
}

@Module({
  imports: [
    SchedulerModule.forRoot({
      stores: { default: typeormStore({ type: 'postgres', url }) },
      lease: { ttl },
      lead,
    }),
  ],
  providers: [Declared, Handlers],
})
class AppModule {}

await serve(AppModule);
