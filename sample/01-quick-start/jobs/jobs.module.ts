import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { JobsController } from './jobs.controller.js';
import { SchedulerErrorFilter } from './scheduler-error.filter.js';

@Module({
  controllers: [JobsController],
  providers: [{ provide: APP_FILTER, useClass: SchedulerErrorFilter }],
})
export class JobsModule {}
