import { Body, Controller, Get, Post } from '@nestjs/common';
import type { NewReminder } from './new-reminder.js';
import { newReminder } from './new-reminder.js';
import type { Reminder } from './reminder.entity.js';
import { RemindersService } from './reminders.service.js';

@Controller('reminders')
export class RemindersController {
  constructor(private readonly reminders: RemindersService) {}

  @Get()
  async list(): Promise<readonly Reminder[]> {
    return this.reminders.list();
  }

  @Post()
  async add(@Body({ schema: newReminder }) reminder: NewReminder): Promise<Reminder> {
    return this.reminders.add(reminder);
  }
}
