//! What files say that do not say it in plain bytes, and the files that the program itself writes.

use std::io::Read as _;
use std::process::Command;

use anyhow::ensure;
use cairn_protocol::id::MapId;
use cairn_tests::server::{Folder, binary};
use flate2::read::DeflateDecoder;

use crate::answers::FORMATS;

/// What the parts of a workbook say, which are compressed within, the words of a PDF, or JSON without the white space that people read by.
pub(crate) fn unpacked(file: &[u8]) -> Vec<u8> {
    if let Ok(json) = serde_json::from_slice::<serde_json::Value>(file) {
        return json.to_string().into_bytes();
    }
    if file.starts_with(b"%PDF") {
        return words(file).into_bytes();
    }
    let mut inside = Vec::new();
    let parts = file
        .windows(4)
        .enumerate()
        .filter(|(_, start)| *start == b"PK\x03\x04");
    for (at, _) in parts {
        let field = |from: usize| {
            let two = file.get(at + from..at + from + 2);
            two.map_or(0, |two| usize::from(u16::from_le_bytes([two[0], two[1]])))
        };
        let body = file.get(at + 30 + field(26) + field(28)..);
        // What is there of it, also where the part is followed by others.
        let _ = DeflateDecoder::new(body.unwrap_or_default()).read_to_end(&mut inside);
    }
    inside
}

/// All that the pages of a PDF say, without white space: where a line breaks is nobody's words.
fn words(file: &[u8]) -> String {
    let document = lopdf::Document::load_mem(file).expect("a PDF that can be read");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).expect("a PDF of text");
    text.split_whitespace().collect()
}

/// What `cairn export` writes of a map in this folder, which no server has open.
pub(crate) fn exported(folder: &Folder, map: &MapId) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for format in FORMATS {
        let mut command = Command::new(binary()?);
        // Nothing of the surroundings may change what is tested.
        let settings = std::env::vars_os().map(|(name, _)| name);
        for name in settings.filter(|name| name.to_string_lossy().starts_with("CAIRN_")) {
            command.env_remove(name);
        }
        command.args(["export", map.as_str(), "--format", format, "--data"]);
        let written = command.arg(folder.data()).output()?;
        let said = String::from_utf8_lossy(&written.stderr).into_owned();
        ensure!(written.status.success(), "cairn export {format}: {said}");
        let place = format!("cairn export --format={format}");
        files.push((format!("inside {place}"), unpacked(&written.stdout)));
        files.push((place.clone(), written.stdout));
        files.push((format!("what {place} says"), written.stderr));
    }
    Ok(files)
}
