//! Signatures of the Standard Webhooks scheme (standardwebhooks.com): HMAC-SHA256 over id, time and body, so that a receiver knows who sent
//! a notice, that nobody changed it, and that it is not an old one sent again.

use std::fmt;

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What a secret begins with, as the scheme writes it.
const PREFIX: &str = "whsec_";
/// How many bytes a secret has.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// What both sides know. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(Vec<u8>);

/// A text that is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the webhook secret is whsec_ and 24 to 64 bytes in base64. A good one comes from: echo whsec_$(openssl rand -base64 32)"
)]
pub struct BadSecret;

impl SigningSecret {
    /// Reads `whsec_` and base64.
    pub fn parse(text: &str) -> Result<Self, BadSecret> {
        let encoded = text.strip_prefix(PREFIX).ok_or(BadSecret)?;
        let bytes = BASE64.decode(encoded.as_bytes()).map_err(|_| BadSecret)?;
        BYTES
            .contains(&bytes.len())
            .then_some(Self(bytes))
            .ok_or(BadSecret)
    }

    /// The value of `webhook-signature`.
    pub fn sign(&self, id: &str, seconds: u64, body: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}
