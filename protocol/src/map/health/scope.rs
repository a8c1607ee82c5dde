//! Whose journey, from where to where, for which decision: PERSONA-1, SCOPE-1, SCOPE-2.

use super::super::journey::Persona;
use super::board::Board;
use super::finding::{Act, Finding, Fix, MapField, Rule, Severity};
use super::joins;
use super::say::quoted;

fn is_primary(persona: &Persona) -> bool {
    persona.primary == Some(true)
}

fn named(persona: &Persona) -> String {
    quoted(&persona.name, "the unnamed persona")
}

/// No persona, or none primary.
pub(super) fn persona_1(board: &Board) -> Vec<Finding> {
    let personas = &board.map.personas;
    if personas.iter().any(is_primary) {
        return Vec::new();
    }
    let (message, fix) = match personas.first() {
        None => (
            "The map has no persona.",
            Fix::new("Add a persona", Act::AddPersona),
        ),
        Some(first) => (
            "No persona is the primary one.",
            Fix::new(
                format!("Make {} primary", named(first)),
                Act::MakePrimary {
                    persona: first.id.clone(),
                },
            ),
        ),
    };
    let why = "A map of “our customers” is too vague to act on: one person makes every card a question with an answer.";
    vec![Finding::new(Rule::Persona1, Severity::Problem, message, why).fix(fix)]
}

/// No scenario or no goal: one finding for each.
pub(super) fn scope_1(board: &Board) -> Vec<Finding> {
    let map = board.map;
    let fields = [
        (
            &map.scenario,
            MapField::Scenario,
            "The map does not say from where to where it goes.",
            "Write the scenario",
        ),
        (
            &map.goal,
            MapField::Goal,
            "The map does not say which decision it serves.",
            "Write the goal",
        ),
    ];
    let missing = fields
        .into_iter()
        .filter(|(text, ..)| text.trim().is_empty());
    let finding = |(_, field, message, label)| {
        let why = "A map needs one persona, one journey and one goal; without them nobody can say what belongs on it.";
        Finding::new(Rule::Scope1, Severity::Problem, message, why)
            .fix(Fix::new(label, Act::EditMap { field }))
    };
    missing.map(finding).collect()
}

/// More than one primary persona, or a scenario that joins several journeys: one finding for each.
pub(super) fn scope_2(board: &Board) -> Vec<Finding> {
    let why = "A map of everything drives nothing: each further journey halves the attention for the one that matters.";
    let mut findings = Vec::new();
    let primary: Vec<&Persona> = board
        .map
        .personas
        .iter()
        .filter(|one| is_primary(one))
        .collect();
    if let [first, .., last] = primary.as_slice() {
        let others = primary.len() - 1;
        let message = if others == 1 {
            format!("{} and {} are both primary.", named(first), named(last))
        } else {
            format!("{} and {others} others are all primary.", named(first))
        };
        let field = MapField::Personas;
        findings.push(
            Finding::new(Rule::Scope2, Severity::Problem, message, why)
                .fix(Fix::new("Choose one", Act::EditMap { field })),
        );
    }
    if let Some(joint) = joins::several_journeys(&board.map.scenario) {
        let message = format!(
            "The scenario joins several journeys: {}.",
            quoted(&joint, "it is a list")
        );
        let field = MapField::Scenario;
        findings.push(
            Finding::new(Rule::Scope2, Severity::Problem, message, why)
                .fix(Fix::new("Narrow the scenario", Act::EditMap { field })),
        );
    }
    findings
}
