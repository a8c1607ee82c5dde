// What of `GET /api/maps/{id}/rounds` is read here: the rounds of dot voting, closed ones with every ballot.
import type { RoundView } from './channel';

/** What one voter placed: somebody with a name in a round with names, else whoever holds the pseudonym. */
export interface HeldBallot {
  participant?: string;
  name?: string;
  pseudonym?: string;
  /** Dots by card. */
  dots: { [card in string]: number };
}

/** A round as it was held, with all its targets. */
export interface HeldRound extends RoundView {
  /** Once it is closed. */
  ballots?: HeldBallot[];
}
