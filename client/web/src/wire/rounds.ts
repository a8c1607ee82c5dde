// The JSON of `GET /api/maps/{id}/rounds`: every round of dot voting there was, closed ones with their ballots.
import type { RoundView } from './channel';

/** What one voter placed. */
export interface HeldBallot {
  /** In a round with names, the participant. */
  voter?: string;
  /** What they were called. */
  name?: string;
  /** In an anonymous one, what stands for them. */
  pseudonym?: string;
  /** Dots by card. */
  dots: { [card in string]: number };
}

/** A round as it was held, with all its targets. */
export interface HeldRound extends RoundView {
  /** Once it is closed. */
  ballots?: HeldBallot[];
}
