//! What a request shows to say who it comes from: host key, join token, browser cookie (ROLE-4, ROLE-5, ROLE-8).
//!
//! Called by `http` and the command line. Only reads and compares: whether a token opens a map is the room's answer.
//! Nothing here may show a secret: no `Debug`, no error, no log holds one.

use std::fmt;

use axum::http::header::{AUTHORIZATION, COOKIE, HOST};
use axum::http::{HeaderMap, HeaderName};
use cairn_protocol::id::{MapId, TokenHash};
use cookie::{Cookie, SameSite};
use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq as _;

use crate::config::is_loopback_name;
use crate::token::is_token;

/// How long a browser keeps its cookie: the longest browsers allow, 400 days, so that the link of a map works
/// when it is reviewed.
const COOKIE_DAYS: i64 = 400;

/// The server's key, as a hash: compared in constant time and never shown.
#[derive(Clone)]
pub struct HostKey([u8; 32]);

impl HostKey {
    /// Of the key's text.
    pub fn new(key: &str) -> Self {
        Self(blake3::hash(key.as_bytes()).into())
    }

    /// Whether this is the key. Takes the same time whatever is presented.
    pub fn is(&self, presented: &str) -> bool {
        let hash: [u8; 32] = blake3::hash(presented.as_bytes()).into();
        self.0.ct_eq(&hash).into()
    }
}

impl HostKey {
    /// What opens the calendar of reviews and nothing else (UPKEEP-3). Nothing leads back from it to the key; a new key makes a new one.
    pub fn calendar_password(&self) -> Secret {
        let derived = blake3::derive_key("cairn calendar password v1", &self.0);
        Secret::new(BASE64URL_NOPAD.encode(&derived))
    }

    /// Whether this opens the calendar. Takes the same time whatever is presented.
    pub fn opens_calendar(&self, presented: &Secret) -> bool {
        let (own, other) = (self.calendar_password(), presented.reveal());
        own.reveal().as_bytes().ct_eq(other.as_bytes()).into()
    }
}

impl fmt::Debug for HostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HostKey(…)")
    }
}

/// Text that must not be shown: a key or a token.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: to compare it, or to send it to its owner and nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What a map keeps of a token.
    pub fn hash(&self, map: &MapId) -> TokenHash {
        TokenHash::of(map, &self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Headers a proxy adds; a direct client has no reason to.
const PROXY_HEADERS: [HeaderName; 4] = [
    HeaderName::from_static("forwarded"),
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-real-ip"),
    HeaderName::from_static("via"),
];

/// What a request shows, unchecked.
#[derive(Clone, Debug, Default)]
pub struct Presented {
    /// `Authorization: Bearer …`: a host key or join token.
    pub bearer: Option<Secret>,
    /// The browser's cookie, the same for all maps.
    pub cookie: Option<Secret>,
    /// Whether it came straight to a name of this machine: no proxy's header, and a loopback name in `Host`.
    /// Otherwise a page of another site could reach a keyless server under a name of its own (DNS rebinding).
    pub local: bool,
}

/// An `Authorization` header that is not `Bearer` and a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the Authorization header must be \"Bearer\", a space and the host key or a token")]
pub struct NotBearer;

impl Presented {
    /// Reads a request's headers.
    pub fn read(headers: &HeaderMap, cookie_name: &str) -> Result<Self, NotBearer> {
        Ok(Self {
            bearer: bearer(headers)?,
            cookie: cookie_token(headers, cookie_name),
            local: is_local(headers),
        })
    }
}

fn bearer(headers: &HeaderMap) -> Result<Option<Secret>, NotBearer> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Ok(None);
    };
    let (scheme, token) = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .ok_or(NotBearer)?;
    let token = token.trim();
    if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() {
        Ok(Some(Secret::new(token)))
    } else {
        Err(NotBearer)
    }
}

fn cookie_token(headers: &HeaderMap, name: &str) -> Option<Secret> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies
        .find(|cookie| cookie.name() == name)
        .filter(|cookie| is_token(cookie.value()))
        .map(|cookie| Secret::new(cookie.value()))
}

fn is_local(headers: &HeaderMap) -> bool {
    if PROXY_HEADERS.iter().any(|name| headers.contains_key(name)) {
        return false;
    }
    let authority = headers.get(HOST).and_then(|host| host.to_str().ok());
    authority.is_some_and(|authority| is_loopback_name(host_of(authority)))
}

/// The host of `host[:port]`; an IPv6 address keeps its brackets.
fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// The name of the browser's cookie. By https it has the prefix that keeps other hosts of the domain from setting it.
pub fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-cairn" } else { "cairn" }
}

/// The `Set-Cookie` line that gives a browser its token.
pub fn set_cookie(token: &Secret, is_https: bool) -> String {
    Cookie::build((cookie_name(is_https), token.reveal()))
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_https)
        .path("/")
        .max_age(cookie::time::Duration::days(COOKIE_DAYS))
        .build()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::new_token;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn role_8_the_host_key_is_itself_and_nothing_else() {
        let key = HostKey::new("0123456789abcdef");
        assert!(key.is("0123456789abcdef"));
        for other in [
            "",
            "0123456789abcde",
            "0123456789abcdeF",
            "0123456789abcdef0",
        ] {
            assert!(!key.is(other), "{other:?}");
        }
    }

    #[test]
    fn the_cookie_is_found_among_others_and_only_in_form() {
        let token = Secret::new(new_token());
        let line = format!("a=b; cairn={}; c=d", token.reveal());
        let read = |line: &str| {
            Presented::read(&headers(&[("cookie", line)]), "cairn")
                .unwrap()
                .cookie
        };
        assert_eq!(read(&line), Some(token));
        assert_eq!(read("cairn=short"), None);
        assert_eq!(read("xcairn=short; ; ="), None);
    }

    #[test]
    fn a_bearer_is_read_and_anything_else_in_its_place_is_an_error() {
        let read = |value: &str| Presented::read(&headers(&[("authorization", value)]), "cairn");
        assert_eq!(read("Bearer abc").unwrap().bearer.unwrap().reveal(), "abc");
        assert_eq!(
            read("bearer  abc ").unwrap().bearer.unwrap().reveal(),
            "abc"
        );
        for bad in ["Basic abc", "Bearer", "Bearer ", "abc"] {
            assert_eq!(read(bad).unwrap_err(), NotBearer, "{bad:?}");
        }
    }

    #[test]
    fn role_1_role_8_only_a_direct_request_to_a_loopback_name_is_local() {
        let local = |pairs: &[(&'static str, &str)]| {
            Presented::read(&headers(pairs), "cairn").unwrap().local
        };
        for host in [
            "localhost",
            "localhost:8080",
            "127.0.0.1:8080",
            "[::1]:8080",
            "[::1]",
            "a.localhost",
        ] {
            assert!(local(&[("host", host)]), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "10.0.0.1",
            "[2001:db8::1]:80",
            "",
        ] {
            assert!(!local(&[("host", host)]), "{host}");
        }
        assert!(!local(&[]), "no Host header");
        for proxy in ["x-forwarded-for", "forwarded", "via", "x-real-ip"] {
            assert!(
                !local(&[("host", "localhost"), (proxy, "1.2.3.4")]),
                "{proxy}"
            );
        }
    }

    #[test]
    fn the_cookie_line_keeps_the_token_from_scripts_and_other_sites() {
        let token = Secret::new(new_token());
        let plain = set_cookie(&token, false);
        assert!(
            plain.starts_with(&format!("cairn={}; ", token.reveal())),
            "{plain}"
        );
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
            assert!(plain.contains(part), "{part} in {plain}");
        }
        assert!(!plain.contains("Secure"), "{plain}");
        let https = set_cookie(&token, true);
        assert!(
            https.starts_with("__Host-cairn=") && https.contains("Secure"),
            "{https}"
        );
        assert!(!https.contains("Domain"), "{https}");
    }

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let token = Secret::new(new_token());
        let line = format!("cairn={}", token.reveal());
        let bearer = format!("Bearer {}", token.reveal());
        let presented = Presented::read(
            &headers(&[("cookie", &line), ("authorization", &bearer)]),
            "cairn",
        );
        let shown = format!("{presented:?} {:?}", HostKey::new(token.reveal()));
        assert!(!shown.contains(token.reveal()), "{shown}");
    }
}
