//! Yjs v1 updates put together by hand, byte by byte: what no library writes.

use bytes::Bytes;

/// Content kinds of the v1 format.
pub(crate) const JSON: u8 = 2;
pub(crate) const STRING: u8 = 4;
pub(crate) const EMBED: u8 = 5;
pub(crate) const FORMAT: u8 = 6;
pub(crate) const TYPE: u8 = 7;
pub(crate) const ANY: u8 = 8;
pub(crate) const DOC: u8 = 9;
pub(crate) const MOVE: u8 = 11;

/// Type references.
pub(crate) const Y_ARRAY: u8 = 0;
pub(crate) const XML_HOOK: u8 = 5;

/// A number as lib0 writes it.
pub(crate) fn varint(mut n: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while n > 0x7f {
        bytes.push(n as u8 | 0x80);
        n >>= 7;
    }
    bytes.push(n as u8);
    bytes
}

/// A length and so many bytes.
pub(crate) fn buffer(bytes: &[u8]) -> Vec<u8> {
    [varint(bytes.len() as u64), bytes.to_vec()].concat()
}

/// A struct in the root type `name`.
pub(crate) fn root(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    [vec![kind, 1], buffer(name.as_bytes()), content.to_vec()].concat()
}

/// A struct inside the shared type that the struct at (`client`, `clock`) made.
pub(crate) fn under(client: u64, clock: u64, kind: u8, content: &[u8]) -> Vec<u8> {
    [
        vec![kind, 0],
        varint(client),
        varint(clock),
        content.to_vec(),
    ]
    .concat()
}

/// An update of one client: structs from `clock` on, and deleted ranges (client, clock, length).
pub(crate) fn update(
    client: u64,
    clock: u64,
    structs: &[Vec<u8>],
    deletes: &[(u64, u64, u64)],
) -> Bytes {
    let mut bytes = Vec::new();
    if structs.is_empty() {
        bytes.push(0);
    } else {
        bytes.push(1);
        bytes.extend(varint(structs.len() as u64));
        bytes.extend(varint(client));
        bytes.extend(varint(clock));
        bytes.extend(structs.concat());
    }
    bytes.extend(varint(deletes.len() as u64));
    for (client, clock, length) in deletes {
        bytes.extend(varint(*client));
        bytes.push(1);
        bytes.extend(varint(*clock));
        bytes.extend(varint(*length));
    }
    bytes.into()
}

/// A text of one letter: a harmless edit of a client that has made none yet.
pub(crate) fn letter(client: u64) -> Bytes {
    update(
        client,
        0,
        &[root("honest-looking", STRING, &buffer(b"x"))],
        &[],
    )
}

/// `depth` arrays inside each other as one plain value.
pub(crate) fn nested_arrays(depth: usize) -> Vec<u8> {
    // One value; 117 is an array, here of one value each; 126 is null.
    let mut bytes = vec![1];
    bytes.extend([117, 1].repeat(depth));
    bytes.push(126);
    bytes
}

/// `depth` objects inside each other as one plain value.
pub(crate) fn nested_objects(depth: usize) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend([118, 1, 1, b'k'].repeat(depth));
    bytes.push(126);
    bytes
}
