import { Injectable } from '@nestjs/common';
import type { JobContext } from 'nestjs-durable-scheduler';
import { At, at, handlerRef, JobHandler, SchedulerService } from 'nestjs-durable-scheduler';
import { DataSource, IsNull } from 'typeorm';
import { Settings } from '../settings/settings.js';
import type { NewReminder } from './new-reminder.js';
import { Reminder } from './reminder.entity.js';

const WELCOME_AFTER_MS = 6000;

@Injectable()
export class RemindersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly scheduler: SchedulerService,
  ) {}

  /** Stores the reminder and the job that delivers it: both, or neither. */
  async add(reminder: NewReminder): Promise<Reminder> {
    return this.dataSource.transaction(async (manager) => {
      const saved = await manager.save(Reminder, { ...reminder, deliveredAt: null });
      await this.scheduler.addJob(
        {
          id: `reminder:${saved.id}`,
          name: `Remind of "${saved.text}"`,
          handler: handlerRef(RemindersService, 'deliver'),
          args: [saved.id],
          trigger: at(saved.at),
          tags: ['reminder'],
        },
        { manager },
      );
      return saved;
    });
  }

  /** A run can be carried out again if its process dies in the middle; the condition makes the second time harmless. */
  @JobHandler('reminders.deliver')
  async deliver(id: string): Promise<string> {
    const reminders = this.dataSource.getRepository(Reminder);
    await reminders.update({ id, deliveredAt: IsNull() }, { deliveredAt: new Date() });
    const { text } = await reminders.findOneByOrFail({ id });
    return `"${text}"`;
  }

  /** Once in the life of this demo, however often it is started. */
  @At((ref) => new Date(ref.get(Settings).firstStart.getTime() + WELCOME_AFTER_MS), {
    id: 'welcome',
  })
  async welcome(ctx: JobContext): Promise<string> {
    const text = 'Welcome! This one comes once, not at every start.';
    await this.dataSource
      .getRepository(Reminder)
      .insert({ text, at: ctx.scheduledAt, deliveredAt: new Date() });
    return `"${text}"`;
  }

  async list(): Promise<Reminder[]> {
    return this.dataSource.getRepository(Reminder).find({ order: { at: 'DESC' }, take: 50 });
  }
}
