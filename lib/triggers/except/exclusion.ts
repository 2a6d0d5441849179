/** Stretches of time in which a trigger does not fire. */
export interface Exclusion {
  /** `instant` itself when it is not excluded, otherwise a later one up to which all are. */
  skipForward(instant: number): number;
  /** `instant` itself when it is not excluded, otherwise an earlier one down to which all are. */
  skipBack(instant: number): number;
}
