import type { Duration } from '../../core/duration.js';
import type { TriggerInput } from '../trigger-registry.js';

/** @publicApi */
export interface ZoneOption {
  /**
   * IANA name of the zone, or a fixed offset such as `+05:30`. Default: the zone of the scheduler, once the trigger
   * is bound to one; UTC before.
   */
  readonly timezone?: string | undefined;
}

/** @publicApi */
export interface JitterOption {
  /** Greatest random delay of a start. The planned instants do not contain it. Default: none. */
  readonly jitter?: Duration | undefined;
}

/** @publicApi */
export interface MaxFiresOption {
  /** How many instants may fire in a job's life, 1 or more. The scheduler counts them. Default: no limit. */
  readonly maxFires?: number | null | undefined;
}

/** @publicApi */
export interface WindowOptions {
  /** No instant is earlier than this. A Date, or ISO text, without an offset in the trigger's zone. */
  readonly startDate?: Date | string | undefined;
  /**
   * No instant is later than this. A Date, or ISO text, without an offset in the trigger's zone; a day without a
   * time means its midnight, at which the day begins.
   */
  readonly endDate?: Date | string | undefined;
}

/**
 * What not to fire at: an instant (a Date, or ISO text with a time), a whole day in the trigger's zone (text such as
 * `2026-12-25`), or the instants of another trigger.
 *
 * @publicApi
 */
export type Exception = Date | string | TriggerInput;

/** @publicApi */
export interface ExceptOption {
  /** Instants, days, or triggers to leave out. Default: none. */
  readonly except?: Exception | readonly Exception[] | undefined;
}
