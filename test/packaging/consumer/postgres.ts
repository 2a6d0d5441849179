/* Compiled only where the optional peers are installed. */
import { SchedulerModule } from 'nestjs-durable-scheduler';
import { typeormStore } from 'nestjs-durable-scheduler/typeorm';

export const scheduler = SchedulerModule.forRoot({
  stores: { default: typeormStore({ type: 'postgres', url: 'postgres://localhost/app' }) },
});
