import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PopularPage } from './popular-page.entity.js';
import { SummaryController } from './summary.controller.js';
import { SummaryService } from './summary.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([PopularPage])],
  controllers: [SummaryController],
  providers: [SummaryService],
})
export class SummaryModule {}
