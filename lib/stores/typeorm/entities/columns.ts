import type { EntitySchemaColumnOptions } from 'typeorm';

/** Shapes of columns that several tables have. */
export const text: EntitySchemaColumnOptions = { type: 'text' };
export const textOrNull: EntitySchemaColumnOptions = { type: 'text', nullable: true };
export const texts: EntitySchemaColumnOptions = { type: 'text', array: true };
export const integer: EntitySchemaColumnOptions = { type: 'integer' };
export const json: EntitySchemaColumnOptions = { type: 'jsonb' };
export const jsonOrNull: EntitySchemaColumnOptions = { type: 'jsonb', nullable: true };
export const uuid: EntitySchemaColumnOptions = { type: 'uuid' };
export const instant: EntitySchemaColumnOptions = { type: 'timestamptz', precision: 3 };
export const instantOrNull: EntitySchemaColumnOptions = { ...instant, nullable: true };

/** 64 bits, which the driver gives as text. */
export const bigint: EntitySchemaColumnOptions = { type: 'bigint' };
export const bigintOrNull: EntitySchemaColumnOptions = { type: 'bigint', nullable: true };

/** A column of a name that its property does not have. */
export function named(name: string, column: EntitySchemaColumnOptions): EntitySchemaColumnOptions {
  return { ...column, name };
}

/** A column of the primary key. */
export function key(column: EntitySchemaColumnOptions): EntitySchemaColumnOptions {
  return { ...column, primary: true };
}
