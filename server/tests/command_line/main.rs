//! The `cairn` binary as people run it: exit codes, what it prints, and its stop (CONF-1, CLI-1, CLI-2, CLI-3).

#![expect(clippy::unwrap_used, reason = "a test: whatever fails, fails it")]

mod hooks;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

fn cairn(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairn"));
    command.env_clear().args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    cairn(arguments).output().unwrap()
}

#[track_caller]
fn ended_with(output: &Output, code: i32) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}\n{err}");
    (out, err)
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocol/samples/library-card.blueprint.json")
}

/// A server that is stopped with the test, and where it listens.
struct Serving {
    child: Child,
    url: String,
}

impl Serving {
    fn start(data: &str, more: &[&str]) -> Self {
        let mut command = cairn(&["serve", "--data", data]);
        command.args(more);
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        command
            .args(["--listen", "127.0.0.1:0", "--log-format", "json"])
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let url = loop {
            let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
            if line["message"].as_str().unwrap().starts_with("serving") {
                break format!("http://{}", line["listen"].as_str().unwrap());
            }
        };
        // Read on, so that the server never waits for its log.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url }
    }

    fn address(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    fn stop(mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &pid])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Nothing is left behind when an assertion fails.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn the_map(links: &str) -> String {
    let page = links
        .lines()
        .find_map(|line| line.trim().strip_prefix("map "))
        .unwrap();
    page.rsplit('/').next().unwrap().to_owned()
}

#[test]
fn conf_1_serve_refuses_a_public_address_without_a_host_key() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("never-made");
    let data = data.to_str().unwrap();
    let refused = run(&["serve", "--listen", "0.0.0.0:0", "--data", data]);
    let (_, err) = ended_with(&refused, 2);
    assert!(
        err.contains("host key") && err.contains("openssl rand"),
        "{err}"
    );
    assert!(!Path::new(data).exists(), "nothing was touched");
    let short = cairn(&["serve", "--listen", "0.0.0.0:0", "--data", data])
        .env("CAIRN_HOST_KEY", "short-secret")
        .output();
    let (_, err) = ended_with(&short.unwrap(), 2);
    assert!(err.contains("16") && !err.contains("short-secret"), "{err}");
}

#[test]
fn conf_4_open_is_switched_as_people_write_it_in_environments() {
    // A public address without a key ends each run before anything is served.
    let run = |value: &str| {
        let mut command = cairn(&["serve", "--listen", "0.0.0.0:0"]);
        let output = command.env("CAIRN_OPEN", value).output();
        ended_with(&output.unwrap(), 2).1
    };
    for value in ["1", "true", "yes", "on", "0", "false", "no", ""] {
        let error = run(value);
        assert!(
            error.contains("host key") && !error.contains("--open"),
            "{value:?}: {error}"
        );
    }
}

#[test]
fn cli_1_what_is_imported_is_exported_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let file = sample();
    let (links, _) = ended_with(&run(&["import", file.to_str().unwrap(), "--data", data]), 0);
    for role in ["facilitator", "participant", "observer"] {
        let link = links
            .lines()
            .find_map(|line| line.trim().strip_prefix(role))
            .unwrap();
        assert!(
            link.trim().starts_with("http://127.0.0.1:8080/join/"),
            "{link}"
        );
    }
    let map = the_map(&links);
    let export = run(&["export", &map, "--format", "json", "--data", data]);
    let (exported, _) = ended_with(&export, 0);
    let original = std::fs::read_to_string(&file).unwrap();
    let form = |text: &str| cairn_protocol::map::JourneyMap::parse(text).unwrap();
    assert_eq!(form(&exported), form(&original));
    let (verified, _) = ended_with(&run(&["verify", "--data", data]), 0);
    assert!(
        verified.starts_with("ok ") && verified.contains(&map),
        "{verified}"
    );
    let unknown = run(&["verify", "nosuchmap", "--data", data]);
    assert!(ended_with(&unknown, 1).0.starts_with("DAMAGED"));
    let late = run(&[
        "export", &map, "--format", "json", "--at", "99", "--data", data,
    ]);
    assert!(ended_with(&late, 1).1.contains("ends at record 5"));
}

#[test]
fn cli_6_a_file_is_read_as_its_name_or_the_format_says_and_what_is_left_out_is_told_beside_the_links()
 {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let table = "Stage,Card\nSearch,Compares\nApply,Waits\n";
    let outline = "# Renting\n## Search\n- [x] Compares\n";
    for (name, text, more, stages, note) in [
        ("map.csv", table, None, 2, None),
        ("map.md", outline, None, 1, Some("note: line 3: ")),
        // The name says nothing, or something else.
        ("table.txt", table, Some("csv"), 2, None),
        (
            "outline.csv",
            outline,
            Some("md"),
            1,
            Some("note: line 3: "),
        ),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let mut asked = vec!["import", file.to_str().unwrap(), "--data", data];
        asked.extend(more.iter().flat_map(|format| ["--format", format]));
        let (links, told) = ended_with(&run(&asked), 0);
        match note {
            None => assert_eq!(told, "", "{name}"),
            Some(note) => assert!(told.contains(note), "{name}: {told}"),
        }
        let map = the_map(&links);
        let read = run(&["export", &map, "--format", "json", "--data", data]);
        let read = cairn_protocol::map::JourneyMap::parse(&ended_with(&read, 0).0).unwrap();
        assert_eq!(read.stages.len(), stages, "{name}");
        std::fs::remove_dir_all(data).unwrap();
    }
    let file = folder.path().join("table.txt");
    let told = ended_with(&run(&["import", file.to_str().unwrap(), "--data", data]), 1).1;
    assert!(told.contains("not JSON"), "{told}");
    let sample = sample();
    let titled = run(&[
        "import",
        "--title",
        "T",
        sample.to_str().unwrap(),
        "--data",
        data,
    ]);
    let told = ended_with(&titled, 1).1;
    assert!(told.contains("says all of it itself"), "{told}");
}

#[test]
fn cli_1_a_key_or_token_in_the_environment_does_not_hinder_work_on_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let file = sample_named("library-card.blueprint.json");
    let imported = cairn(&["import", &file, "--data", data])
        .env("CAIRN_HOST_KEY", "a key of this test alone")
        .output()
        .unwrap();
    let map = the_map(&ended_with(&imported, 0).0);
    let exported = cairn(&["export", &map, "--format", "json", "--data", data])
        .env("CAIRN_TOKEN", "a token of this test alone")
        .output()
        .unwrap();
    ended_with(&exported, 0);
}

#[test]
fn cli_1_reading_makes_no_journal_and_a_broken_file_makes_no_map() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("none");
    let data = data.to_str().unwrap();
    for arguments in [
        &["verify", "--data", data][..],
        &["export", "m", "--format", "json", "--data", data],
    ] {
        assert!(ended_with(&run(arguments), 1).1.contains("no journal"));
    }
    let broken = folder.path().join("broken.json");
    std::fs::write(
        &broken,
        r#"{"format":"cairn.map/1","title":"x","kind":"sideways"}"#,
    )
    .unwrap();
    let import = run(&["import", broken.to_str().unwrap(), "--data", data]);
    assert!(ended_with(&import, 1).1.contains("kind"));
    assert!(!Path::new(data).exists(), "nothing was made");
}

#[test]
fn cli_1_a_running_server_is_asked_instead_of_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let serving = Serving::start(data, &["--host-key", "a key of this test alone"]);
    ended_with(&run(&["ping", "--listen", serving.address()]), 0);
    let file = sample();
    let file = file.to_str().unwrap();
    let locked = run(&["import", file, "--data", data]);
    assert!(ended_with(&locked, 1).1.contains("in use"));
    let keyless = run(&["import", file, "--url", &serving.url]);
    let (_, err) = ended_with(&keyless, 1);
    assert!(err.contains("401") && err.contains("host key"), "{err}");
    let imported = cairn(&["import", file, "--url", &serving.url])
        .env("CAIRN_HOST_KEY", "a key of this test alone")
        .output();
    let (links, _) = ended_with(&imported.unwrap(), 0);
    let map = the_map(&links);
    let export = cairn(&["export", &map, "--format", "json", "--url", &serving.url])
        .env("CAIRN_TOKEN", "a key of this test alone")
        .output();
    let (exported, _) = ended_with(&export.unwrap(), 0);
    assert!(cairn_protocol::map::JourneyMap::parse(&exported).is_ok());
    let link = links
        .lines()
        .find_map(|line| line.trim().strip_prefix("participant"))
        .unwrap();
    let simulated = run(&[
        "simulate",
        "--url",
        link.trim(),
        "--participants",
        "2",
        "--seconds",
        "1",
        "--json",
    ]);
    let report: Value = serde_json::from_str(&ended_with(&simulated, 0).0).unwrap();
    assert_eq!(report["joined"], 2, "{report}");
    let address = serving.address().to_owned();
    assert_eq!(serving.stop("-TERM"), Some(0));
    ended_with(&run(&["ping", "--listen", &address]), 1);
    ended_with(&run(&["verify", &map, "--data", data]), 0);
}

fn sample_named(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocol/samples");
    folder.join(name).to_str().unwrap().to_owned()
}

#[test]
fn cli_3_health_tells_problems_from_failure_by_its_exit_code() {
    let (flawed, healthy) = (
        sample_named("crm-funnel.flawed.json"),
        sample_named("renting-a-flat.current.json"),
    );
    let day = ["--today", "2026-11-16"];
    let (said, err) = ended_with(&run(&["health", &flawed, day[0], day[1]]), 3);
    assert!(
        said.contains("STAGES-2") && said.contains("“MQL”"),
        "{said}"
    );
    assert_eq!(err, "", "problems are no failure");
    let (said, _) = ended_with(&run(&["health", &healthy, day[0], day[1]]), 0);
    assert!(said.contains("nothing to point out"), "{said}");
    // Advice alone is no problem: nobody owns this one.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("owner.json");
    let text = std::fs::read_to_string(&healthy).unwrap();
    let ownerless = text.replace("\"owner\": \"Ana Ruiz\",\n  \"review\"", "\"review\"");
    assert_ne!(ownerless, text);
    std::fs::write(&file, ownerless).unwrap();
    let (said, _) = ended_with(&run(&["health", file.to_str().unwrap(), day[0], day[1]]), 0);
    assert!(
        said.contains("no problems, 1 piece of advice") && said.contains("REVIEW-2"),
        "{said}"
    );
    // Not read, not judged.
    std::fs::write(&file, "{}").unwrap();
    let unread = run(&["health", file.to_str().unwrap()]);
    assert!(ended_with(&unread, 1).1.contains("format: is required"));
    let missing = run(&["health", "nowhere.json"]);
    assert!(
        ended_with(&missing, 1)
            .1
            .contains("nowhere.json cannot be read")
    );
    let data = folder.path().join("none");
    let neither = run(&["health", "nowhere", "--data", data.to_str().unwrap()]);
    let (_, err) = ended_with(&neither, 1);
    assert!(
        err.contains("no file nowhere") && err.contains("no journal"),
        "{err}"
    );
    assert!(!data.exists(), "nothing was made");
    let misused = run(&["health", &healthy, "--today", "2026-02-30"]);
    assert!(ended_with(&misused, 2).1.contains("calendar"));
}

#[test]
fn cli_3_health_is_the_same_from_a_file_standard_input_a_folder_and_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let file = sample_named("crm-funnel.flawed.json");
    let (links, _) = ended_with(&run(&["import", &file, "--data", data]), 0);
    let map = the_map(&links);
    let judge = |arguments: &[&str]| {
        let mut command = cairn(&["health", "--json", "--today", "2026-11-16"]);
        let output = command
            .args(arguments)
            .env("CAIRN_TOKEN", "a key of this test alone")
            .stdin(std::fs::File::open(&file).unwrap())
            .output();
        let (json, _) = ended_with(&output.unwrap(), 3);
        serde_json::from_str::<Value>(&json).unwrap()
    };
    let from_file = judge(&[&file]);
    assert_eq!(from_file["today"], "2026-11-16");
    assert_eq!(from_file["seq"], Value::Null);
    let findings = &from_file["findings"];
    assert_eq!(findings[0]["rule"], "PERSONA-1");
    assert_eq!(&judge(&["-"])["findings"], findings);
    let from_folder = judge(&[&map, "--data", data]);
    assert_eq!(
        (&from_folder["seq"], &from_folder["findings"]),
        (&Value::from(5), findings)
    );
    let serving = Serving::start(data, &["--host-key", "a key of this test alone"]);
    assert_eq!(judge(&[&map, "--url", &serving.url]), from_folder);
    let nobody = run(&["health", &map, "--url", &serving.url]);
    assert!(ended_with(&nobody, 1).1.contains("401"));
    assert_eq!(serving.stop("-TERM"), Some(0));
}

#[test]
fn cli_2_serve_ends_well_on_either_signal_and_leaves_its_data_clean() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    for signal in ["-TERM", "-INT"] {
        let serving = Serving::start(data, &[]);
        let file = sample();
        ended_with(
            &run(&["import", file.to_str().unwrap(), "--url", &serving.url]),
            0,
        );
        assert_eq!(serving.stop(signal), Some(0), "{signal}");
    }
    let (verified, err) = ended_with(&run(&["verify", "--data", data]), 0);
    assert_eq!(verified.lines().count(), 2, "{verified}");
    assert!(!err.contains("unclean"), "{err}");
}

#[test]
fn cli_5_a_round_is_opened_watched_and_closed_from_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let serving = Serving::start(data, &[]);
    let url = serving.url.clone();
    let imported = run(&[
        "import",
        &sample_named("renting-a-flat.current.json"),
        "--url",
        &url,
    ]);
    let map = the_map(&ended_with(&imported, 0).0);
    let round = |arguments: &[&str]| {
        let mut all = vec!["round"];
        all.extend(arguments);
        all.extend(["--url", &url]);
        cairn(&all)
    };
    let none = round(&["watch", &map]).output().unwrap();
    assert!(ended_with(&none, 1).1.contains("no round is open"));
    let question = ["--question", "What first?"];
    let many = round(&["open", &map, question[0], question[1], "--dots", "100"]).output();
    assert!(ended_with(&many.unwrap(), 1).1.contains("1 to 99 dots"));

    let nobody = round(&["open", &map, question[0], question[1], "--role", "boss"]).output();
    assert!(ended_with(&nobody.unwrap(), 2).1.contains("facilitator"));

    let opened = round(&["open", &map, question[0], question[1], "--named"])
        .args(["--role", "observer", "--role", "participant"])
        .output();
    let (said, _) = ended_with(&opened.unwrap(), 0);
    assert!(said.starts_with("round 1 is open: "), "{said}");
    assert!(
        said.contains("5 dots each, secret until closed, with names"),
        "{said}"
    );
    let mut watching = round(&["watch", &map, "1"]);
    let watching = watching
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let closed = round(&["close", &map]).output().unwrap();
    let (result, _) = ended_with(&closed, 0);
    assert!(
        result.starts_with("round 1, closed: “What first?”\n"),
        "{result}"
    );
    let (watched, _) = ended_with(&watching.wait_with_output().unwrap(), 0);
    assert_eq!(watched, result);
    let again = round(&["watch", &map, "1", "--json"]).output().unwrap();
    let json: Value = serde_json::from_str(&ended_with(&again, 0).0).unwrap();
    assert_eq!(
        (&json["state"], &json["ballots"]),
        (&"closed".into(), &Value::Array(vec![]))
    );
    assert_eq!(
        json["setup"]["roles"],
        serde_json::json!(["observer", "participant"])
    );
    let twice = round(&["close", &map, "1"]).output().unwrap();
    assert!(ended_with(&twice, 1).1.contains("over already"));
    assert_eq!(serving.stop("-TERM"), Some(0));
    ended_with(&run(&["verify", &map, "--data", data]), 0);
}

#[test]
fn archive_5_a_map_is_archived_verified_and_opened_where_there_is_no_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, file) = (path("data"), path("taken.cairn"));
    let sample = sample();
    let imported = run(&["import", sample.to_str().unwrap(), "--data", &data]);
    let map = the_map(&ended_with(&imported, 0).0);
    let archived = run(&["archive", &map, "--to", &file, "--data", &data]);
    let (told, _) = ended_with(&archived, 0);
    let hash = told.split_whitespace().last().unwrap();
    let again = run(&["archive", &map, "--to", &file, "--data", &data]);
    let (_, error) = ended_with(&again, 1);
    assert!(error.contains("is there already"), "{error}");

    let before = run(&["export", &map, "--format", "json", "--data", &data]);
    let expected: Value = serde_json::from_str(&ended_with(&before, 0).0).unwrap();

    // From here on, without the data folder.
    std::fs::remove_dir_all(&data).unwrap();
    let (verified, _) = ended_with(&run(&["verify", &file]), 0);
    assert!(
        verified.starts_with("ok ") && verified.contains(hash),
        "{verified}"
    );
    let mut command = cairn(&["open", &file]);
    command.current_dir(folder.path());
    let serving = Serving::of(command);
    let exported = run(&["export", &map, "--format", "json", "--url", &serving.url]);
    let exported: Value = serde_json::from_str(&ended_with(&exported, 0).0).unwrap();
    assert_eq!(exported, expected);
    let refused = run(&["import", sample.to_str().unwrap(), "--url", &serving.url]);
    let (_, error) = ended_with(&refused, 1);
    assert!(error.contains("archive"), "{error}");
    assert_eq!(serving.stop("-TERM"), Some(0));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing but the file: {left:?}");

    let mut bytes = std::fs::read(&file).unwrap();
    let second = bytes
        .windows(4)
        .position(|four| four == b"\x01\xa5\x00\x02")
        .unwrap();
    bytes[second + 40] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let (verified, _) = ended_with(&run(&["verify", &file]), 1);
    assert!(
        verified.starts_with("DAMAGED") && verified.contains("record 2:"),
        "{verified}"
    );
    let (_, error) = ended_with(&run(&["open", &file]), 1);
    assert!(
        error.contains("nothing was opened") && error.contains("record 2:"),
        "{error}"
    );
    let (_, error) = ended_with(&run(&["open", &file, "--listen", "0.0.0.0:0"]), 2);
    assert!(error.contains("loopback"), "{error}");
}

#[test]
fn cli_7_a_person_is_forgotten_and_a_map_deleted_with_yes_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let serving = Serving::start(data, &[]);
    let url = serving.url.clone();
    let file = sample();
    let imported = run(&["import", file.to_str().unwrap(), "--url", &url]);
    let (links, _) = ended_with(&imported, 0);
    let map = the_map(&links);
    let link = links
        .lines()
        .find_map(|line| line.trim().strip_prefix("participant"));
    let crowd = ["--participants", "2", "--seconds", "1"];
    let simulated = ["simulate", "--url", link.unwrap().trim()];
    ended_with(&run(&[&simulated[..], &crowd].concat()), 0);

    let forget = |more: &[&str]| run(&[&["forget", &map, "--url", &url], more].concat());
    let nobody = forget(&["--person", "Nobody of this name", "--yes"]);
    assert!(ended_with(&nobody, 1).1.contains("nobody in this map"));
    let (_, unconfirmed) = ended_with(&forget(&["--person", "p1"]), 1);
    assert!(unconfirmed.contains("(p1)") && unconfirmed.contains("--yes"));
    let (erased, _) = ended_with(&forget(&["--person", "p1", "--yes"]), 0);
    assert!(
        erased.starts_with(&format!("p1 erased from map {map}  ")),
        "{erased}"
    );
    let (again, _) = ended_with(&forget(&["--person", "p1", "--yes"]), 0);
    assert!(again.starts_with("nothing of p1 was left"), "{again}");

    let other = run(&["import", file.to_str().unwrap(), "--url", &url]);
    let other = the_map(&ended_with(&other, 0).0);
    let delete = |more: &[&str]| run(&[&["delete", &other, "--url", &url], more].concat());
    assert!(ended_with(&delete(&[]), 1).1.contains("--yes"));
    ended_with(&delete(&["--yes"]), 0);
    assert!(ended_with(&delete(&["--yes"]), 1).1.contains("404"));
    assert_eq!(serving.stop("-TERM"), Some(0));

    // As it stands, and as the next start has copied it.
    for _ in 0..2 {
        let (verified, _) = ended_with(&run(&["verify", "--data", data]), 0);
        let said: Vec<&str> = verified.lines().collect();
        assert_eq!(said.len(), 2, "{verified}");
        assert!(
            said[0].starts_with(&format!("ok       {map}")),
            "{verified}"
        );
        assert!(said[1].contains("p1 was erased"), "{verified}");
        assert_eq!(Serving::start(data, &[]).stop("-TERM"), Some(0));
    }
}
