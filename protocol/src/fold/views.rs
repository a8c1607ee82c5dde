//! Views: what everyone may see of the workshop, and what only one participant may.

use std::collections::BTreeSet;

use super::{
    Clock, Dots, Emotions, Felt, Parked, Round, RoundState, Standing, Subject, Target, Workshop,
    Written,
};
use crate::agenda::{Step, StepId};
use crate::channel::{
    AgendaStep, BallotView, BrainstormView, ClockView, CurrentStep, DraftView, EmotionRoundView,
    FeelingsView, ParkedNote, Person, Personal, ProgressView, ResultView, RoundStateView,
    RoundView, Shared, SpotlightView, StageFeelings, StageView, TargetView, WritingView,
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
                ready: current
                    .ready
                    .iter()
                    .copied()
                    // Who was made an observer since is not waited for.
                    .filter(|who| {
                        self.participant(*who)
                            .is_some_and(|one| one.role.may_edit())
                    })
                    .collect(),
            }),
            hands: self.hands().to_vec(),
            parked: self.parked().iter().map(parked_note).collect(),
            spotlight: self.spotlight().map(|light| SpotlightView {
                spot: light.spot.clone(),
                by: light.by,
                call: light.seq,
            }),
            rounds: self.dots_shown(),
            emotion_rounds: self.emotions_shown(),
            brainstorm: self.brainstorm().map(|brainstorm| BrainstormView {
                setup: brainstorm.setup.clone(),
                began: brainstorm.began,
            }),
            erased: self.erased,
        }
    }

    /// The state only this participant may see. `secret` is that of an open anonymous round.
    pub fn personal(&self, who: ParticipantId, secret: Option<&RoundSecret>) -> Option<Personal> {
        let person = self.participant(who)?;
        let open = self.open_round();
        let own = open
            .filter(|round| self.may_vote(round, who))
            .and_then(|round| Some((round, voter(round, who, secret)?)));
        let pseudonym = |voter| match voter {
            Voter::Named(_) => None,
            Voter::Pseudonym(pseudonym) => Some(pseudonym.to_string()),
        };
        let ballot = own.and_then(|(round, voter)| match &round.subject {
            Subject::Dots(dots) => Some(BallotView {
                round: round.id,
                dots: dots.ballot(voter),
                left: dots.left(voter),
                pseudonym: pseudonym(voter),
            }),
            Subject::Emotions(_) => None,
        });
        let feelings = own.and_then(|(round, voter)| match &round.subject {
            Subject::Dots(_) => None,
            Subject::Emotions(emotions) => Some(FeelingsView {
                round: round.id,
                scores: emotions.ballot(voter),
                pseudonym: pseudonym(voter),
            }),
        });
        let progress = open.filter(|_| person.role.may_facilitate());
        Some(Personal {
            participant: who,
            role: person.role,
            ballot,
            progress: progress.map(|round| self.progress(round, secret)),
            feelings,
            drafts: self.brainstorm().map_or_else(Vec::new, |brainstorm| {
                let own = brainstorm.drafts_of(who).iter();
                own.map(draft_view).collect()
            }),
            writing: self.writing().filter(|_| person.role.may_facilitate()),
        })
    }

    /// How far the brainstorm is.
    pub(super) fn writing(&self) -> Option<WritingView> {
        self.brainstorm().map(|brainstorm| WritingView {
            writers: brainstorm.writers().collect(),
            drafts: brainstorm.len() as u32,
        })
    }

    /// How far the open round is: who, never with what (VOTE-12, EMO-4).
    pub(super) fn progress(&self, round: &Round, secret: Option<&RoundSecret>) -> ProgressView {
        let voters: Vec<_> = self
            .people()
            .map(|(id, _)| id)
            .filter(|id| self.may_vote(round, *id))
            .collect();
        // Ballots of those who were removed, or may not vote any more, count in the result; nobody waits for them.
        let known: Vec<_> = voters
            .iter()
            .filter_map(|id| Some((*id, voter(round, *id, secret)?)))
            .collect();
        let begun = if known.is_empty() {
            // Without the secret nobody's pseudonym is known.
            round.voters()
        } else {
            let begun = known.iter().filter(|(_, one)| round.has_begun(*one));
            begun.count()
        };
        let done = known.iter().filter(|(_, one)| round.is_done(*one));
        ProgressView {
            round: round.id,
            done: done.map(|(id, _)| *id).collect(),
            begun: begun as u32,
            voters: voters.len() as u32,
        }
    }

    /// Every round of dots that is closed, oldest first, with its result.
    pub fn closed_rounds(&self) -> Vec<RoundView> {
        self.rounds_of_dots()
            .filter(|(round, _)| matches!(round.state, RoundState::Closed(_)))
            .map(|(round, dots)| round_view(round, dots))
            .collect()
    }

    /// The same of emotion rounds.
    pub fn closed_emotion_rounds(&self) -> Vec<EmotionRoundView> {
        self.rounds_of_emotions()
            .filter(|(round, _)| matches!(round.state, RoundState::Closed(_)))
            .map(|(round, emotions)| emotion_round_view(round, emotions))
            .collect()
    }

    fn rounds_of_emotions(&self) -> impl Iterator<Item = (&Round, &Emotions)> {
        self.rounds()
            .iter()
            .filter_map(|round| match &round.subject {
                Subject::Dots(_) => None,
                Subject::Emotions(emotions) => Some((round, emotions)),
            })
    }

    fn rounds_of_dots(&self) -> impl Iterator<Item = (&Round, &Dots)> {
        self.rounds()
            .iter()
            .filter_map(|round| match &round.subject {
                Subject::Dots(dots) => Some((round, dots)),
                Subject::Emotions(_) => None,
            })
    }

    fn dots_shown(&self) -> Vec<RoundView> {
        let shown = latest(self.rounds_of_dots().collect());
        shown.map(|(round, dots)| round_view(round, dots)).collect()
    }

    fn emotions_shown(&self) -> Vec<EmotionRoundView> {
        let shown = latest(self.rounds_of_emotions().collect());
        let view = |(round, emotions)| emotion_round_view(round, emotions);
        shown.map(view).collect()
    }
}

/// Who somebody is in a round: in an anonymous one nobody knows without its secret.
fn voter(round: &Round, who: ParticipantId, secret: Option<&RoundSecret>) -> Option<Voter> {
    match (round.commitment, secret) {
        (None, _) => Some(Voter::Named(who)),
        (Some(opening), Some(secret)) if secret.commitment() == opening => {
            Some(Voter::Pseudonym(secret.pseudonym(who)))
        }
        (Some(_), _) => None,
    }
}

/// Rounds of a kind that everyone is told of, beside an older one that is open again. The others stay in the fold.
const ROUNDS_SHOWN: usize = 20;

fn latest<T>(rounds: Vec<(&Round, T)>) -> impl Iterator<Item = (&Round, T)> {
    let older = rounds.len().saturating_sub(ROUNDS_SHOWN);
    let all = rounds.into_iter().enumerate();
    all.filter(move |(place, (round, _))| *place >= older || round.is_open())
        .map(|(_, round)| round)
}

pub(super) fn state_view(round: &Round) -> RoundStateView {
    match round.state {
        RoundState::Open => RoundStateView::Open,
        RoundState::Closed(_) => RoundStateView::Closed,
        RoundState::Cancelled(_) => RoundStateView::Cancelled,
    }
}

pub(super) fn stage_view(stage: &Target) -> StageView {
    StageView {
        stage: stage.id.clone(),
        title: stage.text.clone(),
        withdrawn: stage.withdrawn,
    }
}

/// What came of it, for whoever may see it now (EMO-4).
pub(super) fn feelings(round: &Round, emotions: &Emotions) -> Option<Vec<StageFeelings>> {
    let feelings = |felt: Felt| StageFeelings {
        stage: felt.stage.id.clone(),
        median: felt.median,
        spread: felt.spread,
        points: felt.points,
    };
    let closed = matches!(round.state, RoundState::Closed(_));
    closed.then(|| emotions.felt().into_iter().map(feelings).collect())
}

fn emotion_round_view(round: &Round, emotions: &Emotions) -> EmotionRoundView {
    EmotionRoundView {
        id: round.id,
        setup: emotions.setup.clone(),
        state: state_view(round),
        opened: round.opened,
        until: round.deadline.filter(|_| round.is_open()),
        stages: emotions.stages().iter().map(stage_view).collect(),
        result: feelings(round, emotions),
    }
}

pub(super) fn target_view(target: &Target) -> TargetView {
    TargetView {
        card: target.id.clone(),
        text: target.text.clone(),
        withdrawn: target.withdrawn,
    }
}

/// What came of it or comes of it so far, for whoever may see it now (VOTE-12).
pub(super) fn results(round: &Round, dots: &Dots) -> Option<Vec<ResultView>> {
    let result = |standing: Standing| ResultView {
        card: standing.target.id.clone(),
        dots: standing.dots,
        voters: standing.voters,
        rank: standing.rank,
    };
    let shows = match round.state {
        RoundState::Open => dots.setup.visibility == Visibility::Live,
        RoundState::Closed(_) => true,
        RoundState::Cancelled(_) => false,
    };
    shows.then(|| dots.standings().into_iter().map(result).collect())
}

fn round_view(round: &Round, dots: &Dots) -> RoundView {
    let open = round.is_open();
    let mut result = results(round, dots);
    if !open && let Some(result) = &mut result {
        result.retain(|one| one.dots > 0);
    }
    let in_result = |card: &str| result.iter().flatten().any(|one| one.card == card);
    let is_told = |target: &&Target| open || target.withdrawn || in_result(&target.id);
    let told = dots.targets().iter().filter(is_told);
    RoundView {
        id: round.id,
        setup: dots.setup.clone(),
        state: state_view(round),
        opened: round.opened,
        until: round.deadline.filter(|_| open),
        ended: match round.state {
            RoundState::Open => None,
            RoundState::Closed(at) | RoundState::Cancelled(at) => Some(at),
        },
        run_off_of: dots.run_off_of,
        voters: matches!(round.state, RoundState::Closed(_)).then(|| round.voters() as u32),
        targets: told.map(target_view).collect(),
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
