//! `cairn forget` and `cairn delete`: what a host does when somebody asks to be forgotten, or a map is not to be kept. Through a running
//! server, which has the data folder open.

use std::io::{self, Write as _};

use cairn_protocol::id::MapId;
use clap::Args;
use serde::Deserialize;

use super::remote::{Remote, RemoteError};

/// Which server, and with its key.
#[derive(Debug, Args)]
pub struct HostArgs {
    /// Address of the server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub url: String,
    /// The server's host key
    #[arg(
        long,
        env = "CAIRN_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub token: Option<String>,
    /// Do it: it cannot be undone
    #[arg(long)]
    pub yes: bool,
}

/// Flags of `forget`.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The map's name, as in its address
    pub map: String,
    /// Whom: a name as it is shown in the map, or a number such as p12
    #[arg(long, value_name = "NAME|ID")]
    pub person: String,
    #[command(flatten)]
    pub at: HostArgs,
}

/// Flags of `delete`.
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// The map's name, as in its address
    pub map: String,
    #[command(flatten)]
    pub at: HostArgs,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum NotForgotten {
    /// No map's name.
    #[error("{0:?} is not a map's name: give the last part of its address, /map/NAME")]
    Name(String),
    /// Nobody of this name.
    #[error("nobody in this map is {0:?}; names are as the map shows them")]
    Nobody(String),
    /// More than one.
    #[error("{} people in this map have this name: name one of {}", .0.len(), .0.join(", "))]
    Several(Vec<String>),
    /// It was not confirmed.
    #[error("this would {0}, which cannot be undone: say --yes to do it")]
    Unconfirmed(String),
    /// The server.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// Nobody reads it.
    #[error("what was done cannot be printed")]
    Print(#[from] io::Error),
}

#[derive(Deserialize)]
struct History {
    people: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Erased {
    records: u64,
    before: String,
    after: String,
}

/// Erases a person, and prints what was done.
pub fn forget(args: &ForgetArgs) -> Result<(), NotForgotten> {
    let map = name(&args.map)?;
    let server = Remote::new(&args.at.url, args.at.token.as_deref())?;
    let maps = ["api", "maps", map.as_str()];
    let history: History = read(&server.get(&[&maps[..], &["history"]].concat(), &[])?)?;
    let Person { id, name } = one(history.people, &args.person)?;
    if !args.at.yes {
        return Err(NotForgotten::Unconfirmed(format!(
            "erase {name} ({id}) from map {map}"
        )));
    }
    let erase = [&maps[..], &["people", &id, "erase"]].concat();
    let erased: Erased = read(&server.post(&erase, "")?)?;
    let mut out = io::stdout().lock();
    if erased.records == 0 {
        writeln!(out, "nothing of {id} was left in map {map}")?;
    } else {
        let Erased {
            records,
            before,
            after,
        } = erased;
        writeln!(
            out,
            "{id} erased from map {map}  {records} records  {before} -> {after}"
        )?;
    }
    Ok(())
}

/// Deletes a map.
pub fn delete(args: &DeleteArgs) -> Result<(), NotForgotten> {
    let map = name(&args.map)?;
    if !args.at.yes {
        let what = format!("delete map {map} with its history and everything else of it");
        return Err(NotForgotten::Unconfirmed(what));
    }
    let server = Remote::new(&args.at.url, args.at.token.as_deref())?;
    server.delete(&["api", "maps", map.as_str()])?;
    writeln!(io::stdout().lock(), "map {map} deleted")?;
    Ok(())
}

fn name(map: &str) -> Result<MapId, NotForgotten> {
    MapId::new(map).map_err(|_| NotForgotten::Name(map.to_owned()))
}

fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, RemoteError> {
    serde_json::from_str(text).map_err(|error| RemoteError::Answer(error.to_string()))
}

/// The one person meant: by number, or by a name that nobody else has.
fn one(people: Vec<Person>, meant: &str) -> Result<Person, NotForgotten> {
    let (by_id, others): (Vec<_>, Vec<_>) = people.into_iter().partition(|one| one.id == meant);
    let mut found = by_id;
    if found.is_empty() {
        found = others.into_iter().filter(|one| one.name == meant).collect();
    }
    if found.len() > 1 {
        let ids = found.into_iter().map(|one| one.id);
        return Err(NotForgotten::Several(ids.collect()));
    }
    found
        .pop()
        .ok_or_else(|| NotForgotten::Nobody(meant.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_found_by_number_or_by_a_name_nobody_else_has() {
        let people = || {
            [("p1", "Ana"), ("p2", "Jo"), ("p3", "Jo"), ("p4", "p1")]
                .map(|(id, name)| Person {
                    id: id.to_owned(),
                    name: name.to_owned(),
                })
                .into()
        };
        let found = |meant: &str| one(people(), meant).map(|person| person.id);
        assert_eq!(found("Ana").unwrap(), "p1");
        assert_eq!(found("p1").unwrap(), "p1", "numbers go first");
        assert_eq!(found("p3").unwrap(), "p3");
        let several = found("Jo").unwrap_err().to_string();
        assert!(several.ends_with("name one of p2, p3"), "{several}");
        assert!(matches!(found("jo"), Err(NotForgotten::Nobody(_))));
    }
}
