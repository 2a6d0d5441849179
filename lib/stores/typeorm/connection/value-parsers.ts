import type { CustomTypesConfig } from 'pg';

const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map([
  [16, (text: string) => text === 't'],
  [21, Number],
  [23, Number],
  [701, Number],
  [114, parseJson],
  [3802, parseJson],
]);

/**
 * How values are read, by the type's number in Postgres: booleans, numbers that JavaScript has exactly, JSON; all
 * else, such as the 64-bit uid of a job, stays text. Ours alone: an application may have changed the driver's own.
 */
export const VALUE_PARSERS: CustomTypesConfig = {
  getTypeParser: (type: number) => PARSERS.get(type) ?? asText,
};

function asText(text: string): string {
  return text;
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}
