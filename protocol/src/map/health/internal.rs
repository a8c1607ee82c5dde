//! Whether a stage is named for the organisation's process: the judgement of STAGES-2, explained in docs/health.md.
//!
//! Most words of an organisation are also somebody's own: a ticket leads to Rome, a nurse is qualified, a barn is
//! converted. So each word is asked only as much as it can prove: some prove it anywhere, some when they are the whole
//! name, some in company of another such word, some only as a series over several stages. What speaks in the first person
//! is the customer's, and so is a word that the map's own subject explains.

// One word a line would bury the lists: they are kept as paragraphs.
#[rustfmt::skip]
mod lists;
#[cfg(test)]
mod tests;

use super::super::journey::JourneyMap;
use super::words::{Word, Words};
use lists::{
    ALONE, ANYWHERE, ARTICLES, COMPANY, EXPLAINED, FRAME, FUNNEL, FUNNEL_FOLLOWS, FUNNEL_SHARES,
    LEANING, ONESELF, ORGANISING, PROCESSES, SUBJECTS,
};

/// Whose process a stage's name speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tell {
    /// In words that go on "is named for …".
    pub(super) process: &'static str,
}

/// Stages that prove the process by themselves, from which on the map is an insider's: its other stages then explain
/// nothing as a customer's word.
const INSIDERS: usize = 2;

/// The stages whose names give a process away, by their places, in order.
pub(super) fn tells(map: &JourneyMap) -> Vec<(usize, Tell)> {
    let titles: Vec<Words> = map
        .stages
        .iter()
        .map(|stage| Words::of_title(&stage.title))
        .collect();
    let subject = [Words::of_title(&map.title), Words::of(&map.scenario)];
    let texts = || titles.iter().chain(&subject);
    let by_map: Vec<bool> = EXPLAINED
        .iter()
        .map(|(_, words)| texts().any(|text| text.has(words)))
        .collect();
    let explained_by_map = |term: &str| {
        let mut lists = EXPLAINED.iter().zip(&by_map);
        lists.any(|((terms, _), explains)| *explains && terms.contains(&term))
    };
    let certain = titles
        .iter()
        .filter(|title| anywhere(title, &explained_by_map).is_some());
    let is_insiders = certain.count() >= INSIDERS;
    let is_funnel = is_funnel(&titles);
    let tell = |(place, title): (usize, &Words)| {
        let own = map.stages.get(place)?;
        if speaks_of_oneself(title, &own.title) {
            return None;
        }
        let description = Words::of(&own.description);
        let explained = |term: &str| {
            if !is_insiders && explained_by_map(term) {
                return true;
            }
            let mut lists = EXPLAINED.iter().filter(|(terms, _)| terms.contains(&term));
            lists.any(|(_, words)| title.has(words) || description.has(words))
        };
        let process = anywhere(title, &explained)
            .or_else(|| alone(title, &explained))
            .or_else(|| of_the_customer(title))
            .or_else(|| in_company(title, &explained))
            .or_else(|| (is_funnel && is_funnel_word(title)).then_some(lists::MARKETING))?;
        Some((place, Tell { process }))
    };
    titles.iter().enumerate().filter_map(tell).collect()
}

/// "My ticket to Rome", "“Is anybody there?”": the customer's own sentence, whatever words it uses.
fn speaks_of_oneself(title: &Words, text: &str) -> bool {
    title.has(ONESELF) || text.trim_start().starts_with(['"', '“', '„', '«', '‘'])
}

/// Words that prove it wherever they stand.
fn anywhere(title: &Words, explained: &impl Fn(&str) -> bool) -> Option<&'static str> {
    let mut lists = ANYWHERE.iter();
    lists.find_map(|(process, phrases)| {
        let mut phrases = phrases.iter();
        phrases
            .any(|phrase| title.contains(phrase) && !explained(phrase))
            .then_some(*process)
    })
}

/// Words that prove it when they are the whole name, or a whole part of it ("Stage 1: lead"); where "and" joins two, both
/// have to ("leads and prospects", but "leads and cables").
fn alone(title: &Words, explained: &impl Fn(&str) -> bool) -> Option<&'static str> {
    let is_and = |word: &Word| matches!(word.as_str(), "and" | "or");
    let process_of = |name: &[Word]| {
        let named = || name.iter().filter(|word| !is_frame(title, word));
        let mut lists = ALONE.iter();
        lists.find_map(|(process, phrases)| {
            let mut phrases = phrases.iter();
            phrases
                .any(|phrase| title.matches(named(), phrase) && !explained(phrase))
                .then_some(*process)
        })
    };
    title.parts().find_map(|part| {
        let processes: Option<Vec<_>> = part.split(is_and).map(process_of).collect();
        processes?.first().copied()
    })
}

/// "Stage 2", "new": says nothing about what is named.
fn is_frame(title: &Words, word: &Word) -> bool {
    word.is_number() || title.listed(word, FRAME)
}

/// "Customer onboarding", "tenant screening": nobody calls themselves a customer; whoever does something to one is inside.
fn of_the_customer(title: &Words) -> Option<&'static str> {
    title.all().windows(2).find_map(|pair| {
        let [subject, process] = pair else {
            return None;
        };
        let mut lists = PROCESSES.iter().filter(|_| title.listed(subject, SUBJECTS));
        let found = lists.find(|(_, processes)| title.listed(process, processes));
        found.map(|(process, _)| *process)
    })
}

/// Words that lean to the inside and prove it beside another such word ("onboarding ticket"), or as what an organisation
/// does something to ("qualify the lead"). An article makes a sentence of it, and sentences are the customer's.
fn in_company(title: &Words, explained: &impl Fn(&str) -> bool) -> Option<&'static str> {
    let words = title.all();
    let others = |place: usize| {
        let others = words.iter().enumerate();
        others
            .filter(move |(other, _)| *other != place)
            .map(|(_, word)| word)
    };
    let leans = |word: &Word| {
        let mut lists = LEANING.iter();
        lists.find_map(|(process, terms)| {
            let term = terms.iter().find(|term| title.listed(word, &[term]))?;
            (!explained(term)).then_some(*process)
        })
    };
    let is_sentence = title.has(ARTICLES);
    words.iter().enumerate().find_map(|(place, word)| {
        let process = leans(word)?;
        let organised = others(place).any(|other| title.listed(other, ORGANISING));
        let accompanied =
            others(place).any(|other| title.listed(other, COMPANY) || leans(other).is_some());
        (organised || (accompanied && !is_sentence)).then_some(process)
    })
}

fn is_funnel_word(title: &Words) -> bool {
    is_any_of(title, FUNNEL) || is_any_of(title, FUNNEL_FOLLOWS)
}

/// Whether the stages together are a funnel's: two words that are hardly anything else, and a third that goes with them.
fn is_funnel(titles: &[Words]) -> bool {
    let count = |list| titles.iter().filter(|title| is_any_of(title, list)).count();
    let sure = count(FUNNEL);
    sure >= 2 && sure + count(FUNNEL_FOLLOWS) + count(FUNNEL_SHARES) >= 3
}

fn is_any_of(title: &Words, list: &[&str]) -> bool {
    let named = || title.all().iter().filter(|word| !is_frame(title, word));
    list.iter().any(|word| title.matches(named(), word))
}
