//! The web client's types, which are written from the Rust ones: one test for each file keeps it current.

use std::path::Path;

/// Asserts that a file of `client/web/src/wire/` holds these declarations, after writing it where `CAIRN_WRITE` is set. `head`
/// says what the types are and where they are from; `test` is the name that runs the one for this file.
#[track_caller]
pub(crate) fn assert_current(file: &str, head: &str, test: &str, declarations: &[String]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../client/web/src/wire")
        .join(file);
    let declarations: Vec<String> = declarations
        .iter()
        .map(|declaration| format!("export {declaration}\n"))
        .collect();
    let current = format!(
        "// {head} by its test; to write it anew:\n// CAIRN_WRITE=1 cargo test -p cairn-protocol {test}\n\n{}",
        declarations.join("\n")
    );
    if std::env::var_os("CAIRN_WRITE").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        written, current,
        "{file} is not current: see its first lines"
    );
}
