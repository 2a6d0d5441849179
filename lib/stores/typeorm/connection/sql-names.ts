/** What SQL texts need to know: where the tables are, and what tells the time. */
export class SqlNames {
  readonly lane: string;
  readonly job: string;
  readonly due: string;
  readonly run: string;
  readonly node: string;
  readonly claims: string;
  readonly jobUids: string;
  readonly runState: string;
  readonly channel: string;
  readonly probeChannel: string;
  readonly noticeChannel: string;
  /** The time as milliseconds with fractions, for nodes to set their clocks by. */
  readonly clock: string;

  /**
   * @param schema a name that needs no escaping within quotes
   * @param now the one expression that every statement takes its time from, in whole milliseconds
   */
  constructor(
    readonly schema: string,
    readonly now: string = STATEMENT_TIME,
  ) {
    const quoted = `"${schema}"`;
    this.lane = `${quoted}.lane`;
    this.job = `${quoted}.job`;
    this.due = `${quoted}.due`;
    this.run = `${quoted}.run`;
    this.node = `${quoted}.node`;
    this.claims = `'${quoted}.claim'::regclass`;
    this.jobUids = `'${quoted}.job_uid'::regclass`;
    this.runState = `${quoted}.run_state`;
    this.channel = `${schema}.wake`;
    this.probeChannel = `${schema}.probe`;
    this.noticeChannel = `${schema}.notice`;
    this.clock = now === STATEMENT_TIME ? PRECISE_TIME : ms(now);
  }
}

/** Fixed for the length of a statement, so that it can bound a range of an index; `clock_timestamp()` cannot. */
const STATEMENT_TIME = `date_trunc('milliseconds', statement_timestamp())`;

const PRECISE_TIME = `date_part('epoch', statement_timestamp()) * 1000`;

/** Reads an instant as milliseconds since 1970: whole ones, and exact far beyond the year 9999. */
export function ms(instant: string): string {
  return `round(date_part('epoch', ${instant}) * 1000)`;
}

/** An instant from milliseconds since 1970. The cast rounds off what the division by 1000 adds. */
export function at(milliseconds: string): string {
  return `to_timestamp(${milliseconds} / 1000)::timestamptz(3)`;
}

/** A length of time from milliseconds. */
export function span(milliseconds: string): string {
  return `${milliseconds}::float8 * interval '1 millisecond'`;
}

/**
 * Says to the planner that a list of keys is short, though all of it goes through. A plan that is kept is made for lists of
 * any length, often when the tables are all but empty: then the planner would rather read them whole, or all live
 * runs, than look up each key, and would go on doing so when they have grown.
 *
 * @param length the parameter with the length of the list
 */
export function fewAtATime(length: string): string {
  return `limit ${length}::bigint`;
}

/** What makes a run live. Worded as the indexes on live runs have it, or they would not be used. */
export const LIVE = `state in ('queued', 'running')`;

/** What makes a run free to be taken. Worded as its index has it. */
export const READY = `state = 'queued' and node_id is null and behind is null`;
