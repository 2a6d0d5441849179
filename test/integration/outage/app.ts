import { Injectable, Module } from '@nestjs/common';
import type { JobContext } from '../../../lib/index.js';
import { Cron, JobHandler, SchedulerModule } from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { serve, settings } from '../../support/cluster/serve.js';
import type { OutageSettings } from './outage-settings.js';

const { url, ttl } = settings<OutageSettings>();

@Injectable()
class Jobs {
  private release: () => void = () => undefined;

  @Cron('* * * * * *', { id: 'tick' })
  tick(): void {}

  /** Takes until the test says so, and does not stop when it is told to. */
  @JobHandler('long')
  async long({ signal }: JobContext): Promise<string> {
    await new Promise<void>((resolve) => {
      this.release = resolve;
    });
    return signal.aborted ? 'done, though told to stop' : 'done';
  }

  @JobHandler('quick')
  quick(): string {
    return 'quick';
  }

  end(): void {
    this.release();
  }
}

@Module({
  imports: [
    SchedulerModule.forRoot({
      stores: { default: typeormStore({ type: 'postgres', url }) },
      lease: { ttl },
    }),
  ],
  providers: [Jobs],
})
class AppModule {}

await serve(AppModule, (app) => ({ endLongJob: () => app.get(Jobs).end() }));
