import { Module } from '@nestjs/common';
import { AccessLogModule } from '../access-log/access-log.module.js';
import { VisitsModule } from '../visits/visits.module.js';
import { EndReport } from './end.report.js';
import { EventPrinter } from './event.printer.js';
import { StartReport } from './start.report.js';

@Module({
  imports: [AccessLogModule, VisitsModule],
  providers: [EndReport, EventPrinter, StartReport],
})
export class ReportModule {}
