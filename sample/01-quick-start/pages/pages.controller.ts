import { Controller, Get, Param } from '@nestjs/common';

/** Something to visit. */
@Controller()
export class PagesController {
  @Get()
  home(): string {
    return 'Try GET /jobs, /visits, /summary and /reminders.\n';
  }

  @Get('articles/:name')
  article(@Param('name') name: string): { readonly title: string } {
    return { title: `All about ${name}` };
  }
}
