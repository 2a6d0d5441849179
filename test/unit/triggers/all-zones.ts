/** Every zone that Intl knows, and the fixed ones that it leaves out of its list. */
export const ALL_ZONES: readonly string[] = [
  ...Intl.supportedValuesOf('timeZone'),
  'UTC',
  'Etc/GMT+12',
  'Etc/GMT-14',
  '+05:30',
  '-09:30',
];

/** Zones whose clocks have done something out of the ordinary since 1970. */
const REMARKABLE_ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Santiago',
  'Asia/Beirut',
  'America/Sao_Paulo',
  'Africa/Monrovia',
  'Africa/Casablanca',
  'America/St_Johns',
  'America/Havana',
  'Antarctica/Troll',
  'Asia/Gaza',
  'Asia/Pyongyang',
  'Africa/Cairo',
  'Europe/Dublin',
  'Asia/Kathmandu',
  'America/Recife',
  'America/Argentina/Tucuman',
];

/**
 * The zones that a property is checked in: remarkable ones, or all with TRIGGER_ZONES=all in the environment, which
 * takes minutes.
 */
export const CHECKED_ZONES: readonly string[] =
  process.env.TRIGGER_ZONES === 'all' ? ALL_ZONES : REMARKABLE_ZONES;
