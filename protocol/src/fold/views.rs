//! Views: what everyone may see of the workshop, and what only one participant may.

use std::collections::BTreeSet;

use super::{Clock, Parked, Round, RoundState, Target, Workshop, Written};
use crate::agenda::{Step, StepId};
use crate::channel::{
    AgendaStep, BallotView, BrainstormView, ClockView, CurrentStep, DraftView, ParkedNote, Person,
    Personal, ProgressView, ResultView, RoundStateView, RoundView, Shared, SpotlightView,
    TargetView, WritingView,
};
use crate::id::ParticipantId;
use crate::round::{RoundSecret, Visibility, Voter};

impl Workshop {
    /// The state everyone may see. `online` and `now` come from the room: presence is no part of the fold, and neither is a clock.
    pub fn shared(&self, online: &BTreeSet<ParticipantId>, now: u64) -> Shared {
        let present = self.people().filter(|(_, person)| !person.removed);
        Shared {
            seq: self.seq,
            now,
            people: present
                .map(|(id, person)| Person {
                    id,
                    name: person.name.clone(),
                    color: person.color.clone(),
                    role: person.role,
                    online: online.contains(&id),
                })
                .collect(),
            agenda: self.steps().iter().map(agenda_step).collect(),
            current: self.current_step().map(|(current, _)| CurrentStep {
                id: current.id,
                began: current.began,
                clock: match current.clock {
                    Clock::Runs(until) => ClockView::Runs { until },
                    Clock::Paused(left) => ClockView::Paused { left },
                    Clock::Zero => ClockView::Zero {},
                },
                ready: current.ready.iter().copied().collect(),
            }),
            hands: self.hands().to_vec(),
            parked: self.parked().iter().map(parked_note).collect(),
            spotlight: self.spotlight().map(|light| SpotlightView {
                spot: light.spot.clone(),
                by: light.by,
                call: light.seq,
            }),
            rounds: {
                let rounds = self.rounds();
                let latest = rounds.len().saturating_sub(ROUNDS_SHOWN);
                rounds.iter().skip(latest).map(round_view).collect()
            },
            emotion_rounds: Vec::new(),
            brainstorm: self.brainstorm().map(|brainstorm| BrainstormView {
                setup: brainstorm.setup.clone(),
                began: brainstorm.began,
            }),
        }
    }

    /// The state only this participant may see. `secret` is that of an open anonymous round.
    pub fn personal(&self, who: ParticipantId, secret: Option<&RoundSecret>) -> Option<Personal> {
        let person = self.participant(who)?;
        let open = self.open_round();
        let voter = |round: &Round, who| match (round.commitment, secret) {
            (None, _) => Some(Voter::Named(who)),
            (Some(opening), Some(secret)) if secret.commitment() == opening => {
                Some(Voter::Pseudonym(secret.pseudonym(who)))
            }
            (Some(_), _) => None,
        };
        let ballot = open
            .filter(|round| self.may_vote(round, who))
            .and_then(|round| {
                let voter = voter(round, who)?;
                Some(BallotView {
                    round: round.id,
                    dots: round.ballot(voter).cloned().unwrap_or_default(),
                    left: round.left(voter),
                    pseudonym: match voter {
                        Voter::Named(_) => None,
                        Voter::Pseudonym(pseudonym) => Some(pseudonym.to_string()),
                    },
                })
            });
        let progress = open.filter(|_| person.role.may_facilitate()).map(|round| {
            let voters: Vec<_> = self
                .people()
                .map(|(id, _)| id)
                .filter(|id| self.may_vote(round, *id))
                .collect();
            let is_done =
                |id: &ParticipantId| voter(round, *id).is_some_and(|voter| round.left(voter) == 0);
            ProgressView {
                round: round.id,
                done: voters.iter().copied().filter(is_done).collect(),
                begun: round.voters() as u32,
                voters: voters.len() as u32,
            }
        });
        Some(Personal {
            participant: who,
            role: person.role,
            ballot,
            progress,
            feelings: None,
            drafts: self.brainstorm().map_or_else(Vec::new, |brainstorm| {
                let own = brainstorm.drafts_of(who).iter();
                own.map(draft_view).collect()
            }),
            writing: self
                .brainstorm()
                .filter(|_| person.role.may_facilitate())
                .map(|brainstorm| WritingView {
                    writers: brainstorm.writers().collect(),
                    drafts: brainstorm.len() as u32,
                }),
        })
    }
}

/// Rounds that everyone is told of: the open one is always among the latest. Older ones stay in the fold.
const ROUNDS_SHOWN: usize = 20;

fn round_view(round: &Round) -> RoundView {
    let open = round.is_open();
    let shows = match round.state {
        RoundState::Open => round.setup.visibility == Visibility::Live,
        RoundState::Closed(_) => true,
        RoundState::Cancelled(_) => false,
    };
    let result: Option<Vec<_>> = shows.then(|| {
        let standings = round.standings().into_iter();
        let named = standings.filter(|standing| open || standing.dots > 0);
        named
            .map(|standing| ResultView {
                card: standing.target.card.clone(),
                dots: standing.dots,
                voters: standing.voters,
                rank: standing.rank,
            })
            .collect()
    });
    let in_result = |card: &str| result.iter().flatten().any(|one| one.card == card);
    let is_told = |target: &&Target| open || target.withdrawn || in_result(&target.card);
    RoundView {
        id: round.id,
        setup: round.setup.clone(),
        state: match round.state {
            RoundState::Open => RoundStateView::Open,
            RoundState::Closed(_) => RoundStateView::Closed,
            RoundState::Cancelled(_) => RoundStateView::Cancelled,
        },
        opened: round.opened,
        until: round.deadline.filter(|_| open),
        run_off_of: round.run_off_of,
        targets: round
            .targets
            .iter()
            .filter(is_told)
            .map(|target| TargetView {
                card: target.card.clone(),
                text: target.text.clone(),
                withdrawn: target.withdrawn,
            })
            .collect(),
        result,
    }
}

fn agenda_step((id, step): &(StepId, Step)) -> AgendaStep {
    AgendaStep {
        id: *id,
        step: step.clone(),
    }
}

fn parked_note(parked: &Parked) -> ParkedNote {
    ParkedNote {
        id: parked.id,
        text: parked.text.clone(),
        by: parked.by,
    }
}

fn draft_view(draft: &Written) -> DraftView {
    DraftView {
        id: draft.id.clone(),
        lane: draft.lane.clone(),
        stage: draft.stage.clone(),
        text: draft.text.clone(),
    }
}
