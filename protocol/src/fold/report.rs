//! What whoever may read the map reads of its rounds (VOTE-14) and of the workshop (VIEW-2) by HTTP.

use std::collections::BTreeSet;

use super::views::{feelings, results, stage_view, state_view, target_view};
use super::{Dots, Emotions, Round, RoundState, Subject, Workshop};
use crate::channel::ProgressView;
use crate::id::ParticipantId;
use crate::record::Actor;
use crate::report::{
    CourseReport, DotsBallot, DotsReport, EmotionsBallot, EmotionsReport, RoundReport,
    RoundReports, VoterReport, WorkshopReport,
};
use crate::round::{Commitment, RoundSecret, Voter};

impl Workshop {
    /// The workshop as this actor is shown it. `online` and `now` are the room's, `secret` is that of an open anonymous round.
    pub fn workshop_report(
        &self,
        to: Actor,
        online: &BTreeSet<ParticipantId>,
        now: u64,
        secret: Option<&RoundSecret>,
    ) -> WorkshopReport {
        let shared = self.shared(online, now);
        if let Actor::Participant(who) = to {
            return WorkshopReport {
                shared,
                personal: self.personal(who, secret),
                progress: None,
                writing: None,
            };
        }
        WorkshopReport {
            shared,
            personal: None,
            progress: self.progress_for(to, secret),
            writing: self.writing().filter(|_| self.may_facilitate(to).is_ok()),
        }
    }

    /// Every round; of an open one no more than this actor is shown of it, of a closed one every ballot. `secret` is that of an
    /// open anonymous round.
    pub fn round_reports(&self, to: Actor, secret: Option<&RoundSecret>) -> RoundReports {
        let report = |round: &Round| match &round.subject {
            Subject::Dots(dots) => RoundReport::Dots(self.dots_report(round, dots)),
            Subject::Emotions(emotions) => {
                RoundReport::Emotions(self.emotions_report(round, emotions))
            }
        };
        RoundReports {
            rounds: self.rounds().iter().map(report).collect(),
            progress: self.progress_for(to, secret),
        }
    }

    /// How far the open round is, for whoever may facilitate.
    fn progress_for(&self, to: Actor, secret: Option<&RoundSecret>) -> Option<ProgressView> {
        self.open_round()
            .filter(|_| self.may_facilitate(to).is_ok())
            .map(|round| self.progress(round, secret))
    }

    fn dots_report(&self, round: &Round, dots: &Dots) -> DotsReport {
        let ballots = dots.ballots().map(|(voter, dots)| DotsBallot {
            voter: self.voter_report(voter),
            dots,
        });
        DotsReport {
            course: course(round),
            setup: dots.setup.clone(),
            run_off_of: dots.run_off_of,
            targets: dots.targets().iter().map(target_view).collect(),
            result: results(round, dots),
            ballots: is_closed(round).then(|| ballots.collect()),
        }
    }

    fn emotions_report(&self, round: &Round, emotions: &Emotions) -> EmotionsReport {
        let ballots = emotions.ballots().map(|(voter, scores)| EmotionsBallot {
            voter: self.voter_report(voter),
            scores,
        });
        EmotionsReport {
            course: course(round),
            setup: emotions.setup.clone(),
            stages: emotions.stages().iter().map(stage_view).collect(),
            result: feelings(round, emotions),
            ballots: is_closed(round).then(|| ballots.collect()),
        }
    }

    /// Somebody removed keeps the name with what they did (ROLE-6).
    fn voter_report(&self, voter: Voter) -> VoterReport {
        match voter {
            Voter::Named(participant) => VoterReport::Named {
                participant,
                name: self
                    .people
                    .get(&participant)
                    .map_or_else(String::new, |person| person.name.clone()),
            },
            Voter::Pseudonym(pseudonym) => VoterReport::Anonymous {
                pseudonym: pseudonym.to_string(),
            },
        }
    }
}

fn is_closed(round: &Round) -> bool {
    matches!(round.state, RoundState::Closed(_))
}

fn course(round: &Round) -> CourseReport {
    CourseReport {
        id: round.id,
        state: state_view(round),
        opened: round.opened,
        until: round.deadline.filter(|_| round.is_open()),
        ended: match round.state {
            RoundState::Open => None,
            RoundState::Closed(at) | RoundState::Cancelled(at) => Some(at),
        },
        commitment: round.commitment.as_ref().map(Commitment::to_string),
    }
}
