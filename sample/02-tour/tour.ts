import { Injectable } from '@nestjs/common';
import type { Job, Run } from 'nestjs-durable-scheduler';
import {
  at,
  cron,
  CronTrigger,
  handlerRef,
  interval,
  SchedulerService,
  triggerFrom,
} from 'nestjs-durable-scheduler';
import { Tasks } from './tasks.js';

const GREET = handlerRef(Tasks, 'greet');

/** The classic round through APScheduler, one method for each of its stations. */
@Injectable()
export class Tour {
  constructor(private readonly scheduler: SchedulerService) {}

  /** `add_job(greet, 'interval', seconds=10, args=[...], id=..., name=..., max_instances=10)` */
  async everyTenSeconds(): Promise<Job> {
    return this.scheduler.addJob({
      id: 'greeting',
      name: 'A greeting every ten seconds',
      handler: GREET,
      // The compiler knows what the handler takes: a number for a name would not pass.
      args: ['Hello', 'world'],
      trigger: interval({ seconds: 10 }),
      maxInstances: 10,
    });
  }

  /** Nothing like it in 3.x: a run now, beside the schedule. What comes of it, `Outcomes` hears. */
  async runNow(): Promise<Run> {
    return this.scheduler.runJob('greeting');
  }

  /** A job that fails; the error is recorded with its run, and the job goes on. */
  async failNow(): Promise<Run> {
    await this.scheduler.addJob({
      id: 'failing',
      handler: 'tour.fail',
      trigger: interval({ hours: 1 }),
    });
    return this.scheduler.runJob('failing');
  }

  /**
   * `add_job(greet, 'interval', hours=2, start_date='2010-10-10 09:30:00', end_date='2014-06-15 11:00:00')`
   *
   * All its instants have passed. APScheduler stores it paused, for good and without a word; here it is `finished`, and
   * an event says so.
   */
  async pastPeriod(): Promise<Job> {
    return this.scheduler.addJob({
      id: 'past-period',
      handler: GREET,
      args: ['Too late', 'everybody'],
      trigger: interval(
        { hours: 2 },
        { startDate: '2010-10-10 09:30:00', endDate: '2014-06-15 11:00:00' },
      ),
    });
  }

  /** The same in a time to come. Its first instant is the start itself. */
  async futurePeriod(): Promise<Job> {
    return this.scheduler.addJob({
      id: 'future-period',
      handler: GREET,
      args: ['Good morning', 'future'],
      trigger: interval(
        { hours: 2 },
        { startDate: '2110-10-10 09:30:00', endDate: '2114-06-15 11:00:00' },
      ),
    });
  }

  /** `add_job(greet, 'date', run_date=..., args=[...])` */
  async once(): Promise<Job> {
    return this.scheduler.addJob({
      id: 'once',
      handler: GREET,
      args: ['Just once', 'you'],
      trigger: at(new Date(Date.now() + 500)),
    });
  }

  /** `add_job(greet, 'cron', day_of_week='mon-fri', hour=5, minute=30, end_date='2114-05-30')` */
  async workdays(): Promise<Job> {
    return this.scheduler.addJob({
      id: 'workdays',
      handler: GREET,
      args: ['Get up', 'sleepyhead'],
      trigger: cron({ dayOfWeek: 'mon-fri', hour: 5, minute: 30 }, { endDate: '2114-05-30' }),
    });
  }

  /** `add_job(greet, CronTrigger.from_crontab('0 0 1-15 may-aug *'))` */
  async crontab(): Promise<Job> {
    return this.scheduler.addJob({
      id: 'crontab',
      handler: GREET,
      args: ['Happy', 'summer'],
      trigger: CronTrigger.fromCrontab('0 0 1-15 may-aug *'),
    });
  }

  /** `add_job(..., jobstore='archive', executor='narrow')` */
  async elsewhere(): Promise<Job> {
    return this.scheduler.addJob({
      id: 'elsewhere',
      handler: GREET,
      args: ['Greetings', 'from the archive'],
      trigger: interval({ days: 1 }),
      store: 'archive',
      executor: 'narrow',
      replaceExisting: true,
    });
  }

  /** `pause_job` and `resume_job`. Operations give the job as it is afterwards. */
  async pauseAndResume(): Promise<{ readonly paused: Job; readonly resumed: Job }> {
    const paused = await this.scheduler.pauseJob('workdays');
    return { paused, resumed: await paused.resume() };
  }

  /** `job.modify(max_instances=6, name='Alternate name')` */
  async modify(): Promise<Job> {
    return this.scheduler.modifyJob('greeting', { maxInstances: 6, name: 'Another name' });
  }

  /** `reschedule_job(..., trigger='cron', minute='*\/5')` */
  async reschedule(): Promise<Job> {
    return this.scheduler.rescheduleJob('greeting', cron({ minute: '*/5' }));
  }

  /** `remove_job`; runs that have begun go on, and the history stays. */
  async remove(): Promise<void> {
    await this.scheduler.removeJob('crontab');
  }

  /** `print_jobs` */
  async list(): Promise<string[]> {
    const { items } = await this.scheduler.getJobs();
    return items.map(({ store, id, trigger, state, nextFireAt }) => {
      const words = triggerFrom(trigger).toString();
      return `${store}/${id} (${words}): ${nextFireAt ? `next ${nextFireAt.toISOString()}` : state}`;
    });
  }
}
