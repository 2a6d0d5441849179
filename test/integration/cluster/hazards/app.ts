import { Injectable, Module } from '@nestjs/common';
import type { JobContext } from '../../../../lib/index.js';
import { Cron, DateTrigger, JobHandler, SchedulerModule } from '../../../../lib/index.js';
import { typeormStore } from '../../../../lib/stores/typeorm/index.js';
import { Ledger } from '../../../support/cluster/ledger.js';
import { serve, settings } from '../../../support/cluster/serve.js';
import { NOTHING_LEFT_OUT } from '../cluster-settings.js';
import type { HazardSettings } from './hazard-settings.js';

const { url, ttl } = settings<HazardSettings>();
const ledger = new Ledger(url);

let freezesNext = false;

/** A date that can stop the process that plans it, which it does while the row of its job is locked. */
class FreezingTrigger extends DateTrigger {
  override bind(): this {
    return this;
  }

  override next(after: Date): Date | null {
    if (freezesNext) {
      freezesNext = false;
      process.kill(process.pid, 'SIGSTOP');
    }
    return super.next(after);
  }

  override toJSON(): ReturnType<DateTrigger['toJSON']> {
    return { ...super.toJSON(), type: 'freezing' };
  }
}

@Injectable()
class Jobs {
  @Cron('* * * * * *', { id: 'tick', ...NOTHING_LEFT_OUT })
  async tick(context: JobContext): Promise<void> {
    await ledger.write(context);
  }

  @JobHandler('work')
  async work(context: JobContext): Promise<void> {
    await ledger.write(context);
  }

  /** Takes the process down that executes it. */
  @JobHandler('deadly')
  async deadly(context: JobContext): Promise<void> {
    await ledger.write(context);
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  }
}

@Module({
  imports: [
    SchedulerModule.forRoot({
      stores: { default: typeormStore({ type: 'postgres', url }) },
      lease: { ttl },
      triggers: {
        freezing: ({ runDate }) => new FreezingTrigger({ runDate: runDate as string }),
      },
    }),
  ],
  providers: [Jobs],
})
class AppModule {}

await serve(AppModule, () => ({
  freezeInNextPlan: () => {
    freezesNext = true;
  },
}));
