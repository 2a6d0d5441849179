import { Controller, Get } from '@nestjs/common';
import type { PopularPage } from './popular-page.entity.js';
import { SummaryService } from './summary.service.js';

@Controller('summary')
export class SummaryController {
  constructor(private readonly summary: SummaryService) {}

  @Get()
  async list(): Promise<readonly PopularPage[]> {
    return this.summary.popular();
  }
}
