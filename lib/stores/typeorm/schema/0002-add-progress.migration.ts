import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What handlers say of how far they have come. Runs with the schema as its search path. */
export class AddProgress1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table run add column progress jsonb`);
  }

  async down(): Promise<void> {
    throw new Error('The tables of the scheduler only go forward. Drop its schema to remove them.');
  }
}
