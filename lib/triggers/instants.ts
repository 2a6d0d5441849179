/**
 * Points on the time line, in whole milliseconds. The inside of every trigger is one or a stack of these, on plain
 * numbers because dates cost more than the search. NaN stands for "there is none".
 */
export interface Instants {
  /** The first one that is `instant` or later. */
  atOrAfter(instant: number): number;
  /** The last one that is `instant` or earlier. */
  atOrBefore(instant: number): number;
  /** How many lie in `(after, upTo]`, where arithmetic can tell. */
  count?(after: number, upTo: number): number;
}
