import { expect } from '@jest/globals';
import { SchedulerError } from '../../../lib/index.js';

/** What somebody is told whose input was refused. */
export interface Refusal {
  readonly name: string;
  readonly field: unknown;
  readonly value: unknown;
  readonly message: string;
}

/** The refusal that `attempt` ends with. Anything else it ends with is an error of the test. */
export async function refusalOf(attempt: () => unknown): Promise<Refusal> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof SchedulerError)) {
      throw error;
    }
    const { name, message } = error;
    const { field, value } = error as unknown as Pick<Refusal, 'field' | 'value'>;
    return { name, field, value, message };
  }
  throw new Error('It was accepted.');
}

/** That the text names the field and the value, briefly, and has a cure of a sentence or more. */
export function expectFullText({ name, field, message }: Refusal): void {
  expect(`${name}: ${message}`).toMatch(
    /^Invalid\w+Error: Invalid (job|trigger|scheduler option): [^ ]+ = .+\. .{8,}[.)"]$/s,
  );
  expect(message).toContain(` ${String(field)} = `);
  expect(message.length).toBeLessThan(700);
}
