//! The record codec and the chain (REC-1, REC-3), and the golden journal that later versions must still read.

use bytes::Bytes;
use proptest::prelude::*;

use crate::agenda::{AtZero, Focus, Mode, Step, StepId};
use crate::brainstorm::{BrainstormSetup, DraftId};
use crate::emotion::{EmotionSetup, Score};
use crate::floor::{ParkedId, Spot};
use crate::id::{MapId, ParticipantId, Role, TokenHash};
use crate::record::*;
use crate::round::{RoundId, RoundSecret, RoundSetup, Targets, Visibility};
use crate::version::VersionId;

const GOLDEN: &str = include_str!("../../golden/journal-v1.hex");

fn map() -> MapId {
    MapId::new("golden").unwrap()
}

/// One record of every kind, with fixed content.
fn step() -> Step {
    Step {
        title: "Map what you know".to_owned(),
        instructions: "In silence.".to_owned(),
        minutes: Some(12),
        focus: Focus {
            stages: Some(vec!["s1".to_owned()]),
            lanes: None,
        },
        mode: Mode::Brainstorm,
        lock: true,
        at_zero: AtZero::Advance,
        signed: false,
    }
}

fn drafts() -> Vec<Draft> {
    let token = TokenHash::of(&map(), "token");
    let ann = ParticipantId(1);
    let join = Join {
        known_as: None,
        role: Role::Facilitator,
        name: "Ann Ö".to_owned(),
        color: "#0a0B0c".to_owned(),
        tokens: vec![token],
    };
    let back = Join {
        known_as: Some(ann),
        tokens: vec![token, token],
        ..join.clone()
    };
    let by_ann = |command| Draft {
        actor: Actor::Participant(ann),
        request: Some("r-1".to_owned()),
        body: Body::Command(command),
    };
    vec![
        Draft::new(
            Actor::Host,
            Body::Created(Created {
                map: map(),
                open: false,
            }),
        ),
        Draft::new(Actor::Host, Body::Invite(Role::Observer, token)),
        Draft::new(Actor::Server, Body::Join(join)),
        Draft::new(Actor::Server, Body::Join(back)),
        Draft::new(
            Actor::Participant(ann),
            Body::Edit(Bytes::from_static(&[0, 0])),
        ),
        Draft::new(Actor::Anonymous, Body::Edit(Bytes::from_static(&[0, 0]))),
        by_ann(Command::Rename {
            name: "Ann".to_owned(),
            color: "#ffffff".to_owned(),
        }),
        by_ann(Command::SetRole {
            participant: ParticipantId(70_000),
            role: Role::Participant,
        }),
        by_ann(Command::Remove {
            participant: ParticipantId(2),
        }),
        Draft::new(Actor::Server, Body::Void(5)),
        by_ann(Command::SetAgenda {
            steps: vec![step()],
        }),
        by_ann(Command::AddStep {
            index: 1,
            step: step(),
        }),
        by_ann(Command::ChangeStep {
            id: StepId(1),
            step: step(),
        }),
        by_ann(Command::MoveStep {
            id: StepId(1),
            index: 0,
        }),
        by_ann(Command::RemoveStep { id: StepId(2) }),
        by_ann(Command::StartStep { id: StepId(1) }),
        by_ann(Command::NextStep {}),
        by_ann(Command::PreviousStep {}),
        by_ann(Command::Pause {}),
        by_ann(Command::Resume {}),
        by_ann(Command::Extend { seconds: -60 }),
        by_ann(Command::FinishAgenda {}),
        by_ann(Command::SetReady {
            ready: true,
            step: None,
        }),
        by_ann(Command::RaiseHand { raised: true }),
        by_ann(Command::LowerHand {
            participant: ParticipantId(2),
        }),
        by_ann(Command::Park {
            text: "Later".to_owned(),
        }),
        by_ann(Command::Unpark { id: ParkedId(1) }),
        by_ann(Command::Spotlight {
            spot: Some(Spot {
                card: None,
                stage: Some("s1".to_owned()),
                lane: None,
            }),
        }),
        Draft::new(Actor::Server, Body::Tick),
    ]
}

fn brainstorm() -> Vec<Draft> {
    let by_ann = |body| Draft {
        actor: Actor::Participant(ParticipantId(1)),
        request: Some("r-1".to_owned()),
        body,
    };
    let setup = BrainstormSetup {
        prompt: "What gets in the way?".to_owned(),
        focus: step().focus,
        signed: true,
    };
    let draft = || DraftId("d1".to_owned());
    vec![
        by_ann(Body::Command(Command::StartBrainstorm { setup })),
        by_ann(Body::Command(Command::WriteDraft {
            draft: draft(),
            lane: "l1".to_owned(),
            stage: "s1".to_owned(),
            text: "Nobody answers.".to_owned(),
        })),
        by_ann(Body::Command(Command::DropDraft { draft: draft() })),
        by_ann(Body::Command(Command::DiscardDrafts {})),
        by_ann(Body::Reveal(Reveal {
            update: Bytes::from_static(&[0, 0]),
            drafts: Hash::of(b"drafts"),
        })),
    ]
}

/// Everything of rounds, of dots and of feelings, with names and without.
fn rounds() -> Vec<Draft> {
    let by = |actor, body| Draft {
        actor,
        request: Some("r-2".to_owned()),
        body,
    };
    let ann = Actor::Participant(ParticipantId(1));
    let secret = RoundSecret::new([7; 32]);
    let commitment = Some(secret.commitment());
    let masked = Actor::Pseudonym(secret.pseudonym(ParticipantId(1)));
    let dots = |anonymous: bool| RoundSetup {
        question: "What first?".to_owned(),
        targets: Targets {
            cards: anonymous.then(|| vec!["c1".to_owned()]),
            lanes: (!anonymous).then(|| vec!["l1".to_owned()]),
            stages: None,
        },
        dots: 5,
        most_per_card: 2,
        visibility: Visibility::Secret,
        anonymous,
        seconds: Some(300),
        roles: vec![Role::Participant, Role::Observer],
    };
    let feelings = EmotionSetup {
        question: "How does it feel?".to_owned(),
        stages: Some(vec!["s1".to_owned()]),
        seconds: None,
        roles: vec![Role::Participant],
    };
    let vote = || Command::Vote {
        round: RoundId(1),
        card: "c1".to_owned(),
        dots: 2,
    };
    let feel = |score: Option<i8>| Command::Feel {
        round: RoundId(2),
        stage: "s1".to_owned(),
        score: score.and_then(Score::from_halves),
    };
    vec![
        by(ann, Body::Round(Opening::New(dots(false)), None)),
        by(ann, Body::Command(vote())),
        by(
            ann,
            Body::Command(Command::CloseRound { round: RoundId(1) }),
        ),
        by(ann, Body::Round(Opening::RunOff(RoundId(1), 2), None)),
        by(
            ann,
            Body::Command(Command::CancelRound { round: RoundId(2) }),
        ),
        by(ann, Body::Round(Opening::Again(RoundId(2)), None)),
        by(ann, Body::Round(Opening::New(dots(true)), commitment)),
        by(masked, Body::Command(vote())),
        by(ann, Body::Round(Opening::Emotion(feelings), commitment)),
        by(masked, Body::Command(feel(Some(-3)))),
        by(masked, Body::Command(feel(None))),
    ]
}

/// Versions, and a restore.
fn versions() -> Vec<Draft> {
    let by_ann = |body| Draft {
        actor: Actor::Participant(ParticipantId(1)),
        request: Some("r-3".to_owned()),
        body,
    };
    let (id, name) = (VersionId(1), || "Before lunch".to_owned());
    vec![
        by_ann(Body::Command(Command::SaveVersion { name: name() })),
        by_ann(Body::Command(Command::RenameVersion { id, name: name() })),
        by_ann(Body::Command(Command::DropVersion { id })),
        by_ann(Body::Restore(Restore {
            update: Bytes::from_static(&[0, 0]),
            to: 70_000,
            base: 70_001,
        })),
    ]
}

/// What an erasure leaves.
fn erased() -> Vec<Draft> {
    let erased = Erased {
        participant: ParticipantId(1),
        first: 3,
        records: 70_000,
        before: Hash::of(b"before"),
    };
    vec![Draft::new(Actor::Host, Body::Erased(erased))]
}

fn sealed() -> Vec<(Record, Vec<u8>)> {
    let mut head = Head::genesis(&map());
    let facilitation = drafts().into_iter().chain(brainstorm()).chain(rounds());
    let all = facilitation.chain(versions()).chain(erased());
    let seal = |(n, draft): (u64, Draft)| head.seal(1_700_000_000_000 + n, draft);
    (0u64..).zip(all).map(seal).collect()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn unhex(line: &str) -> Vec<u8> {
    let pairs = line
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

#[test]
fn rec_1_the_golden_journal_is_read_and_written_as_ever() {
    let expected: Vec<String> = sealed().iter().map(|(_, bytes)| hex(bytes)).collect();
    if std::env::var_os("CAIRN_WRITE").is_some() {
        let kept = GOLDEN.lines().zip(&expected).all(|(old, new)| old == new);
        assert!(kept, "only new lines may be added to the golden journal");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/journal-v1.hex");
        return std::fs::write(path, expected.join("\n") + "\n").unwrap();
    }
    let golden: Vec<&str> = GOLDEN.lines().collect();
    assert_eq!(
        golden, expected,
        "records must keep their bytes: a change needs a new version"
    );
    let mut head = Head::genesis(&map());
    for (line, (record, _)) in golden.iter().zip(sealed()) {
        let bytes = unhex(line);
        let read = Record::decode(&bytes).unwrap();
        assert_eq!(read, record);
        head.follow(&read, &bytes).unwrap();
    }
}

#[test]
fn rec_1_what_cannot_be_read_is_an_error_never_a_guess() {
    for (record, bytes) in sealed() {
        for end in 0..bytes.len() {
            assert!(
                Record::decode(&bytes[..end]).is_err(),
                "{record:?} cut at {end}"
            );
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(matches!(
            Record::decode(&longer),
            Err(RecordError::Trailing(1))
        ));
        let mut later = bytes;
        later[0] = VERSION + 1;
        assert!(matches!(
            Record::decode(&later),
            Err(RecordError::Version(2))
        ));
    }
}

#[test]
fn rec_3_a_changed_record_breaks_the_chain_at_the_next() {
    let sealed = sealed();
    let mut head = Head::genesis(&map());
    for (record, bytes) in &sealed[..3] {
        head.follow(record, bytes).unwrap();
    }
    let (mut changed, _) = sealed[3].clone();
    changed.at += 1;
    head.follow(&changed, &changed.encode()).unwrap();
    let (next, bytes) = &sealed[4];
    assert_eq!(head.follow(next, bytes), Err(ChainError::Broken { seq: 5 }));
}

#[test]
fn rec_3_a_record_of_another_map_does_not_follow() {
    let (first, bytes) = &sealed()[0];
    let mut head = Head::genesis(&MapId::new("other").unwrap());
    assert_eq!(
        head.follow(first, bytes),
        Err(ChainError::Broken { seq: 1 })
    );
}

#[test]
fn rec_2_a_gap_is_named() {
    let sealed = sealed();
    let mut head = Head::genesis(&map());
    head.follow(&sealed[0].0, &sealed[0].1).unwrap();
    let gap = ChainError::Gap {
        expected: 2,
        found: 3,
    };
    assert_eq!(head.follow(&sealed[2].0, &sealed[2].1), Err(gap));
}

proptest! {
    /// Bytes that are read are written the same, so hashes hold; others are refused without a panic.
    #[test]
    fn rec_1_any_bytes_are_read_or_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Some(first) = bytes.first_mut() {
            *first = VERSION;
        }
        drop(Record::decode(&bytes));
    }

    #[test]
    fn rec_1_edits_keep_every_byte(update in proptest::collection::vec(any::<u8>(), 0..500), at in any::<u64>()) {
        let draft = Draft::new(Actor::Anonymous, Body::Edit(update.into()));
        let (record, bytes) = Head::genesis(&map()).seal(at, draft);
        prop_assert_eq!(Record::decode(&bytes).unwrap(), record);
    }
}
