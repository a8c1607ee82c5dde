//! REC-7: what is out of bounds by itself.

use serde_json::{Value, json};

use super::agenda::does;
use super::*;
use crate::emotion::Score;
use crate::round::{RoundId, RoundSecret};

fn long(most: usize) -> String {
    "é".repeat(most + 1)
}

/// Commands as they come, each with the rule that refuses it.
fn commands() -> Vec<(&'static str, Value)> {
    let step = |title: &str| json!({"title": title, "mode": "open"});
    let on_no_stage = json!({"title": "One", "mode": "open", "focus": {"stages": ["a/b"]}});
    let draft = |draft: &str, lane: &str, stage: &str, text: &str| json!({"writeDraft": {"draft": draft, "lane": lane, "stage": stage, "text": text}});
    let (title, parked) = (long(limits::STEP_TITLE_CHARS), long(limits::PARKED_CHARS));
    let (name, prompt) = (long(limits::NAME_CHARS), long(limits::QUESTION_CHARS));
    let (words, many) = (
        long(limits::DRAFT_CHARS),
        vec![step("One"); limits::STEPS + 1],
    );
    vec![
        (
            "ROLE-7",
            json!({"rename": {"name": name, "color": "#123456"}}),
        ),
        (
            "ROLE-7",
            json!({"rename": {"name": "Ann", "color": "blue"}}),
        ),
        (
            "AGENDA-2",
            json!({"addStep": {"index": 0, "step": step(&title)}}),
        ),
        (
            "AGENDA-2",
            json!({"changeStep": {"id": 1, "step": on_no_stage}}),
        ),
        ("AGENDA-2", json!({"setAgenda": {"steps": many}})),
        ("AGENDA-2", json!({"setAgenda": {"steps": [step(" ")]}})),
        ("TIME-4", json!({"extend": {"seconds": 0}})),
        ("TIME-4", json!({"extend": {"seconds": -3601}})),
        ("FLOOR-2", json!({"park": {"text": parked}})),
        ("FLOOR-2", json!({"park": {"text": "\n"}})),
        ("SPOT-1", json!({"spotlight": {"spot": {"card": "a/b"}}})),
        ("SPOT-1", json!({"spotlight": {"spot": {}}})),
        (
            "VOTE-1",
            json!({"vote": {"round": 1, "card": long(64), "dots": 1}}),
        ),
        (
            "VOTE-3",
            json!({"vote": {"round": 1, "card": "o1", "dots": 100}}),
        ),
        (
            "EMO-3",
            json!({"feel": {"round": 1, "stage": "", "score": 1}}),
        ),
        (
            "DRAFT-1",
            json!({"startBrainstorm": {"setup": {"prompt": prompt}}}),
        ),
        (
            "DRAFT-1",
            json!({"startBrainstorm": {"setup": {"prompt": "P", "focus": {"lanes": ["a/b"]}}}}),
        ),
        ("DRAFT-2", draft("a/b", "l", "s", "Words")),
        ("DRAFT-2", draft("d", "a/b", "s", "Words")),
        ("DRAFT-2", draft("d", "l", "a/b", "Words")),
        ("DRAFT-2", draft("d", "l", "s", &words)),
        ("DRAFT-2", draft("d", "l", "s", "  ")),
        ("DRAFT-2", json!({"dropDraft": {"draft": "a/b"}})),
        (
            "VERSION-3",
            json!({"saveVersion": {"name": long(limits::VERSION_NAME_CHARS)}}),
        ),
        ("VERSION-3", json!({"saveVersion": {"name": " "}})),
        (
            "VERSION-3",
            json!({"renameVersion": {"id": 1, "name": "a\u{7}b"}}),
        ),
    ]
}

fn openings() -> Vec<(&'static str, Body)> {
    let dots = json!({"question": long(limits::QUESTION_CHARS), "dots": 1, "mostPerCard": 1, "visibility": "secret", "anonymous": false});
    let emotions = json!({"question": "How?", "stages": ["a/b"]});
    let secret = RoundSecret::new([1; 32]).commitment();
    let dots = Opening::New(serde_json::from_value(dots).unwrap());
    let emotions = Opening::Emotion(serde_json::from_value(emotions).unwrap());
    vec![
        ("VOTE-11", Body::Round(dots, None)),
        ("EMO-1", Body::Round(emotions, Some(secret))),
    ]
}

#[test]
fn rec_7_what_is_out_of_bounds_is_known_without_a_workshop_and_refused_by_the_fold() {
    let mut script = Script::with_people();
    let read = |command| does(serde_json::from_value(command).unwrap());
    let commands = commands().into_iter();
    let commands = commands.map(|(rule, command)| (rule, read(command)));
    for (rule, body) in commands.chain(openings()) {
        let known = body.check().expect_err("this should be out of bounds").rule;
        assert_eq!(known, rule, "{body:?}");
        script.refused(rule, ann(), body.clone());
        // Whoever sends it: what it says is looked at first.
        script.refused(rule, ben(), body);
    }
    let (long, join) = (long(limits::NAME_CHARS), Role::Participant);
    let join = joins(None, join, &long, "l");
    assert_eq!(join.check().unwrap_err().rule, "ROLE-7");
    script.refused("ROLE-7", Actor::Server, join);
}

#[test]
fn rec_7_what_is_in_bounds_is_for_the_fold_to_judge() {
    let sound = [
        does(Command::Vote {
            round: RoundId(9),
            card: "gone".to_owned(),
            dots: limits::DOTS,
        }),
        does(Command::Park {
            text: "é".repeat(limits::PARKED_CHARS),
        }),
        does(Command::Spotlight { spot: None }),
        does(Command::NextStep {}),
        Body::Round(Opening::RunOff(RoundId(9), 1), None),
        Body::Edit(Bytes::from_static(&[1, 1, 1])),
    ];
    for body in sound {
        assert_eq!(body.check(), Ok(()), "{body:?}");
    }
}

#[test]
fn emo_2_a_record_holds_no_other_score_than_a_feeling_has() {
    let read = |halves: i8| {
        let bytes = minicbor::to_vec(halves).unwrap();
        minicbor::decode::<Score>(&bytes).ok().map(Score::halves)
    };
    assert_eq!((read(-4), read(4)), (Some(-4), Some(4)));
    assert_eq!((read(-5), read(5)), (None, None));
}
