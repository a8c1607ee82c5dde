//! Tokens and map names: the one place of the server that draws randomness.

use cairn_protocol::id::MapId;
use data_encoding::BASE64URL_NOPAD;

/// 32 random bytes as 43 characters that fit a URL: an invite, a join token, a browser's cookie.
pub fn new_token() -> String {
    let mut bytes = [0; 32];
    fill(&mut bytes);
    BASE64URL_NOPAD.encode(&bytes)
}

/// Whether a text has the shape of [`new_token`]'s answers: anything else is refused before it is hashed.
pub fn is_token(text: &str) -> bool {
    text.len() == 43 && BASE64URL_NOPAD.decode(text.as_bytes()).is_ok()
}

/// A name for a new map: 16 characters of `[a-z0-9]`, 82 bits.
pub fn new_map_id() -> MapId {
    const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut name = String::with_capacity(16);
    while name.len() < 16 {
        let mut bytes = [0; 32];
        fill(&mut bytes);
        // Bytes past the largest multiple of 36 are thrown away, so that every character is as likely.
        let fair = bytes.into_iter().filter(|byte| *byte < 252);
        let letters = fair.map(|byte| char::from(ALPHABET[usize::from(byte % 36)]));
        name.extend(letters.take(16 - name.len()));
    }
    MapId::new(name).expect("16 letters and digits are a map's name")
}

/// 32 random bytes: the secret of an anonymous round.
pub fn random_32() -> [u8; 32] {
    let mut bytes = [0; 32];
    fill(&mut bytes);
    bytes
}

/// A random number, to seed what needs to differ but not to be secret.
pub fn new_seed() -> u64 {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

fn fill(bytes: &mut [u8]) {
    // Without the system's randomness no secret can be made and nothing may go on.
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_the_shape_that_is_let_through() {
        let (one, two) = (new_token(), new_token());
        assert!(is_token(&one), "{one}");
        assert_ne!(one, two);
        for bad in ["", "short", &"!".repeat(43), &"a".repeat(44)] {
            assert!(!is_token(bad), "{bad:?}");
        }
    }

    #[test]
    fn map_names_are_sixteen_letters_and_digits() {
        let name = new_map_id();
        assert_eq!(name.as_str().len(), 16);
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        assert!(name.as_str().bytes().all(fits), "{name}");
    }
}
