//! CLI-5: what is said of a round, from what the server answers.

use serde_json::json;

use super::super::super::http::rounds_example;
use super::told::Told;

fn told() -> Told {
    serde_json::from_value(rounds_example()).unwrap()
}

#[test]
fn cli_5_a_result_is_a_line_for_each_card_or_stage() {
    let round = |number| told().round(number).unwrap().result();
    assert_eq!(
        round(1),
        "round 1, closed: “What first?”\n   1     3 dots     2 voters  “Call back within the hour”\n   2     1 dot      1 voter   “One form for all”\n"
    );
    assert!(
        round(2).contains(" -0.50  spread 1.00     2 answers  “Order”\n"),
        "{}",
        round(2)
    );
    assert!(told().round(9).is_err());
}

#[test]
fn cli_5_of_an_open_round_it_says_how_far_it_is_and_nothing_else() {
    let mut answer = rounds_example();
    answer["progress"] = json!({"round": 3, "done": ["p1"], "begun": 2, "voters": 3});
    let told: Told = serde_json::from_value(answer).unwrap();
    let open = told.open().unwrap();
    assert_eq!(told.number(None).unwrap(), 3);
    assert_eq!(
        told.progress(&open),
        "round 3: 1 of 3 done, 2 have begun; closes at 2026-11-18T11:17:00Z"
    );
    assert_eq!(
        open.opened(),
        "round 3 is open: 2 cards, 1 dot each, secret until closed, anonymous, closes at 2026-11-18T11:17:00Z"
    );
}
