//! The fake server on a TCP port: its sockets, and canned answers to POST requests.

#![expect(clippy::unwrap_used, reason = "a test ends where it fails")]

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::FakeServer;

/// A request that came.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Posted {
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: serde_json::Value,
}

/// A server on 127.0.0.1.
pub(crate) struct Listening {
    pub(crate) address: Url,
    posted: Arc<Mutex<Vec<Posted>>>,
}

impl Listening {
    /// Serves sockets, and answers the posts one after the other with these, the last one again and
    /// again: status and body.
    pub(crate) async fn new(server: FakeServer, answers: Vec<(u16, String)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        let posted = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&posted);
        let answers = Arc::new(answers);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (log, answers) = (Arc::clone(&log), Arc::clone(&answers));
                tokio::spawn(serve(server.clone(), stream, log, answers));
            }
        });
        Self { address, posted }
    }

    /// An invite link to it.
    pub(crate) fn invite(&self) -> Url {
        self.address.join("/join/m1#s3cret").unwrap()
    }

    pub(crate) fn posted(&self) -> Vec<Posted> {
        self.posted.lock().unwrap().clone()
    }
}

async fn serve(
    server: FakeServer,
    mut stream: TcpStream,
    log: Arc<Mutex<Vec<Posted>>>,
    answers: Arc<Vec<(u16, String)>>,
) {
    let mut first = [0];
    stream.peek(&mut first).await.unwrap();
    if first == *b"G" {
        return server.serve(stream).await;
    }
    let mut read = Vec::new();
    loop {
        if stream.read_buf(&mut read).await.unwrap() == 0 {
            return;
        }
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let header = |name: &str| {
            head.lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(own, _)| own.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.trim().to_owned())
        };
        let length: usize = header("content-length").map_or(0, |length| length.parse().unwrap());
        if body.len() < length {
            continue;
        }
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let body = serde_json::from_str(body).unwrap();
        let number = {
            let mut log = log.lock().unwrap();
            log.push(Posted {
                path,
                authorization: header("authorization"),
                body,
            });
            log.len() - 1
        };
        let (status, answer) = answers.get(number).or(answers.last()).unwrap();
        let answer = format!(
            "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
             connection: close\r\n\r\n{answer}",
            answer.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
        return;
    }
}
