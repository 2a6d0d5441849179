import type { Clock } from '../../../core/clock.js';
import type { WorkRequest } from '../../../core/fire.js';
import type { WorkSurvey } from '../statements/survey-work.js';
import { levelsUpBy } from './levels.js';

/**
 * What the last survey showed, which tells most times what the next would: a survey before each fire would be another
 * round trip before anything can start. Where it is out of date, a fire locks nothing, and the survey after it tells.
 */
export class WorkOutlook {
  private last: { readonly survey: WorkSurvey; readonly at: number } | null = null;

  constructor(private readonly clock: Clock) {}

  note(survey: WorkSurvey): WorkSurvey {
    this.last = { survey, at: this.clock.monotonic() };
    return survey;
  }

  forget(): void {
    this.last = null;
  }

  /** Levels of priority that should have something to do, higher ones first; none when only a survey can tell. */
  levelsUp({ lead, limit }: WorkRequest): readonly number[] {
    const { last } = this;
    if (!last || limit < 1) {
      return [];
    }
    const now = last.survey.now + this.clock.monotonic() - last.at;
    return levelsUpBy(last.survey.due, now + lead);
  }
}
