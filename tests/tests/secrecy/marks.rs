//! What is looked for: ballots, totals, feelings and words that stand out, as JSON and as the journal's CBOR would write them.

use std::fmt::Write as _;

/// The card that is voted for.
pub(crate) const CARD: &str = "a-card-that-stands-out";
/// The stage that is felt about.
pub(crate) const STAGE: &str = "a-stage-that-stands-out";

/// Bytes that give something away.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) what: String,
    pub(crate) bytes: Vec<u8>,
}

/// What nobody but its owner may be told yet; a total has none.
#[derive(Clone, Debug)]
pub(crate) struct Secret {
    pub(crate) owner: Option<&'static str>,
    pub(crate) marks: Vec<Mark>,
}

/// `{card: dots}`.
pub(crate) fn ballot(owner: &'static str, dots: u8) -> Secret {
    // Above 23 a small number is 0x18 and itself.
    let cbor = [text_in_cbor(CARD), vec![0x18, dots]].concat();
    // A dot may be kept with the number of its record, in a list.
    let listed = [text_in_cbor(CARD), vec![0x82, 0x18, dots]].concat();
    let mapped = [text_in_cbor(CARD), vec![0xa2, 0x00, 0x18, dots]].concat();
    let what = format!("the ballot of {owner}");
    Secret {
        owner: Some(owner),
        marks: [
            format!("\"{CARD}\":{dots}").into_bytes(),
            cbor,
            listed,
            mapped,
        ]
        .map(|bytes| Mark {
            what: what.clone(),
            bytes,
        })
        .to_vec(),
    }
}

/// All dots on the card, as a result tells them: in JSON, in words, in the tables of Markdown, CSV and XLSX.
pub(crate) fn tally(dots: u32) -> Secret {
    let mut marks = told_total(dots);
    let tables = [
        format!("{dots} dots"),
        format!("{dots}dots"),
        format!("| {dots} |"),
        format!(",{dots},"),
        format!("<v>{dots}</v>"),
    ];
    marks.extend(tables.map(|text| mark("the total", &text)));
    Secret { owner: None, marks }
}

/// As everyone is told it on the workshop channel.
pub(crate) fn told_total(dots: u32) -> Vec<Mark> {
    vec![mark("the total", &format!("\"dots\":{dots}"))]
}

/// `{stage: score}`, the score in halves.
pub(crate) fn feeling(owner: &'static str, halves: i8) -> Secret {
    let negative = u8::try_from(-1 - halves).expect("a bad feeling");
    let what = format!("the feeling of {owner}");
    let cbor =
        |before: &[u8]| [text_in_cbor(STAGE), before.to_vec(), vec![0x20 + negative]].concat();
    // A number as JSON has it here: an integral one without a fraction (MAP-6).
    let json = format!("\"{STAGE}\":{}", f64::from(halves) / 2.0).into_bytes();
    Secret {
        owner: Some(owner),
        marks: [json, cbor(&[]), cbor(&[0x82]), cbor(&[0xa2, 0x00])]
            .map(|bytes| Mark {
                what: what.clone(),
                bytes,
            })
            .to_vec(),
    }
}

/// Every point of a stage, unnamed, and what files say of them.
pub(crate) fn feelings_of_all() -> Secret {
    let mut marks = told_feelings();
    let words = [
        "−1.5, +2, +2",
        "answers from",
        "answersfrom",
        "opposed",
        "Widest disagreement",
    ];
    marks.extend(words.map(|text| mark("everyone's feelings", text)));
    Secret { owner: None, marks }
}

/// As everyone is told it on the workshop channel.
pub(crate) fn told_feelings() -> Vec<Mark> {
    vec![mark("everyone's feelings", "\"points\":[-1.5,2,2]")]
}

/// Words.
pub(crate) fn words(owner: &'static str, words: &[&str]) -> Secret {
    let what = format!("the words of {owner}");
    Secret {
        owner: Some(owner),
        marks: words.iter().map(|text| mark(&what, text)).collect(),
    }
}

fn mark(what: &str, text: &str) -> Mark {
    Mark {
        what: what.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn text_in_cbor(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).expect("a short text");
    assert!(length < 24, "a text of this length begins with one byte");
    [&[0x60 + length], text.as_bytes()].concat()
}

/// Whether these bytes lie in those.
pub(crate) fn holds(all: &[u8], mark: &[u8]) -> bool {
    all.windows(mark.len()).any(|window| window == mark)
}

/// As two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("writing to a String cannot fail");
        digits
    })
}
