//! The samples: the flawed one yields what `crm-funnel.flawed.findings.md` worked out by hand, the healthy ones nothing.

use super::super::super::{SAMPLES, sample};
use super::*;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn health_the_flawed_sample_yields_what_was_worked_out_by_hand() {
    let map = JourneyMap::parse(sample("crm-funnel.flawed").unwrap()).unwrap();
    let all = "mql sql demo handoff closed-won onboarding-ticket upsell churn";
    // Rule and where, as in the table of crm-funnel.flawed.findings.md; a line for each finding.
    let expected = [
        ("PERSONA-1", &[""][..]),
        ("SCOPE-1", &[""]),
        ("SCOPE-2", &[""]),
        ("STAGES-1", &[all]),
        (
            "STAGES-2",
            &[
                "mql",
                "sql",
                "handoff",
                "closed-won",
                "onboarding-ticket",
                "upsell",
                "churn",
            ],
        ),
        ("STAGES-4", &["upsell"]),
        ("TOUCH-1", &["upsell", "churn"]),
        ("TOUCH-2", &["tp-booth", "tp-score", "tp-deck", "tp-portal"]),
        ("TOUCH-3", &[""]),
        (
            "GAP-1",
            &[
                "mql",
                "sql",
                "demo",
                "handoff",
                "closed-won",
                "onboarding-ticket",
                "churn",
            ],
        ),
        ("EMOTION-1", &["sql", "handoff", "upsell"]),
        ("PAIN-1", &["pa-context", "pa-tickets"]),
        ("PAIN-2", &["churn"]),
        ("ACTION-1", &["op-ai", "op-bundle"]),
        ("ACTION-2", &["op-tool"]),
        // Interactions, behaviour, experience, strategy: their lanes.
        ("EVIDENCE-1", &["tp", "ac", "em pa", "op"]),
        ("DETAIL-1", &["tp mql"]),
        ("DETAIL-2", &["ac-demo"]),
        ("REVIEW-1", &[""]),
        ("REVIEW-2", &[""]),
    ];
    let expected: Vec<(String, String)> = expected
        .iter()
        .flat_map(|(rule, places)| {
            places
                .iter()
                .map(|place| ((*rule).to_owned(), (*place).to_owned()))
        })
        .collect();
    // "Nothing here depends on today's date."
    for today in ["2026-05-04", "2026-11-16", "9999-12-31"] {
        let found: Vec<(String, String)> = health(&map, day(today))
            .into_iter()
            .map(|finding| (finding.rule.to_string(), finding.at.join(" ")))
            .collect();
        assert_eq!(found, expected, "{today}");
    }
}

#[test]
fn health_the_flawed_sample_is_told_in_its_own_numbers() {
    let map = JourneyMap::parse(sample("crm-funnel.flawed").unwrap()).unwrap();
    let said = |rule: Rule, part: &str| {
        let found = of(&map, rule);
        let says = |finding: &Finding| finding.message.contains(part);
        assert!(found.iter().any(says), "{rule}: {part:?} in {found:#?}");
    };
    said(Rule::Stages1, "8 stages");
    said(Rule::Scope2, "all segments");
    said(Rule::Evidence1, "0 % of all 38 cards");
    said(Rule::Detail1, "9 cards");
    said(
        Rule::Action1,
        "“AI everywhere” has no impact and no effort.",
    );
    said(
        Rule::Action1,
        "“Bundle with premium support” has no impact.",
    );
}

#[test]
fn health_the_healthy_samples_yield_nothing() {
    // Each on the day of its newest remark or review, when its authors last looked at it and left nothing open; and on the
    // last day before its next review is due.
    let days = [
        ("renting-a-flat.current", "2026-11-16", "2027-02-14"),
        ("renting-a-flat.future", "2026-11-20", "2027-01-19"),
        ("nurse-night-shift.day", "2026-11-02", "2027-05-01"),
        ("library-card.blueprint", "2026-11-12", "2027-03-10"),
    ];
    assert_eq!(
        days.len() + 1,
        SAMPLES.len(),
        "every sample but the flawed one"
    );
    for (name, looked_at, due) in days {
        let map = JourneyMap::parse(sample(name).unwrap()).unwrap();
        for today in [looked_at, due] {
            assert_eq!(health(&map, day(today)), [], "{name} on {today}");
        }
        let due = day(due);
        assert_eq!(map.review_due(), Some(due), "{name}");
        let late = health(&map, due.plus_days(1).unwrap());
        let rules: Vec<Rule> = late.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, [Rule::Review1], "{name} a day too late");
    }
}
