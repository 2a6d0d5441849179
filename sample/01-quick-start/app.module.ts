import type { DynamicModule } from '@nestjs/common';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SchedulerModule } from 'nestjs-durable-scheduler';
import { typeormStore } from 'nestjs-durable-scheduler/typeorm';
import { DataSource } from 'typeorm';
import { AccessLogModule } from './access-log/access-log.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { PagesModule } from './pages/pages.module.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { ReportModule } from './report/report.module.js';
import type { Settings } from './settings/settings.js';
import { SettingsModule } from './settings/settings.module.js';
import { SummaryModule } from './summary/summary.module.js';
import { VisitsModule } from './visits/visits.module.js';

@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.of(settings),
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: settings.databaseUrl,
          autoLoadEntities: true,
          synchronize: true,
        }),
        // The jobs live in the application's own database, in a schema of their own, so that a job can be added in
        // the very transaction that makes it necessary.
        SchedulerModule.forRootAsync({
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => ({
            stores: { default: typeormStore({ dataSource }) },
          }),
        }),
        AccessLogModule,
        PagesModule,
        VisitsModule,
        SummaryModule,
        RemindersModule,
        JobsModule,
        ReportModule,
      ],
      providers: [{ provide: APP_PIPE, useClass: StandardSchemaValidationPipe }],
    };
  }
}
