//! The server's HTTP interface as a guest uses it: make a map, join it, read it. Blocking calls, run beside the runtime.

use anyhow::{Context, ensure};
use cairn_protocol::id::{MapId, Role};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::server::Server;

/// A map that was made, with what opens it.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its name.
    pub map: MapId,
    facilitator: String,
    participant: String,
    observer: String,
}

/// Somebody who joined.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Which map.
    pub map: MapId,
    /// Such as `p3`.
    pub participant: String,
    /// What opens the socket.
    pub token: String,
}

#[derive(Deserialize)]
struct MadeAnswer {
    id: String,
    invites: Invites,
}

#[derive(Deserialize)]
struct Invites {
    facilitator: String,
    participant: String,
    observer: String,
}

#[derive(Deserialize)]
struct JoinAnswer {
    map: String,
    participant: String,
    token: String,
}

/// An HTTP client to which a refusal is an answer like any other.
pub fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    config.timeout_global(Some(crate::PATIENCE)).build().into()
}

/// Makes an empty map.
pub async fn make_map(server: &Server, title: &str) -> anyhow::Result<Made> {
    let body = json!({ "title": title });
    let made: MadeAnswer = serde_json::from_value(post(server.url("/api/maps"), body, 201).await?)?;
    let Invites {
        facilitator,
        participant,
        observer,
    } = made.invites;
    Ok(Made {
        map: MapId::new(made.id)?,
        facilitator,
        participant,
        observer,
    })
}

impl Made {
    /// The invite's token of a role.
    pub fn invite(&self, role: Role) -> &str {
        match role {
            Role::Facilitator => &self.facilitator,
            Role::Participant => &self.participant,
            Role::Observer => &self.observer,
        }
    }
}

/// Joins a map through the invite of a role.
pub async fn join(server: &Server, made: &Made, role: Role, name: &str) -> anyhow::Result<Guest> {
    let body = json!({ "invite": made.invite(role), "name": name, "map": made.map });
    let joined: JoinAnswer =
        serde_json::from_value(post(server.url("/api/join"), body, 200).await?)?;
    Ok(Guest {
        map: MapId::new(joined.map)?,
        participant: joined.participant,
        token: joined.token,
    })
}

/// A map's JSON form as its guest reads it.
pub async fn read_map(server: &Server, guest: &Guest) -> anyhow::Result<Value> {
    let (url, token) = (
        server.url(&format!("/api/maps/{}", guest.map)),
        guest.token.clone(),
    );
    tokio::task::spawn_blocking(move || {
        let request = agent()
            .get(&url)
            .header("Authorization", &format!("Bearer {token}"));
        let mut answer = request.call()?;
        let text = answer.body_mut().read_to_string()?;
        ensure!(
            answer.status() == 200,
            "GET {url}: {} {text}",
            answer.status()
        );
        Ok(serde_json::from_str(&text)?)
    })
    .await?
}

async fn post(url: String, body: Value, expected: u16) -> anyhow::Result<Value> {
    tokio::task::spawn_blocking(move || {
        let mut answer = agent()
            .post(&url)
            .send_json(&body)
            .with_context(|| url.clone())?;
        let text = answer.body_mut().read_to_string()?;
        let status = answer.status().as_u16();
        ensure!(status == expected, "POST {url}: {status} {text}");
        Ok(serde_json::from_str(&text)?)
    })
    .await?
}
