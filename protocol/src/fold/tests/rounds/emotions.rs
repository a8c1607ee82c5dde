//! EMO: emotion rounds.

use super::*;

/// A feeling in halves; `None` takes it back.
fn feel(stage: &str, halves: impl Into<Option<i8>>) -> Body {
    does(Command::Feel {
        round: FIRST,
        stage: stage.to_owned(),
        score: halves
            .into()
            .map(|halves| Score::from_halves(halves).unwrap()),
    })
}

impl Gathering {
    /// An emotion round about all three stages under secret 7.
    fn felt() -> Self {
        let mut felt = Self::prepared();
        felt.opens(Opening::Emotion(feelings()), Some(&secret(7)));
        felt
    }

    fn feels(
        &mut self,
        who: ParticipantId,
        stage: &str,
        halves: impl Into<Option<i8>>,
    ) -> Result<Effects, Refusal> {
        let pseudonym = Actor::Pseudonym(secret(7).pseudonym(who));
        self.script.does(pseudonym, feel(stage, halves))
    }

    fn emotions(&self) -> &Emotions {
        match &self.round().subject {
            Subject::Emotions(emotions) => emotions,
            Subject::Dots(_) => panic!("a round of dots"),
        }
    }

    fn view(&self) -> EmotionRoundView {
        self.shared().emotion_rounds.last().unwrap().clone()
    }

    /// Stage, median and spread in hundredths, points in halves.
    fn came_of_it(&self) -> Vec<(String, i32, i32, Vec<i8>)> {
        let result = self.view().result.expect("a closed round");
        let one = result.into_iter().map(|felt| {
            let points = felt.points.iter().map(|point| point.halves()).collect();
            (felt.stage, felt.median.0, felt.spread.0, points)
        });
        one.collect()
    }
}

#[test]
fn emo_1_an_emotion_round_has_bounds_a_secret_and_stages_of_the_map() {
    let stages = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
    let mut gathering = Gathering::prepared();
    let bad = [
        EmotionSetup {
            question: "\t".into(),
            ..feelings()
        },
        EmotionSetup {
            question: "x".repeat(201),
            ..feelings()
        },
        EmotionSetup {
            stages: Some(Vec::new()),
            ..feelings()
        },
        EmotionSetup {
            stages: Some(vec!["s1".into(); 201]),
            ..feelings()
        },
        EmotionSetup {
            stages: stages(&["no id"]),
            ..feelings()
        },
        EmotionSetup {
            stages: stages(&["gone"]),
            ..feelings()
        },
        EmotionSetup {
            seconds: Some(9),
            ..feelings()
        },
        EmotionSetup {
            seconds: Some(86_401),
            ..feelings()
        },
        EmotionSetup {
            roles: Vec::new(),
            ..feelings()
        },
    ];
    let opening = |setup| Body::Round(Opening::Emotion(setup), Some(secret(7).commitment()));
    for setup in bad {
        gathering.script.refused("EMO-1", ann(), opening(setup));
    }
    gathering.script.refused(
        "EMO-1",
        ann(),
        Body::Round(Opening::Emotion(feelings()), None),
    );
    gathering
        .script
        .refused("ROLE-3", ben(), opening(feelings()));
    // Of those it names, the stages that are there.
    let named = stages(&["s3", "gone", "s1"]);
    gathering.script.ok(
        ann(),
        opening(EmotionSetup {
            stages: named,
            ..feelings()
        }),
    );
    let view = gathering.view();
    let titles: Vec<_> = view
        .stages
        .iter()
        .map(|one| (one.stage.as_str(), one.title.as_str()))
        .collect();
    assert_eq!(titles, [("s1", "One"), ("s3", "Three")]);
}

#[test]
fn emo_1_rounds_of_both_kinds_share_their_numbers_and_one_place_to_be_open_in() {
    let mut gathering = Gathering::felt();
    let dots = || Body::Round(Opening::New(setup()), None);
    let emotions = || Body::Round(Opening::Emotion(feelings()), Some(secret(8).commitment()));
    gathering.script.refused("VOTE-11", ann(), dots());
    gathering.script.refused("VOTE-11", ann(), emotions());
    gathering.closes();
    gathering.script.ok(ann(), dots());
    gathering.script.refused("VOTE-11", ann(), emotions());
    let shared = gathering.shared();
    assert_eq!(
        (shared.emotion_rounds[0].id, shared.rounds[0].id),
        (FIRST, RoundId(2))
    );
    // Nor does one take the other's answers.
    refused(
        gathering.script.does(
            ben(),
            does(Command::Feel {
                round: RoundId(2),
                stage: "s1".into(),
                score: None,
            }),
        ),
        "EMO-2",
    );
    let mut gathering = Gathering::felt();
    let vote = does(Command::Vote {
        round: FIRST,
        card: "o1".into(),
        dots: 1,
    });
    let pseudonym = Actor::Pseudonym(secret(7).pseudonym(BEN));
    refused(gathering.script.does(pseudonym, vote), "VOTE-1");
}

#[test]
fn emo_2_a_feeling_is_one_score_for_each_stage_and_voter() {
    let mut felt = Gathering::felt();
    let own = |felt: &Gathering| {
        let feelings = felt.personal(BEN, &secret(7)).feelings.unwrap();
        assert_eq!(
            feelings.pseudonym,
            Some(secret(7).pseudonym(BEN).to_string())
        );
        let scores = feelings.scores.into_iter();
        scores
            .map(|(stage, score)| (stage, score.halves()))
            .collect::<Vec<_>>()
    };
    let effects = felt.feels(BEN, "s1", -3).unwrap();
    assert_eq!(
        (effects.shared, effects.personal),
        (false, Concerned::Behind(secret(7).pseudonym(BEN)))
    );
    felt.feels(BEN, "s2", 0).unwrap();
    felt.feels(CLEO, "s1", 4).unwrap();
    assert_eq!(own(&felt), [("s1".to_owned(), -3), ("s2".to_owned(), 0)]);
    // Said again it replaces, absent takes back.
    felt.feels(BEN, "s1", 1).unwrap();
    felt.feels(BEN, "s2", None).unwrap();
    felt.feels(BEN, "s3", None).unwrap();
    assert_eq!(own(&felt), [("s1".to_owned(), 1)]);
    felt.feels(BEN, "s1", None).unwrap();
    assert_eq!(felt.round().voters(), 1);
    refused(felt.feels(BEN, "s4", 1), "EMO-3");
    // Nobody answers under a name, nor under a pseudonym of another opening.
    for actor in [
        ben(),
        ann(),
        Actor::Host,
        Actor::Server,
        Actor::Anonymous,
        Actor::Pseudonym(secret(8).pseudonym(BEN)),
    ] {
        refused(felt.script.does(actor, feel("s1", 1)), "EMO-2");
    }
}

#[test]
fn emo_2_a_score_is_minus_2_to_2_in_halves() {
    let read = |json: &str| serde_json::from_str::<Score>(json).ok().map(Score::halves);
    for (json, halves) in [("-2", -4), ("-1.5", -3), ("-0", 0), ("0.0", 0), ("2", 4)] {
        assert_eq!(read(json), Some(halves), "{json}");
    }
    for json in ["2.5", "-2.5", "0.25", "1e9", "\"1\"", "null"] {
        assert_eq!(read(json), None, "{json}");
    }
    assert_eq!(Score::from_halves(5), None);
}

#[test]
fn emo_2_only_eligible_roles_have_answers_to_give() {
    let mut gathering = Gathering::prepared();
    let setup = EmotionSetup {
        roles: vec![Role::Participant],
        ..feelings()
    };
    gathering.opens(Opening::Emotion(setup), Some(&secret(7)));
    let has = |gathering: &Gathering, who| gathering.personal(who, &secret(7)).feelings.is_some();
    assert!(has(&gathering, BEN) && !has(&gathering, ANN) && !has(&gathering, OLGA));
    let late = gathering.script.join(Role::Participant, "Dora", "d");
    assert!(has(&gathering, late), "VOTE-4: who comes late");
}

#[test]
fn emo_3_a_deleted_stage_is_withdrawn_and_its_feelings_go_back() {
    let mut felt = Gathering::felt();
    for (who, stage, halves) in [(BEN, "s1", 2), (BEN, "s2", 1), (CLEO, "s1", -2)] {
        felt.feels(who, stage, halves).unwrap();
    }
    let effects = felt.deletes_from(Collection::Stages, "s1");
    assert_eq!(
        (effects.shared, effects.personal),
        (true, Concerned::Everyone)
    );
    refused(felt.feels(BEN, "s1", 2), "EMO-3");
    let view = felt.view();
    assert!(view.stages[0].withdrawn && !view.stages[1].withdrawn);
    assert_eq!(view.stages[0].title, "One", "what it was called is kept");
    assert_eq!(felt.round().voters(), 1, "Cleo has nothing left");
    felt.closes();
    assert_eq!(felt.came_of_it(), [("s2".to_owned(), 50, 0, vec![1])]);
    // After closing nothing changes a result.
    felt.deletes_from(Collection::Stages, "s2");
    assert_eq!(felt.came_of_it(), [("s2".to_owned(), 50, 0, vec![1])]);
}

#[test]
fn emo_4_before_closing_facilitators_hear_who_is_done_and_nobody_hears_what() {
    let mut felt = Gathering::felt();
    felt.feels(BEN, "s1", 3).unwrap();
    felt.feels(BEN, "s2", 3).unwrap();
    felt.feels(CLEO, "s1", 3).unwrap();
    assert_eq!(felt.view().result, None);
    let progress = |felt: &Gathering, who| felt.personal(who, &secret(7)).progress;
    assert_eq!(progress(&felt, BEN), None);
    let told = progress(&felt, ANN).unwrap();
    assert_eq!((told.done, told.begun, told.voters), (Vec::new(), 2, 3));
    felt.feels(BEN, "s3", 0).unwrap();
    assert_eq!(progress(&felt, ANN).unwrap().done, [BEN]);
    // A stage that is gone needs no answer any more.
    felt.deletes_from(Collection::Stages, "s2");
    felt.deletes_from(Collection::Stages, "s3");
    assert_eq!(progress(&felt, ANN).unwrap().done, [BEN, CLEO]);
    // Nobody waits for somebody who is gone, though the answers count.
    felt.script
        .ok(ann(), does(Command::Remove { participant: BEN }));
    let told = progress(&felt, ANN).unwrap();
    assert_eq!((told.done, told.begun, told.voters), (vec![CLEO], 1, 2));
    assert_eq!(felt.round().voters(), 2);
    felt.script
        .ok(ann(), does(Command::CancelRound { round: FIRST }));
    let view = felt.view();
    assert_eq!((view.result, felt.round().voters()), (None, 0));
}

#[test]
fn emo_5_the_result_is_median_spread_and_every_point_widest_disagreement_first() {
    let mut felt = Gathering::felt();
    // One agrees, two are as far apart in one stage as in another, four in none.
    for (who, s1, s2, s3) in [(ANN, 1, -4, 4), (BEN, 1, 4, -4), (CLEO, 2, 4, 4)] {
        for (stage, halves) in [("s1", s1), ("s2", s2), ("s3", s3)] {
            felt.feels(who, stage, halves).unwrap();
        }
    }
    felt.closes();
    // Equal spreads stay in the order of the map; points are sorted, whoever came first.
    assert_eq!(
        felt.came_of_it(),
        [
            ("s2".to_owned(), 200, 189, vec![-4, 4, 4]),
            ("s3".to_owned(), 200, 189, vec![-4, 4, 4]),
            ("s1".to_owned(), 50, 24, vec![1, 1, 2]),
        ]
    );
}

#[test]
fn emo_5_the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
    let mut felt = Gathering::felt();
    felt.feels(BEN, "s3", 1).unwrap();
    felt.feels(CLEO, "s3", 0).unwrap();
    felt.feels(BEN, "s1", -4).unwrap();
    felt.closes();
    // A stage nobody answered for is not in the result.
    assert_eq!(
        felt.came_of_it(),
        [
            ("s3".to_owned(), 25, 25, vec![0, 1]),
            ("s1".to_owned(), -200, 0, vec![-4])
        ]
    );
    let json = serde_json::to_value(felt.view().result).unwrap();
    assert_eq!(
        json[0],
        serde_json::json!({"stage": "s3", "median": 0.25, "spread": 0.25, "points": [0, 0.5]})
    );
}

#[test]
fn emo_6_the_course_is_that_of_any_round() {
    let mut felt = Gathering::felt();
    felt.feels(BEN, "s1", 2).unwrap();
    let close = || does(Command::CloseRound { round: FIRST });
    felt.script.refused("ROLE-3", ben(), close());
    // Removed or not, what was answered counts (VOTE-5).
    felt.script
        .ok(ann(), does(Command::Remove { participant: BEN }));
    felt.closes();
    felt.script.refused("VOTE-9", ann(), close());
    refused(felt.feels(CLEO, "s1", 2), "VOTE-7");
    assert_eq!(felt.came_of_it(), [("s1".to_owned(), 100, 0, vec![2])]);
    // No run-off, and no reopening under the secret that is gone.
    felt.script.refused(
        "VOTE-8",
        ann(),
        Body::Round(Opening::RunOff(FIRST, 1), Some(secret(8).commitment())),
    );
    felt.script
        .refused("VOTE-10", ann(), Body::Round(Opening::Again(FIRST), None));
    felt.opens(Opening::Again(FIRST), Some(&secret(8)));
    assert_eq!((felt.round().voters(), felt.view().result), (0, None));
    refused(felt.feels(CLEO, "s1", 2), "EMO-2");
}

#[test]
fn emo_6_an_emotion_round_closes_at_its_deadline() {
    let mut felt = Gathering::prepared();
    let setup = EmotionSetup {
        seconds: Some(10),
        ..feelings()
    };
    felt.opens(Opening::Emotion(setup), Some(&secret(7)));
    let opened = felt.round().opened;
    assert_eq!(felt.view().until, Some(opened + 10_000));
    assert_eq!(felt.script.workshop.wake_at(), Some(opened + 10_000));
    felt.script.clock = opened + 9_999;
    felt.feels(BEN, "s1", 2).unwrap();
    refused(felt.feels(BEN, "s1", -2), "VOTE-7");
    assert_eq!(felt.round().state, RoundState::Closed(opened + 10_000));
    assert_eq!(felt.emotions().felt()[0].points.len(), 1);
}

/// What the spread rounds to, found the slow way.
#[test]
fn emo_5_the_spread_is_the_standard_deviation_in_hundredths() {
    let mut felt = Gathering::felt();
    let everyone: Vec<_> = (0..30)
        .map(|n| {
            felt.script
                .join(Role::Participant, &format!("P{n}"), &format!("t{n}"))
        })
        .collect();
    let points: Vec<i8> = (0..30).map(|n: i32| (n * n % 9 - 4) as i8).collect();
    for (who, halves) in everyone.into_iter().zip(&points) {
        felt.feels(who, "s1", *halves).unwrap();
    }
    felt.closes();
    let scores: Vec<f64> = points
        .iter()
        .map(|halves| f64::from(*halves) / 2.0)
        .collect();
    let mean = scores.iter().sum::<f64>() / 30.0;
    let variance = scores
        .iter()
        .map(|score| (score - mean).powi(2))
        .sum::<f64>()
        / 30.0;
    assert_eq!(
        felt.came_of_it()[0].2,
        (variance.sqrt() * 100.0).round() as i32
    );
}
