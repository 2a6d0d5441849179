import { describe, it } from '@jest/globals';
import { PGBOUNCER } from './installed.js';

const MISSING =
  'PgBouncer is not installed, so nothing here was tested: apt-get install pgbouncer, or name one in the variable PGBOUNCER.';

/** Describes what needs PgBouncer. Where there is none it says so, and in CI it fails. */
export function describePooled(name: string, body: () => void): void {
  describe(`The ${name}`, () => {
    if (PGBOUNCER.version === '') {
      it('needs PgBouncer', complain);
    } else {
      body();
    }
  });
}

function complain(): void {
  if (process.env['CI']) {
    throw new Error(MISSING);
  }
  console.warn(MISSING);
}
