import { Injectable, Module } from '@nestjs/common';
import type { Provider } from '@nestjs/common';
import type { JobContext } from '../../../lib/index.js';
import { Cron, JobHandler, SchedulerModule } from '../../../lib/index.js';
import { typeormStore } from '../../../lib/stores/typeorm/index.js';
import { Ledger } from '../../support/cluster/ledger.js';
import { serve, settings } from '../../support/cluster/serve.js';
import { NOTHING_LEFT_OUT, type ClusterSettings } from './cluster-settings.js';

const { url, providers } = settings<ClusterSettings>();
const ledger = new Ledger(url);

/** Handlers of the first kind; and a job of the code. */
@Injectable()
class A {
  @JobHandler('a.work')
  async work(context: JobContext): Promise<void> {
    await ledger.write(context);
  }

  @Cron('* * * * * *', { id: 'a.declared', ...NOTHING_LEFT_OUT })
  async declared(context: JobContext): Promise<void> {
    await ledger.write(context);
  }
}

/** Handlers of the second kind. */
@Injectable()
class B {
  @JobHandler('b.work')
  async work(context: JobContext): Promise<void> {
    await ledger.write(context);
  }

  @Cron('* * * * * *', { id: 'b.declared', ...NOTHING_LEFT_OUT })
  async declared(context: JobContext): Promise<void> {
    await ledger.write(context);
  }
}

/** What all applications have. */
@Injectable()
class Common {
  @JobHandler('work')
  async work(context: JobContext): Promise<void> {
    await ledger.write(context);
  }

  /** Says what it was given. */
  @JobHandler('note')
  async note(text: string, context: JobContext): Promise<void> {
    await ledger.write(context, text);
  }
}

const BY_NAME: Readonly<Record<string, Provider>> = { A, B, Common };

@Module({
  imports: [
    SchedulerModule.forRoot({ stores: { default: typeormStore({ type: 'postgres', url }) } }),
  ],
  providers: providers.flatMap((name) => BY_NAME[name] ?? []),
})
class AppModule {}

await serve(AppModule);
