//! Watches the built web client, so that a release build embeds the newest one. A missing folder is made: cargo takes a
//! path that is not there for one that always changes.

fn main() {
    let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../client/web/dist");
    if let Err(error) = std::fs::create_dir_all(dist) {
        println!("cargo::warning=the folder of the web client cannot be made: {error}");
    }
    println!("cargo::rerun-if-changed={dist}");
}
