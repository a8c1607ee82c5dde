//! Where a map is: invite links as people send them, and the socket's address made from them.
//!
//! Called by whoever connects or joins. Never prints a token: `Debug` and `Display` leave it out, so
//! that an address can be logged.

use std::fmt;
use std::str::FromStr;

use cairn_protocol::id::MapId;
use url::Url;

/// An invite link, `{public}/join/{map}#{token}`.
///
/// The token stands in the fragment, which no browser or proxy sends or logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Invite {
    /// Where the server is: everything before `/join/`, without a closing slash.
    pub server: Server,
    /// The map it opens.
    pub map: MapId,
    /// What opens it. Secret.
    pub token: String,
}

/// A server's public address: `http` or `https`, a host, perhaps a path prefix.
#[derive(Clone, PartialEq, Eq)]
pub struct Server(Url);

/// An address that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not an address at all.
    #[error("not an address: {0}")]
    Malformed(#[from] url::ParseError),
    /// Neither http nor https.
    #[error("a server's address begins with http:// or https://, not {0}://")]
    Scheme(String),
    /// Something that is not an invite link.
    #[error("an invite link looks like https://host/join/map#token; this one has no {0}")]
    NotAnInvite(&'static str),
    /// The part that names the map cannot be a map's name.
    #[error("the link names no map: {0}")]
    Map(#[from] cairn_protocol::id::InvalidMapId),
    /// The map's name cannot be part of an address.
    #[error("the map's name {0:?} cannot stand in an address")]
    Unaddressable(String),
}

impl Server {
    /// Takes a public address; query and fragment are dropped.
    pub fn new(mut url: Url) -> Result<Self, AddressError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressError::Scheme(url.scheme().to_owned()));
        }
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The address of a path below the server, such as `["api", "join"]`.
    pub fn at(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        url.path_segments_mut()
            .expect("http and https addresses have a path")
            .pop_if_empty()
            .extend(segments);
        url
    }

    /// The socket's address of a map, without a token: `ws(s)://host/sync/{map}`.
    pub fn socket(&self, map: &MapId) -> Result<Url, AddressError> {
        // A map of an open server may be named `team/retro`: its slash is a slash of the path, as
        // stock clients write it.
        let segments: Vec<&str> = map.as_str().split('/').collect();
        // The `url` crate silently drops `.` and `..`: another map would answer.
        if segments
            .iter()
            .any(|segment| matches!(*segment, "." | ".."))
        {
            return Err(AddressError::Unaddressable(map.to_string()));
        }
        let mut url = self.at(&["sync"]);
        url.path_segments_mut()
            .expect("http and https addresses have a path")
            .extend(segments);
        let scheme = if url.scheme() == "https" { "wss" } else { "ws" };
        url.set_scheme(scheme)
            .expect("http(s) and ws(s) are both special schemes");
        Ok(url)
    }
}

impl FromStr for Server {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, AddressError> {
        Self::new(Url::parse(text)?)
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({self})")
    }
}

impl Invite {
    /// Reads an invite link.
    pub fn parse(url: &Url) -> Result<Self, AddressError> {
        let token = url.fragment().filter(|token| !token.is_empty());
        let token = token.ok_or(AddressError::NotAnInvite("#token"))?.to_owned();
        let path = url.path().trim_end_matches('/');
        let (before, map) = path
            .rsplit_once("/join/")
            .ok_or(AddressError::NotAnInvite("/join/map"))?;
        let map = MapId::new(percent_decoded(map))?;
        let mut server = url.clone();
        server.set_path(before);
        Ok(Self {
            server: Server::new(server)?,
            map,
            token,
        })
    }
}

impl FromStr for Invite {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, AddressError> {
        Self::parse(&Url::parse(text)?)
    }
}

impl fmt::Debug for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invite({}/join/{}#…)", self.server, self.map)
    }
}

/// `%C3%BC` as `ü`. What is not a valid escape stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invite(text: &str) -> Invite {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn an_invite_link_names_server_map_and_token() {
        let plain = invite("http://127.0.0.1:8080/join/abcdefgh01234567#s3cret_-");
        assert_eq!(plain.server.to_string(), "http://127.0.0.1:8080");
        assert_eq!(plain.map.as_str(), "abcdefgh01234567");
        assert_eq!(plain.token, "s3cret_-");
        let prefixed = invite("https://tools.example/cairn/join/m1/?utm=mail#t");
        assert_eq!(prefixed.server.to_string(), "https://tools.example/cairn");
        assert_eq!(invite("http://h/join/%C3%BCbung#t").map.as_str(), "übung");
    }

    #[test]
    fn an_invite_without_its_parts_says_which_is_missing() {
        let refused = |text: &str| text.parse::<Invite>().unwrap_err();
        assert_eq!(
            refused("http://h/join/m"),
            AddressError::NotAnInvite("#token")
        );
        assert_eq!(
            refused("http://h/join/m#"),
            AddressError::NotAnInvite("#token")
        );
        assert_eq!(
            refused("http://h/map/m#t"),
            AddressError::NotAnInvite("/join/map")
        );
        assert_eq!(
            refused("ftp://h/join/m#t"),
            AddressError::Scheme("ftp".into())
        );
        assert!(matches!(
            refused("http://h/join/#t"),
            AddressError::NotAnInvite(_)
        ));
        assert!(matches!(
            refused("http://h/join/a%20b#t"),
            AddressError::Map(_)
        ));
        assert!(matches!(refused("join/m#t"), AddressError::Malformed(_)));
    }

    #[test]
    fn the_socket_is_found_from_the_server_and_the_map() {
        let socket = |server: &str, map: &str| {
            let server: Server = server.parse().unwrap();
            server.socket(&MapId::new(map).unwrap()).map(String::from)
        };
        assert_eq!(
            socket("http://h:8080", "m1").unwrap(),
            "ws://h:8080/sync/m1"
        );
        assert_eq!(
            socket("https://h/cairn/", "m1").unwrap(),
            "wss://h/cairn/sync/m1"
        );
        assert_eq!(
            socket("http://h", "team/retro").unwrap(),
            "ws://h/sync/team/retro"
        );
        assert_eq!(
            socket("http://h", "a?b#c").unwrap(),
            "ws://h/sync/a%3Fb%23c"
        );
        assert!(socket("http://h", "../admin").is_err());
    }

    #[test]
    fn a_token_is_never_printed() {
        let shown = format!("{:?}", invite("http://h/join/m#s3cret"));
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}
