//! The JSON of findings, and the web client's types, which are written from the Rust ones.

use super::super::{Act, CardField, Fix, Health, MapField};
use super::*;
use crate::typescript::assert_current;
use ts_rs::{Config, TS};

#[test]
fn health_5_the_web_clients_types_are_those_of_the_findings() {
    let config = Config::default();
    let declarations = [
        Rule::decl(&config),
        Severity::decl(&config),
        MapField::decl(&config),
        CardField::decl(&config),
        Act::decl(&config),
        Fix::decl(&config),
        Finding::decl(&config),
        Health::decl(&config),
    ];
    let head =
        "What `GET /api/maps/{id}/health` answers. Written from protocol/src/map/health/finding.rs";
    assert_current("health.ts", head, "health_5", &declarations);
}

/// Every rule has its row in the docs, with the severities it can have.
#[test]
fn health_every_rule_is_explained() {
    let docs = include_str!("../../../../../docs/health.md");
    let table = include_str!("../../../../SPEC.md");
    for rule in Rule::ALL {
        let row = docs
            .lines()
            .find(|line| line.starts_with(&format!("| {rule} |")));
        let row = row.unwrap_or_else(|| panic!("{rule} has no row"));
        assert_eq!(row.matches('|').count(), 7, "{row}");
    }
    let mut flawed = health(&changed(|_| ()), TODAY);
    let sample = super::super::super::sample("crm-funnel.flawed").unwrap();
    flawed.extend(health(&JourneyMap::parse(sample).unwrap(), TODAY));
    for finding in flawed {
        let row = docs
            .lines()
            .find(|line| line.starts_with(&format!("| {} |", finding.rule)));
        let severity = row.unwrap().split('|').nth(4).unwrap();
        assert!(
            severity.contains(finding.severity.as_str()),
            "{}",
            finding.rule
        );
    }
    for id in 1..=6 {
        assert!(table.contains(&format!("**HEALTH-{id}**")), "HEALTH-{id}");
    }
}

#[test]
fn health_5_findings_have_the_documented_form() {
    let map = with(&[("/cards/11/addresses", json!([]))]);
    let health = Health {
        today: TODAY,
        seq: Some(7),
        findings: health(&map, TODAY),
    };
    let form = json!({
        "today": "2026-11-16",
        "seq": 7,
        "findings": [{
            "rule": "PAIN-1",
            "severity": "advice",
            "at": ["p3"],
            "message": "No opportunity addresses “No word for nine days”.",
            "why": "A pain without an answer will be there again at the next review.",
            "fix": {
                "label": "Add an opportunity", "do": "addOpportunity",
                "lane": "o", "stage": "waits", "addresses": ["p3"],
            },
        }],
    });
    assert_eq!(serde_json::to_value(&health).unwrap(), form);
    assert_eq!(serde_json::from_value::<Health>(form).unwrap(), health);
    assert!(!health.has_problems());
    let plain = json!({"today": "2026-11-16", "findings": []});
    let file: Health = serde_json::from_value(plain.clone()).unwrap();
    assert_eq!(serde_json::to_value(file).unwrap(), plain);
}

#[test]
fn health_5_every_act_has_its_form() {
    let id = || "x1".to_owned();
    for (act, form) in [
        (Act::AddPersona, json!({"do": "addPersona"})),
        (
            Act::MakePrimary { persona: id() },
            json!({"do": "makePrimary", "persona": "x1"}),
        ),
        (
            Act::AddLane {
                kind: super::super::super::LaneKind::Opportunity,
            },
            json!({"do": "addLane", "kind": "opportunity"}),
        ),
        (
            Act::AddCard {
                lane: id(),
                stage: id(),
            },
            json!({"do": "addCard", "lane": "x1", "stage": "x1"}),
        ),
        (
            Act::EditCard {
                card: id(),
                field: CardField::Channel,
            },
            json!({"do": "editCard", "card": "x1", "field": "channel"}),
        ),
        (
            Act::EditStage { stage: id() },
            json!({"do": "editStage", "stage": "x1"}),
        ),
        (
            Act::EditMap {
                field: MapField::CurrentState,
            },
            json!({"do": "editMap", "field": "currentState"}),
        ),
        (Act::MarkReviewed, json!({"do": "markReviewed"})),
    ] {
        assert_eq!(serde_json::to_value(&act).unwrap(), form);
        assert_eq!(serde_json::from_value::<Act>(form).unwrap(), act);
    }
}
