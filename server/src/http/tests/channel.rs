//! The table of commands over sockets: on the workshop channel each is answered to each caller as it is by HTTP, and whoever is outside
//! gets no socket to ask on (ROLE-3, ROLE-4, ROLE-8).

use axum::response::IntoResponse as _;
use cairn_protocol::channel::ServerMessage;
use cairn_protocol::fold::Refusal;
use cairn_protocol::frame::{Frame, encode_workshop};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::commands::{CALLERS, TABLE, Workshop, example, workshop};
use super::listener::Listening;
use super::{KEY, roles, server};
use crate::http::problem::Problem;

/// Somebody's socket.
struct Channel(WebSocketStream<TcpStream>);

impl Channel {
    async fn open(listening: &Listening, map: &Workshop, caller: &str) -> Self {
        let (head, stream) = listening.socket(map, Some(&map.tokens[caller])).await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{caller}: {head}");
        Self(WebSocketStream::from_raw_socket(stream, Role::Client, None).await)
    }

    /// What a command is answered: with what HTTP would say it, and the refusal.
    async fn asks(&mut self, command: &Value) -> (u16, Option<Refusal>) {
        let message = json!({ "command": command, "request": "r" }).to_string();
        let message = Message::Binary(encode_workshop(&message));
        self.0.send(message).await.unwrap();
        loop {
            let next = self.0.next().await.expect("the socket stays open").unwrap();
            let Message::Binary(bytes) = next else {
                continue;
            };
            let Ok(Frame::Workshop(json)) = Frame::decode_from_server(&bytes) else {
                continue;
            };
            match serde_json::from_str(&json).unwrap() {
                ServerMessage::Done { done, .. } if done == "r" => return (200, None),
                ServerMessage::Refused { refused, why, rule } if refused == "r" => {
                    let refusal = Refusal { rule, why };
                    let problem = Problem::from(refusal.clone()).into_response();
                    return (problem.status().as_u16(), Some(refusal));
                }
                _ => {}
            }
        }
    }
}

impl Listening {
    /// Asks for a socket with a token, or with the host's key where it belongs.
    async fn socket(&self, map: &Workshop, token: Option<&str>) -> (String, TcpStream) {
        let bare = format!("/sync/{}", map.id);
        match token {
            None => self.upgrade(&bare, &[]).await,
            Some(key) if key.contains(' ') => {
                let bearer = format!("Bearer {key}");
                self.upgrade(&bare, &[("Authorization", &bearer)]).await
            }
            Some(token) => self.upgrade(&format!("{bare}?token={token}"), &[]).await,
        }
    }
}

#[tokio::test]
async fn role_3_every_command_is_answered_on_a_socket_as_by_http() {
    let mut wrong = Vec::new();
    for row in TABLE {
        // One each: all of them together ask more than one address may.
        let listening = Listening::start(server()).await;
        let asked = example(row.name);
        for (caller, expected) in CALLERS.into_iter().zip(row.answers) {
            let map = workshop(&listening.server).await;
            let token = map.tokens[caller].as_str();
            wrong.extend(map.prepares(&listening.server, row, token).await);
            let mut channel = Channel::open(&listening, &map, caller).await;
            let (found, refusal) = channel.asks(&asked).await;
            if found != expected {
                let name = row.name;
                wrong.push(format!(
                    "{name} as {caller}: {found}, not {expected}: {refusal:?}"
                ));
            }
            // What was refused changed nothing, so HTTP refuses the same for the same reason.
            if let Some(Refusal { rule, why }) = refusal {
                let answer = map.asks(&listening.server, Some(token), &asked).await;
                let problem = answer.is(expected).json();
                let reason = json!({ "rule": problem["rule"], "why": problem["detail"] });
                assert_eq!(reason, json!({ "rule": rule, "why": why }), "{}", row.name);
            }
        }
        listening.end().await;
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn role_4_whoever_is_outside_has_no_socket_to_ask_on() {
    let listening = Listening::start(server()).await;
    let map = workshop(&listening.server).await;
    let elsewhere = workshop(&listening.server).await;
    let unknown = "A".repeat(43);
    let mut callers = Vec::new();
    for caller in roles::CALLERS {
        let token = match caller {
            "nobody" => None,
            "a token of another map" => Some(elsewhere.tokens["facilitator"].as_str()),
            "a removed participant" => Some(map.removed.as_str()),
            "a wrong host key" => Some("the host key of another"),
            inside => Some(map.tokens[inside].as_str()),
        };
        let opens =
            token.is_some_and(|token| token == KEY || map.tokens.values().any(|t| t == token));
        callers.push((caller, token, if opens { 101 } else { 401 }));
    }
    callers.push(("a token that nobody has", Some(&unknown), 401));
    for (caller, token, expected) in callers {
        let (head, _stream) = listening.socket(&map, token).await;
        let status = format!("HTTP/1.1 {expected} ");
        assert!(head.starts_with(&status), "{caller}: {head}");
    }
    listening.end().await;
}
