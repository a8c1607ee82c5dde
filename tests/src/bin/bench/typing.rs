//! What the bench's sockets say: edits that append to a text, put together by hand so that the generator costs little, with
//! marks that can be found again in whatever frame brings them.

use bytes::Bytes;
use cairn_protocol::frame::encode_update;

/// The letter a mark begins with. Appears nowhere else in what the bench sends; as text it is contiguous in every
/// merged update and every diff.
const MARK: &str = "\u{10FFFF}";
/// Letters of an ordinary edit: a short word.
pub(crate) const WORD: &str = "mapping ";
/// Digits of a mark.
const DIGITS: usize = 16;

/// One who types: everything they write is one text, letter after letter.
pub(crate) struct Pen {
    client: u64,
    clock: u64,
}

impl Pen {
    /// `client` is used by nobody else in the room.
    pub(crate) fn new(client: u64) -> Self {
        Self { client, clock: 0 }
    }

    /// The next edit: these letters at the end of the text.
    pub(crate) fn write(&mut self, letters: &str) -> Bytes {
        let mut update = vec![1, 1];
        varint(&mut update, self.client);
        varint(&mut update, self.clock);
        match self.clock.checked_sub(1) {
            // A string in the root type named after the client.
            None => {
                update.extend([4, 1]);
                text(&mut update, &format!("pen{}", self.client));
            }
            // A string right of the last letter.
            Some(last) => {
                update.push(0x84);
                varint(&mut update, self.client);
                varint(&mut update, last);
            }
        }
        text(&mut update, letters);
        update.push(0);
        self.clock += letters.encode_utf16().count() as u64;
        encode_update(&update)
    }

    /// The next edit: a mark with this number.
    pub(crate) fn mark(&mut self, number: u64) -> Bytes {
        self.write(&format!("{MARK}{number:0DIGITS$}"))
    }
}

fn varint(bytes: &mut Vec<u8>, mut n: u64) {
    while n > 0x7f {
        bytes.push(n as u8 | 0x80);
        n >>= 7;
    }
    bytes.push(n as u8);
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    varint(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

/// The numbers of the marks in a message.
pub(crate) fn marks(message: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let mark = MARK.as_bytes();
    let mut rest = message;
    std::iter::from_fn(move || {
        loop {
            let at = rest.iter().position(|byte| *byte == mark[0])?;
            rest = &rest[at + 1..];
            let Some(digits) = rest
                .strip_prefix(&mark[1..])
                .and_then(|after| after.get(..DIGITS))
            else {
                continue;
            };
            if let Some(number) = std::str::from_utf8(digits)
                .ok()
                .and_then(|digits| digits.parse().ok())
            {
                return Some(number);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_protocol::frame::Frame;
    use yrs::updates::decoder::Decode;

    #[test]
    fn edits_are_good_frames_and_their_marks_are_found() {
        let mut pen = Pen::new(300);
        let frames = [
            pen.write("hello"),
            pen.mark(7),
            pen.write("🙂"),
            pen.mark(1_234_567_890),
        ];
        let doc = yrs::Doc::with_client_id(1);
        let root = doc.get_or_insert_text("pen300");
        for frame in &frames {
            let Ok(Frame::Update(update)) = Frame::decode(frame) else {
                panic!("{frame:?}")
            };
            let update = yrs::Update::decode_v1(update.bytes()).unwrap();
            yrs::Transact::transact_mut(&doc)
                .apply_update(update)
                .unwrap();
        }
        let text = yrs::GetString::get_string(&root, &yrs::Transact::transact(&doc));
        assert_eq!(
            text,
            format!("hello{MARK}0000000000000007🙂{MARK}0000001234567890")
        );
        let found: Vec<u64> = frames
            .iter()
            .flat_map(|frame| marks(frame).collect::<Vec<_>>())
            .collect();
        assert_eq!(found, [7, 1_234_567_890]);
        assert_eq!(
            marks(text.as_bytes()).collect::<Vec<_>>(),
            [7, 1_234_567_890]
        );
    }
}
