import { Injectable, Module } from '@nestjs/common';
import type { JobContext } from '../../../lib/index.js';
import { Cron, inProcess, JobHandler, SchedulerModule } from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { serve, settings } from '../../support/cluster/serve.js';
import type { OutageSettings } from './outage-settings.js';

const { url, ttl, concurrency = 100 } = settings<OutageSettings>();

@Injectable()
class Jobs {
  private readonly releases: (() => void)[] = [];

  @Cron('* * * * * *', { id: 'tick' })
  tick(): void {}

  /** Takes until the test says so, and does not stop when it is told to. */
  @JobHandler('long')
  async long({ signal }: JobContext): Promise<string> {
    await new Promise<void>((resolve) => {
      this.releases.push(resolve);
    });
    return signal.aborted ? 'done, though told to stop' : 'done';
  }

  @JobHandler('quick')
  quick(): string {
    return 'quick';
  }

  /** Ends long jobs that have begun, those first that began first. */
  end(count: number): void {
    this.releases.splice(0, count).forEach((release) => release());
  }
}

@Module({
  imports: [
    SchedulerModule.forRoot({
      stores: { default: typeormStore({ type: 'postgres', url }) },
      executors: { long: inProcess({ concurrency }) },
      ...(ttl !== undefined && { lease: { ttl } }),
    }),
  ],
  providers: [Jobs],
})
class AppModule {}

await serve(AppModule, (app) => ({ endLongJobs: (count: number) => app.get(Jobs).end(count) }));
