//! The JSON of findings, and the web client's types, which are written from the Rust ones.

use super::super::{Act, CardField, Fix, Health, MapField};
use super::*;
use ts_rs::{Config, TS};

const WRITTEN: &str = "../client/web/src/wire/health.ts";

fn declarations() -> String {
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
    let mut text = String::from(
        "// What `GET /api/maps/{id}/health` answers. Written from protocol/src/map/health/finding.rs by its test; to write it\n\
         // anew: CAIRN_WRITE=1 cargo test -p cairn-protocol health_5\n\n",
    );
    for declaration in declarations {
        text.push_str("export ");
        text.push_str(&declaration);
        text.push_str("\n\n");
    }
    text.truncate(text.len() - 1);
    text
}

#[test]
fn health_5_the_web_clients_types_are_those_of_the_findings() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(WRITTEN);
    let current = declarations();
    if std::env::var_os("CAIRN_WRITE").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        written, current,
        "{WRITTEN} is not current: see its first lines"
    );
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
