//! What anybody can ask for, made at random: every command there is, mostly about what is there.

use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::sample::select;

use super::*;
use crate::agenda::{AtZero, Focus, Mode, Step, StepId};
use crate::brainstorm::{BrainstormSetup, DraftId};
use crate::channel::ClientCommand;
use crate::emotion::{EmotionSetup, Score};
use crate::floor::{ParkedId, Spot};
use crate::round::{RoundId, RoundSetup, Targets, Visibility};
use crate::version::VersionId;

pub(super) const CARDS: [&str; 7] = ["o1", "o2", "o3", "o4", "p1", "new", "none"];
pub(super) const LANES: [&str; 3] = ["lo", "lp", "none"];
pub(super) const STAGES: [&str; 4] = ["s1", "s2", "s3", "none"];

/// Numbers are places in what is there; past its end they name nothing.
fn place() -> impl Strategy<Value = u32> {
    prop_oneof![6 => 0..3u32, 1 => 3..9u32]
}

fn somebody() -> impl Strategy<Value = ParticipantId> {
    (1..8u32).prop_map(ParticipantId)
}

/// Mostly what is there at the beginning; the last one of each list never is.
fn named(ids: &'static [&'static str]) -> impl Strategy<Value = String> {
    let (none, there) = ids.split_last().unwrap();
    prop_oneof![12 => select(there), 1 => Just(*none)].prop_map(str::to_owned)
}

fn role() -> impl Strategy<Value = Role> {
    select(&[Role::Observer, Role::Participant, Role::Facilitator][..])
}

fn focus() -> impl Strategy<Value = Focus> {
    let stages = weighted(0.4, vec(named(&STAGES), 1..3));
    (stages, weighted(0.3, vec(named(&LANES), 1..2)))
        .prop_map(|(stages, lanes)| Focus { stages, lanes })
}

fn step() -> impl Strategy<Value = Step> {
    let modes = [Mode::Open, Mode::Brainstorm, Mode::Vote, Mode::Discuss];
    let ends = [AtZero::Wait, AtZero::Advance, AtZero::Lock];
    let minutes = weighted(0.8, 1..4u16);
    let (mode, at_zero) = (select(modes.to_vec()), select(ends.to_vec()));
    let flags = (any::<bool>(), any::<bool>());
    let parts = (minutes, focus(), mode, at_zero, flags);
    parts.prop_map(|(minutes, focus, mode, at_zero, (lock, signed))| Step {
        focus,
        mode,
        lock,
        signed,
        ..super::super::agenda::step("Step", minutes, at_zero)
    })
}

fn dots() -> impl Strategy<Value = RoundSetup> {
    let picked = weighted(0.3, vec(named(&CARDS), 1..4));
    let visibility = select(&[Visibility::Secret, Visibility::Live][..]);
    let roles = prop_oneof![
        4 => Just(vec![Role::Participant, Role::Facilitator]),
        1 => vec(role(), 1..3),
    ];
    let parts = (
        picked,
        1..4u8,
        visibility,
        any::<bool>(),
        of(10..60u32),
        roles,
    );
    parts.prop_map(
        |(cards, dots, visibility, anonymous, seconds, roles)| RoundSetup {
            question: "What first?".to_owned(),
            targets: Targets {
                cards,
                ..Targets::default()
            },
            dots,
            most_per_card: dots.min(2),
            visibility,
            anonymous,
            seconds,
            roles,
        },
    )
}

fn feelings() -> impl Strategy<Value = EmotionSetup> {
    let parts = (
        weighted(0.3, vec(named(&STAGES), 1..3)),
        weighted(0.4, 10..300u32),
    );
    parts.prop_map(|(stages, seconds)| EmotionSetup {
        question: "How is it?".to_owned(),
        stages,
        seconds,
        roles: vec![Role::Participant, Role::Facilitator],
    })
}

fn storm() -> impl Strategy<Value = BrainstormSetup> {
    (focus(), any::<bool>()).prop_map(|(focus, signed)| BrainstormSetup {
        prompt: "What hurts?".to_owned(),
        focus,
        signed,
    })
}

/// What is under way when a play begins: perhaps a step, a round, a brainstorm.
pub(super) fn begun() -> impl Strategy<Value = Vec<ClientCommand>> {
    let round = prop_oneof![
        2 => dots().prop_map(|setup| ClientCommand::OpenRound { setup }),
        1 => feelings().prop_map(|setup| ClientCommand::OpenEmotionRound { setup }),
    ];
    let storm = storm().prop_map(|setup| Command::StartBrainstorm { setup }.into());
    let step = place().prop_map(|id| Command::StartStep { id: StepId(id) }.into());
    let parts = (
        weighted(0.7, round),
        weighted(0.5, storm),
        weighted(0.7, step),
    );
    parts.prop_map(|(round, storm, step)| [round, storm, step].into_iter().flatten().collect())
}

fn spot() -> impl Strategy<Value = Spot> {
    let parts = (of(named(&CARDS)), of(named(&STAGES)), of(named(&LANES)));
    parts.prop_map(|(card, stage, lane)| Spot { card, stage, lane })
}

/// What only facilitators and the host may ask for.
fn running() -> BoxedStrategy<ClientCommand> {
    let step_id = || place().prop_map(StepId);
    let round_id = || place().prop_map(RoundId);
    let open_one = || prop_oneof![5 => Just(RoundId(0)), 1 => round_id()];
    let version = || place().prop_map(VersionId);
    let simple = prop_oneof![
        3 => Just(Command::NextStep {}),
        1 => Just(Command::PreviousStep {}),
        2 => Just(Command::Pause {}),
        3 => Just(Command::Resume {}),
        1 => Just(Command::FinishAgenda {}),
        1 => Just(Command::DiscardDrafts {}),
    ];
    let agenda = prop_oneof![
        1 => (place(), step()).prop_map(|(index, step)| Command::AddStep { index, step }),
        1 => (step_id(), step()).prop_map(|(id, step)| Command::ChangeStep { id, step }),
        1 => (step_id(), place()).prop_map(|(id, index)| Command::MoveStep { id, index }),
        1 => step_id().prop_map(|id| Command::RemoveStep { id }),
        2 => vec(step(), 2..4).prop_map(|steps| Command::SetAgenda { steps }),
        6 => step_id().prop_map(|id| Command::StartStep { id }),
        3 => (-240..240i32).prop_map(|seconds| Command::Extend { seconds }),
    ];
    let people = prop_oneof![
        2 => (somebody(), role()).prop_map(|(participant, role)| Command::SetRole { participant, role }),
        1 => somebody().prop_map(|participant| Command::Remove { participant }),
        1 => somebody().prop_map(|participant| Command::LowerHand { participant }),
        2 => weighted(0.8, spot()).prop_map(|spot| Command::Spotlight { spot }),
    ];
    let moments = prop_oneof![
        1 => "[a-c]{0,2}".prop_map(|name| Command::SaveVersion { name }),
        1 => (version(), "[a-c]{1,2}").prop_map(|(id, name)| Command::RenameVersion { id, name }),
        1 => version().prop_map(|id| Command::DropVersion { id }),
    ];
    let rounds = prop_oneof![
        3 => open_one().prop_map(|round| Command::CloseRound { round }),
        1 => open_one().prop_map(|round| Command::CancelRound { round }),
        2 => storm().prop_map(|setup| Command::StartBrainstorm { setup }),
    ];
    let made = prop_oneof![
        1 => role().prop_map(|role| ClientCommand::RotateInvite { role }),
        3 => dots().prop_map(|setup| ClientCommand::OpenRound { setup }),
        1 => feelings().prop_map(|setup| ClientCommand::OpenEmotionRound { setup }),
        2 => (round_id(), 1..3u32).prop_map(|(round, rank)| ClientCommand::RunOff { round, rank }),
        2 => round_id().prop_map(|round| ClientCommand::ReopenRound { round }),
        2 => Just(ClientCommand::Reveal {}),
        1 => (0..60u64).prop_map(|seq| ClientCommand::Restore { seq }),
    ];
    let folded = |one: Command| ClientCommand::from(one);
    prop_oneof![
        3 => simple.prop_map(folded),
        4 => agenda.prop_map(folded),
        2 => people.prop_map(folded),
        1 => moments.prop_map(folded),
        2 => rounds.prop_map(folded),
        3 => made,
    ]
    .boxed()
}

/// What people ask for themselves. What a draft says is filled in as it is asked, so that no two say the same.
fn own() -> BoxedStrategy<ClientCommand> {
    let round = || prop_oneof![8 => Just(RoundId(0)), 1 => place().prop_map(RoundId)];
    let draft = || (0..3u8).prop_map(|n| DraftId(format!("d{n}")));
    let write = (draft(), named(&LANES), named(&STAGES));
    let halves = weighted(0.9, -4..=4i8);
    prop_oneof![
        1 => "[a-z]{0,2}".prop_map(|name| Command::Rename { name, color: "#123456".to_owned() }),
        2 => (any::<bool>(), of(place().prop_map(StepId)))
            .prop_map(|(ready, step)| Command::SetReady { ready, step }),
        3 => weighted(0.7, Just(())).prop_map(|up| Command::RaiseHand { raised: up.is_some() }),
        2 => "[a-c]{0,2}".prop_map(|text| Command::Park { text }),
        1 => place().prop_map(|id| Command::Unpark { id: ParkedId(id) }),
        5 => (round(), named(&CARDS), 0..4u8)
            .prop_map(|(round, card, dots)| Command::Vote { round, card, dots }),
        4 => (round(), named(&STAGES), halves).prop_map(|(round, stage, halves)| {
            let score = halves.and_then(Score::from_halves);
            Command::Feel { round, stage, score }
        }),
        6 => write.prop_map(|(draft, lane, stage)| {
            let text = String::new();
            Command::WriteDraft { draft, lane, stage, text }
        }),
        1 => draft().prop_map(|draft| Command::DropDraft { draft }),
    ]
    .prop_map(ClientCommand::from)
    .boxed()
}

/// By the host (0) or somebody of these numbers: mostly by those who may.
pub(super) fn asked() -> impl Strategy<Value = (u32, ClientCommand)> {
    let anybody = || 0..8u32;
    prop_oneof![
        7 => (0..2u32, running()),
        3 => (anybody(), running()),
        9 => (prop_oneof![4 => 1..4u32, 1 => anybody()], own()),
    ]
}

/// Turns places into the numbers of what is there.
pub(super) fn aimed(workshop: &Workshop, mut command: ClientCommand) -> ClientCommand {
    use ClientCommand::Fold;
    let at = |place: u32| place as usize;
    let latest = |id: RoundId| {
        let open = workshop.open_round().filter(|_| id.0 == 0);
        open.or_else(|| workshop.rounds().iter().rev().nth(at(id.0)))
    };
    let over = |id: RoundId| {
        let mut over = workshop.rounds().iter().rev().filter(|one| !one.is_open());
        over.nth(at(id.0))
    };
    if let Fold(
        Command::ChangeStep { id, .. }
        | Command::MoveStep { id, .. }
        | Command::RemoveStep { id }
        | Command::StartStep { id }
        | Command::SetReady { step: Some(id), .. },
    ) = &mut command
        && let Some((there, _)) = workshop.steps().get(at(id.0))
    {
        *id = *there;
    }
    if let Fold(
        Command::Vote { round, .. }
        | Command::Feel { round, .. }
        | Command::CloseRound { round }
        | Command::CancelRound { round },
    ) = &mut command
        && let Some(there) = latest(*round)
    {
        *round = there.id;
    }
    if let ClientCommand::RunOff { round, .. } | ClientCommand::ReopenRound { round } = &mut command
        && let Some(there) = over(*round)
    {
        *round = there.id;
    }
    if let Fold(Command::Unpark { id }) = &mut command
        && let Some(there) = workshop.parked().get(at(id.0))
    {
        *id = there.id;
    }
    if let Fold(Command::RenameVersion { id, .. } | Command::DropVersion { id }) = &mut command
        && let Some(there) = workshop.versions().get(at(id.0))
    {
        *id = there.id;
    }
    command
}
