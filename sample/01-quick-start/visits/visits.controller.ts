import { Controller, Get } from '@nestjs/common';
import type { CountedVisits } from './visits.service.js';
import { VisitsService } from './visits.service.js';

@Controller('visits')
export class VisitsController {
  constructor(private readonly visits: VisitsService) {}

  @Get()
  async list(): Promise<CountedVisits> {
    return this.visits.counted();
  }
}
