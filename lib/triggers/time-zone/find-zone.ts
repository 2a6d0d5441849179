import { createOffsetProbe } from './offset-probe.js';
import { MAX_OFFSET_MS, TimeZone } from './time-zone.js';

const FIXED_OFFSET = /^([+-])(\d{2}):?(\d{2})$/;

/** Zones by the name that `Intl` settles on, so that aliases share what is known of their years. */
const zones = new Map<string, TimeZone>();

/** `Intl` takes names in any letter case, so what has been asked for is kept within bounds. */
const MAX_NAMES = 2000;
const names = new Map<string, TimeZone | null>();

/** The zone of an IANA name, in any letter case, or of a fixed offset such as `+05:30`; `null` when there is none. */
export function findZone(name: string): TimeZone | null {
  let zone = names.get(name);
  if (zone === undefined) {
    if (names.size >= MAX_NAMES) {
      names.clear();
    }
    zone = FIXED_OFFSET.test(name) ? fixedZone(name) : ianaZone(name);
    names.set(name, zone);
  }
  return zone;
}

function fixedZone(name: string): TimeZone | null {
  const [, sign, hours, minutes] = FIXED_OFFSET.exec(name) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (Number(minutes) >= 60 || size >= MAX_OFFSET_MS) {
    return null;
  }
  return new TimeZone(sign === '-' ? -size : size);
}

function ianaZone(name: string): TimeZone | null {
  let found: ReturnType<typeof createOffsetProbe>;
  try {
    found = createOffsetProbe(name);
  } catch {
    return null;
  }
  if (found.canonical === 'UTC') {
    return TimeZone.utc;
  }
  let zone = zones.get(found.canonical);
  if (!zone) {
    zone = new TimeZone(found.probe);
    zones.set(found.canonical, zone);
  }
  return zone;
}
