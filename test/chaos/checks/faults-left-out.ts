import { ALL_FAULTS } from '../faults/all-faults.js';
import { isLong } from '../options.js';
import type { Evidence } from '../ledger/evidence.js';
import type { Breach } from './check.js';

/** In this time every kind of fault has its turn. */
const ALL_KINDS_S = 60;

/** What a long run must have stood. */
const HALF_A_MINUTE_MS = 30_000;

/** A run that left out what it is there for proves nothing. */
export function faultsLeftOut(evidence: Evidence): Breach[] {
  const { options } = evidence;
  return [
    ...(options.seconds >= ALL_KINDS_S ? missingKinds(evidence) : []),
    ...(isLong(options) ? ['freeze', 'outage'].flatMap((kind) => tooShort(evidence, kind)) : []),
    ...(options.nodes > 1 ? missingClocks(evidence) : []),
  ];
}

function missingKinds({ strokes }: Evidence): Breach[] {
  const struck = new Set(strokes.map(({ kind }) => kind));
  return ALL_FAULTS.filter(({ kind }) => !struck.has(kind)).map(({ kind }) => `${kind}: never`);
}

function tooShort({ strokes }: Evidence, kind: string): Breach[] {
  const longest = Math.max(
    0,
    ...strokes.filter((stroke) => stroke.kind === kind).map(({ from, until }) => until - from),
  );
  return longest < HALF_A_MINUTE_MS ? [`${kind}: for ${longest} ms at most`] : [];
}

function missingClocks({ processes, options }: Evidence): Breach[] {
  const wrong = processes.filter(({ settings }) => settings.clock.off !== 0);
  if (wrong.length === 0) {
    return ['no process had a wrong clock'];
  }
  return options.clocks === 'both' && wrong.every(({ settings }) => settings.clock.by === 'port')
    ? ['no clock was put off by libfaketime']
    : [];
}
