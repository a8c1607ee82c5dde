//! HOOK-1: a webhook as it is set up on the command line.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;

use serde_json::Value;

use super::{Serving, cairn, ended_with, run, sample, the_map};

/// Takes whatever is sent to a webhook: each request's head and body.
fn receiver() -> (String, mpsc::Receiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (told, hears) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                assert_ne!(reader.read_line(&mut head).unwrap(), 0, "{head}");
            }
            let head = head.to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .unwrap();
            let mut body = vec![0; length.parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let answer = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
            reader.get_mut().write_all(answer.as_bytes()).unwrap();
            if told
                .send((head, serde_json::from_slice(&body).unwrap()))
                .is_err()
            {
                return;
            }
        }
    });
    (url, hears)
}

#[test]
fn hook_1_a_server_told_of_a_webhook_tells_it_of_reviews_that_are_due_and_of_versions() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let file = folder.path().join("overdue.json");
    let mut map: Value = serde_json::from_slice(&std::fs::read(sample()).unwrap()).unwrap();
    map["review"] = serde_json::json!({"everyDays": 30, "lastReviewed": "2020-01-01"});
    std::fs::write(&file, map.to_string()).unwrap();
    let imported = run(&["import", file.to_str().unwrap(), "--data", data]);
    let map = the_map(&ended_with(&imported, 0).0);

    let (hook, hears) = receiver();
    let secret = "whsec_dGhpcnR5LXR3by1ieXRlcy1vZi1hLXRlc3Qtc2VjcmV0";
    let mut command = cairn(&["serve", "--data", data]);
    command.env("CAIRN_WEBHOOK_URL", hook);
    command.env("CAIRN_WEBHOOK_SECRET", secret);
    let serving = Serving::of(command);
    let wait = std::time::Duration::from_mins(1);
    let (head, due) = hears.recv_timeout(wait).unwrap();
    assert!(head.starts_with("post /hook "), "{head}");
    assert!(head.contains("\nwebhook-signature: v1,"), "{head}");
    assert_eq!(due["type"], "review.due");
    assert_eq!(due["data"]["map"], map.as_str());

    let save = serde_json::json!({"command": {"saveVersion": {"name": "As found"}}});
    let url = format!("{}/api/maps/{map}/commands", serving.url);
    let done = ureq::post(url).send_json(save).unwrap();
    assert_eq!(done.status(), 200);
    let (_, saved) = hears.recv_timeout(wait).unwrap();
    assert_eq!(saved["type"], "version.saved");
    assert_eq!(saved["data"]["name"], "As found");
    assert_eq!(serving.stop("-TERM"), Some(0));
}
