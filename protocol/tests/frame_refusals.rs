//! Every class of malformed message is refused with its own fault, before yrs sees a byte.

use bytes::Bytes;
use cairn_protocol::frame::{
    CheckedStateVector, CheckedUpdate, Fault, Frame, FrameError, KEEP_ALIVE, Malformed,
    encode_awareness, encode_barrier, encode_sync_step1, encode_update, encode_workshop,
};
use cairn_protocol::limits;
use yrs::updates::decoder::Decode;

/// A struct of client 1 at clock 0 in root `t` with this content kind and content.
fn one(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![1, 1, 1, 0, kind, 1, 1, b't'];
    bytes.extend_from_slice(content);
    bytes.push(0);
    bytes
}

/// Structs of client 1 from clock 0, as written.
fn structs(structs: &[&[u8]]) -> Vec<u8> {
    let mut bytes = vec![1, structs.len() as u8, 1, 0];
    bytes.extend(structs.concat());
    bytes.push(0);
    bytes
}

const TEXT_A: [u8; 6] = [4, 1, 1, b't', 1, b'a'];

fn fault(bytes: &[u8]) -> Option<Fault> {
    CheckedUpdate::check(Bytes::copy_from_slice(bytes))
        .err()
        .map(|error| error.0.fault)
}

fn frame_fault(bytes: &[u8]) -> Option<Fault> {
    match Frame::decode(&Bytes::copy_from_slice(bytes)) {
        Ok(_) => None,
        Err(FrameError::Malformed(Malformed { fault, .. })) => Some(fault),
        Err(FrameError::Update(error)) => Some(error.0.fault),
        Err(other) => panic!("{bytes:?}: {other}"),
    }
}

/// The walker and yrs must both take these bytes.
fn assert_taken(bytes: &[u8]) {
    assert_eq!(fault(bytes), None, "{bytes:?}");
    assert!(
        yrs::Update::decode_v1(bytes).is_ok(),
        "yrs refuses {bytes:?}"
    );
}

#[test]
fn wire_2_refuses_empty_messages_and_unknown_tags() {
    let decode = |bytes: &[u8]| Frame::decode(&Bytes::copy_from_slice(bytes));
    assert_eq!(decode(&[]), Err(FrameError::Empty));
    for tag in [4, 5, 101, 103, 109, 111, 127] {
        assert_eq!(
            decode(&[tag, 0]),
            Err(FrameError::UnknownTag(u64::from(tag)))
        );
    }
    assert_eq!(
        decode(&[0, 3, 0]),
        Err(FrameError::UnknownKind { tag: 0, kind: 3 })
    );
    assert_eq!(
        decode(&[2, 1, 0]),
        Err(FrameError::UnknownKind { tag: 2, kind: 1 })
    );
}

#[test]
fn wire_3_refuses_every_truncation_of_every_frame() {
    let update = one(4, &[1, b'a']);
    let frames = [
        encode_sync_step1(&[1, 1, 5]),
        encode_update(&update),
        Bytes::from_static(&[1, 11, 1, 9, 1, 7, b'{', b'"', b'a', b'"', b':', b'1', b'}']),
        Bytes::from_static(&[2, 0, 2, b'n', b'o']),
        encode_barrier(&[1, 2, 3]),
        encode_workshop("{\"hello\":{}}"),
    ];
    for frame in frames {
        assert!(Frame::decode(&frame).is_ok(), "{frame:?}");
        for cut in 0..frame.len() {
            assert!(
                Frame::decode(&frame.slice(..cut)).is_err(),
                "{frame:?} cut at {cut}"
            );
        }
    }
    // The same inside a whole frame: the update itself is cut, its length says so.
    for cut in 0..update.len() {
        assert!(fault(&update[..cut]).is_some(), "{update:?} cut at {cut}");
    }
}

#[test]
fn wire_3_refuses_trailing_bytes() {
    for bytes in [
        &[3u8, 0][..],
        &[0, 0, 1, 0, 0],
        &[1, 1, 0, 9],
        &[102, 0, 0],
        &[2, 0, 0, 0],
    ] {
        assert_eq!(frame_fault(bytes), Some(Fault::Trailing), "{bytes:?}");
    }
    assert_eq!(fault(&[0, 0, 0]), Some(Fault::Trailing));
    assert_eq!(
        frame_fault(&[0, 0, 2, 0, 0]),
        Some(Fault::Trailing),
        "inside a state vector"
    );
    assert_eq!(
        frame_fault(&[1, 2, 0, 0]),
        Some(Fault::Trailing),
        "inside presence"
    );
}

#[test]
fn wire_3_refuses_updates_in_v2() {
    assert_eq!(fault(yrs::Update::EMPTY_V2), Some(Fault::Trailing));
}

#[test]
fn wire_2_each_frame_is_written_as_it_was_read() {
    for bytes in [
        &KEEP_ALIVE[..],
        &[3],
        &[0, 0, 1, 0],
        &[0, 1, 2, 0, 0],
        &[0, 2, 2, 0, 0],
        &[2, 0, 2, b'n', b'o'],
        &[102, 1, 7],
        &[102, 0],
        &[110, 2, b'{', b'}'],
    ] {
        let frame = Frame::decode(&Bytes::copy_from_slice(bytes)).expect("canonical");
        assert_eq!(&frame.encode()[..], bytes, "{frame:?}");
    }
}

#[test]
fn wire_5_keep_alive_is_presence_of_nobody() {
    let frame = Frame::decode(&Bytes::from_static(&KEEP_ALIVE)).expect("keep-alive");
    assert_eq!(
        frame,
        Frame::Awareness(cairn_protocol::frame::AwarenessUpdate::default())
    );
    assert_eq!(&encode_awareness([].iter())[..], KEEP_ALIVE);
}

#[test]
fn wire_6_barrier_of_stock_y_sweet_is_echoed_byte_for_byte() {
    // @y-sweet/client 0.9.1: writeVarUint(102), writeVarUint8Array(varint of its local version).
    let message = Bytes::from_static(&[102, 2, 0xac, 0x02]);
    assert_eq!(Frame::decode(&message), Ok(Frame::Barrier(message.clone())));
    assert_eq!(Frame::Barrier(message.clone()).encode(), message);
    assert_eq!(encode_barrier(&[0xac, 0x02]), message);
    let long = encode_barrier(&[0; limits::MAX_BARRIER_BYTES + 1]);
    assert!(matches!(frame_fault(&long), Some(Fault::TooLarge { .. })));
}

#[test]
fn wire_7_workshop_messages_are_json_objects_within_bounds() {
    assert_eq!(
        frame_fault(&encode_workshop("[]")),
        Some(Fault::NotAnObject)
    );
    assert_eq!(frame_fault(&encode_workshop("{")), Some(Fault::Json));
    assert_eq!(frame_fault(&[110, 1, 0xff]), Some(Fault::Utf8));
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    let deep = nested(limits::MAX_WORKSHOP_DEPTH);
    assert_eq!(
        frame_fault(&encode_workshop(&deep)),
        Some(Fault::Depth(limits::MAX_WORKSHOP_DEPTH))
    );
    let fits = nested(limits::MAX_WORKSHOP_DEPTH - 1);
    assert_eq!(
        Frame::decode(&encode_workshop(&fits)),
        Ok(Frame::Workshop(fits))
    );
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(limits::MAX_WORKSHOP_BYTES));
    assert!(matches!(
        frame_fault(&encode_workshop(&long)),
        Some(Fault::TooLarge { .. })
    ));
}

#[test]
fn wire_8_presence_states_are_json_objects_or_null() {
    let presence = |text: &str| {
        let mut body = vec![1, 9, 1, text.len() as u8];
        body.extend_from_slice(text.as_bytes());
        let mut message = vec![1, body.len() as u8];
        message.extend(body);
        message
    };
    for text in ["null", "{}", "{\"user\":{\"name\":\"\\ud800\"}}"] {
        let message = Bytes::from(presence(text));
        let frame = Frame::decode(&message).expect("presence");
        assert_eq!(frame.encode(), message, "{text}");
    }
    for text in ["1", "[]", "\"x\"", "true"] {
        assert_eq!(
            frame_fault(&presence(text)),
            Some(Fault::NotAnObject),
            "{text}"
        );
    }
    for text in ["{", "", "{}{}", "undefined", "nul"] {
        assert_eq!(frame_fault(&presence(text)), Some(Fault::Json), "{text:?}");
    }
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(16), "]".repeat(16));
    assert_eq!(
        frame_fault(&presence(&deep)),
        Some(Fault::Depth(limits::MAX_PRESENCE_DEPTH))
    );
    assert_eq!(
        frame_fault(&[1, 1, 1]),
        Some(Fault::Count("number of presence entries"))
    );
}

#[test]
fn wire_9_counts_never_promise_more_than_the_bytes_hold() {
    // 0xff 0xff 0x1f is 524,287: allowed as a number, absurd for what follows.
    assert_eq!(
        fault(&[0xff, 0x3f, 0]),
        Some(Fault::Count("number of clients"))
    );
    assert_eq!(
        fault(&[1, 0xff, 0xff, 0x1f, 1, 0, 0]),
        Some(Fault::Count("number of structs"))
    );
    assert_eq!(
        fault(&[0, 0xff, 0x3f]),
        Some(Fault::Count("number of clients"))
    );
    assert_eq!(
        fault(&[0, 1, 1, 0xff, 0x3f, 0]),
        Some(Fault::Count("number of deleted ranges"))
    );
    assert_eq!(
        fault(&one(8, &[0xff, 0x3f, 126])),
        Some(Fault::Count("number of values"))
    );
    assert_eq!(
        fault(&one(8, &[1, 117, 0xff, 0x3f])),
        Some(Fault::Count("number of elements"))
    );
    assert_eq!(
        fault(&one(8, &[1, 118, 0xff, 0x3f])),
        Some(Fault::Count("number of members"))
    );
    let vector = CheckedStateVector::check(Bytes::from_static(&[0xff, 0x3f, 1, 1]));
    assert!(matches!(
        vector,
        Err(FrameError::Malformed(Malformed {
            fault: Fault::Count("number of clients"),
            ..
        }))
    ));
}

#[test]
fn wire_9_counts_past_their_bound_are_refused() {
    let too_large = |bytes: &[u8]| match fault(bytes) {
        Some(Fault::TooLarge { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(too_large(&[0xff, 0xff, 0x7f]), "number of clients");
    assert_eq!(too_large(&[1, 0xff, 0xff, 0x7f, 1, 0]), "number of structs");
    assert_eq!(
        too_large(&[0, 1, 1, 0xff, 0xff, 0x7f, 0]),
        "number of deleted ranges"
    );
    let past_53_bits = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f];
    let mut client = vec![1, 1];
    client.extend(past_53_bits);
    client.extend([0, 4, 1, 1, b't', 1, b'a', 0]);
    assert_eq!(too_large(&client), "client id");
    let mut long_key = vec![1, 1, 1, 0, 4, 1, 0x81, 0x08];
    long_key.extend([b'k'; limits::MAX_KEY_BYTES + 1]);
    long_key.extend([1, b'a', 0]);
    assert_eq!(too_large(&long_key), "key length");
}

#[test]
fn wire_9_clocks_stay_where_yrs_can_subtract_them() {
    let max = [0xff, 0xff, 0xff, 0xff, 0x07];
    let start_at = |clock: &[u8]| [&[1, 1, 1], clock, &[4, 1, 1, b't', 1, b'a', 0]].concat();
    assert_taken(&start_at(&[0xfe, 0xff, 0xff, 0xff, 0x07]));
    assert!(matches!(
        fault(&start_at(&max)),
        Some(Fault::TooLarge { field: "clock", .. })
    ));
    assert!(matches!(
        fault(&start_at(&[0xff, 0xff, 0xff, 0xff, 0x0f])),
        Some(Fault::TooLarge { field: "clock", .. })
    ));
    let two_long = [&[0][..], &max, &[0], &max].concat();
    let bytes = [&[1, 2, 1, 0][..], &two_long, &[0]].concat();
    assert!(matches!(
        fault(&bytes),
        Some(Fault::TooLarge { field: "clock", .. })
    ));
    let deleted = [&[0, 1, 1, 1, 1][..], &max].concat();
    assert!(matches!(
        fault(&deleted),
        Some(Fault::TooLarge { field: "clock", .. })
    ));
}

#[test]
fn wire_10_values_nest_at_most_forty_deep() {
    let nested = |depth: usize| {
        let mut content = vec![1];
        content.extend([117, 1].repeat(depth - 1));
        content.extend([117, 0]);
        one(8, &content)
    };
    assert_taken(&nested(limits::MAX_ANY_DEPTH));
    let depth = Some(Fault::Depth(limits::MAX_ANY_DEPTH));
    assert_eq!(fault(&nested(limits::MAX_ANY_DEPTH + 1)), depth);
    assert_eq!(
        fault(&nested(20_000)),
        depth,
        "the frame that ends a process that trusts it"
    );
    let objects = |depth: usize| one(8, &[&[1][..], &[118, 1, 0].repeat(depth), &[126]].concat());
    assert_taken(&objects(limits::MAX_ANY_DEPTH));
    assert_eq!(fault(&objects(limits::MAX_ANY_DEPTH + 1)), depth);
    for kind in [5u8, 6] {
        let json = |depth: usize| {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let key: &[u8] = if kind == 6 { &[1, b'k'] } else { &[] };
            one(kind, &[key, &[text.len() as u8], text.as_bytes()].concat())
        };
        assert_taken(&json(limits::MAX_ANY_DEPTH));
        assert_eq!(fault(&json(limits::MAX_ANY_DEPTH + 1)), depth);
    }
}

#[test]
fn wire_10_types_nest_at_most_so_deep_within_an_update() {
    let nested = |depth: u8| {
        let mut all: Vec<Vec<u8>> = vec![vec![7, 1, 1, b't', 1]];
        for parent in 0..depth - 1 {
            let mut item = vec![7, 0, 1];
            item.push(parent);
            item.push(1);
            all.push(item);
        }
        structs(&all.iter().map(Vec::as_slice).collect::<Vec<_>>())
    };
    // Counts below 128 take one byte here; beside a type counts like inside its parent.
    let update = CheckedUpdate::check(nested(100).into()).expect("100 deep");
    assert_eq!(update.shape().types.deepest, 100);
    assert!(update.shape().types.hangs_from.beside.is_empty());
    let mut bytes = vec![1, 0xac, 0x02, 1, 0, 7, 1, 1, b't', 1];
    for parent in 0..299u64 {
        bytes.extend([7, 0, 1]);
        if parent >= 128 {
            bytes.push(parent as u8 & 0x7f | 0x80);
            bytes.push((parent >> 7) as u8);
        } else {
            bytes.push(parent as u8);
        }
        bytes.push(1);
    }
    bytes.push(0);
    assert!(
        yrs::Update::decode_v1(&bytes).is_ok(),
        "the test's own bytes are an update"
    );
    assert_eq!(
        fault(&bytes),
        Some(Fault::Depth(limits::MAX_TYPE_DEPTH as usize))
    );
}

#[test]
fn wire_11_refuses_what_yrs_and_yjs_read_differently() {
    let unknown = |bytes: &[u8]| match fault(bytes) {
        Some(Fault::Unknown { field, value }) => (field, value),
        other => panic!("{other:?}"),
    };
    // yrs 0.28 reads one string more than the count of JSON content says.
    assert_eq!(unknown(&one(2, &[1, 1, b'1'])), ("content kind", 2));
    // The name of an XML hook is not read by yrs.
    assert_eq!(unknown(&one(7, &[5, 1, b'h'])), ("shared type", 5));
    for type_ref in [7, 8, 9, 15, 255] {
        assert_eq!(unknown(&one(7, &[type_ref])), ("shared type", type_ref));
    }
    for kind in [11, 12, 13, 14, 15, 16, 20, 24, 31] {
        assert_eq!(unknown(&one(kind, &[1, 126])), ("content kind", kind));
    }
    for value in [0, 1, 115, 128, 255] {
        assert_eq!(unknown(&one(8, &[1, value])), ("value kind", value));
    }
    // A collected range or gap carries no flags.
    for info in [0x80, 0x40, 0x20, 0x8a, 0x4a, 0x2a] {
        assert!(
            fault(&structs(&[&TEXT_A, &[info, 1, 0, 1]])).is_some(),
            "{info:#x}"
        );
    }
    assert!(matches!(
        fault(&structs(&[&[4, 2, 1, b't', 1, b'a']])),
        Some(Fault::TooLarge {
            field: "parent kind",
            ..
        })
    ));
    // yrs reads freed memory once the type that holds a subdocument is deleted.
    assert_eq!(unknown(&one(9, &[1, b'g', 118, 0])), ("content kind", 9));
}

#[test]
fn wire_11_numbers_are_read_alike_by_all() {
    assert_eq!(fault(&[0x80, 0, 0]), Some(Fault::Varint));
    assert_eq!(fault(&one(4, &[0x81, 0, b'a'])), Some(Fault::Varint));
    assert_taken(&one(8, &[1, 125, 0x40]));
    let past_53_bits = [1, 125, 0x80, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40];
    assert!(matches!(
        fault(&one(8, &past_53_bits)),
        Some(Fault::TooLarge {
            field: "integer",
            ..
        })
    ));
}

#[test]
fn wire_11_text_must_be_utf8_and_json_must_be_json() {
    assert_eq!(fault(&one(4, &[1, 0xff])), Some(Fault::Utf8));
    assert_eq!(
        fault(&one(4, &[3, 0xed, 0xa0, 0x80])),
        Some(Fault::Utf8),
        "a lone surrogate"
    );
    assert_eq!(fault(&one(8, &[1, 119, 1, 0xc0])), Some(Fault::Utf8));
    assert_eq!(fault(&one(5, &[1, b'{'])), Some(Fault::Json));
    assert_eq!(fault(&one(6, &[1, b'k', 0])), Some(Fault::Json));
    let surrogate = br#""\ud800""#;
    let embed = [&[surrogate.len() as u8], &surrogate[..]].concat();
    assert_eq!(
        fault(&one(5, &embed)),
        Some(Fault::Json),
        "yrs cannot hold it"
    );
}

#[test]
fn wire_12_nothing_is_empty_that_has_elements() {
    assert_eq!(fault(&one(4, &[0])), Some(Fault::Empty("text")));
    assert_eq!(fault(&one(8, &[0])), Some(Fault::Empty("list of values")));
    assert_eq!(fault(&one(1, &[0])), Some(Fault::Empty("struct")));
    assert_eq!(fault(&structs(&[&[0, 0]])), Some(Fault::Empty("struct")));
    assert_eq!(
        fault(&structs(&[&TEXT_A, &[10, 0]])),
        Some(Fault::Empty("struct"))
    );
    assert_eq!(
        fault(&[1, 0, 1, 0, 0, 0, 0]),
        Some(Fault::Empty("section of structs"))
    );
    assert_eq!(
        fault(&[0, 1, 1, 0, 0, 0]),
        Some(Fault::Empty("section of deleted ranges"))
    );
    assert_eq!(fault(&[0, 1, 1, 1, 0, 0]), Some(Fault::Empty("struct")));
}

#[test]
fn wire_12_a_client_has_one_section() {
    let text = |client: u8| [&[1, client, 0], &TEXT_A[..]].concat();
    let update = |a: u8, b: u8| [&[2], &text(a)[..], &text(b), &[0]].concat();
    assert_taken(&update(2, 1));
    assert_taken(&update(1, 2));
    assert_eq!(fault(&update(1, 1)), Some(Fault::Duplicate("structs")));
    assert_eq!(
        fault(&[0, 2, 1, 1, 0, 1, 1, 1, 5, 1]),
        Some(Fault::Duplicate("delete set"))
    );
    let vector = CheckedStateVector::check(Bytes::from_static(&[2, 1, 1, 1, 2]));
    assert!(matches!(
        vector,
        Err(FrameError::Malformed(Malformed {
            fault: Fault::Duplicate("state vector"),
            ..
        }))
    ));
}

#[test]
fn wire_12_deleted_ranges_ascend_and_stay_apart() {
    assert_taken(&[0, 1, 1, 2, 0, 1, 5, 2]);
    assert_taken(&[0, 1, 1, 2, 0, 1, 1, 2]);
    assert_eq!(fault(&[0, 1, 1, 2, 5, 1, 0, 1]), Some(Fault::Ranges));
    assert_eq!(fault(&[0, 1, 1, 2, 0, 3, 2, 2]), Some(Fault::Ranges));
}

#[test]
fn wire_13_a_struct_never_refers_to_itself_or_its_own_future() {
    // Right origin, origin and parent, each (1, 1) named by the struct at (1, 1) or before.
    assert_eq!(
        fault(&structs(&[&TEXT_A, &[0x84, 1, 1, 1, b'b']])),
        Some(Fault::OwnFuture)
    );
    assert_eq!(
        fault(&structs(&[&TEXT_A, &[0x44, 1, 9, 1, b'b']])),
        Some(Fault::OwnFuture)
    );
    assert_eq!(fault(&structs(&[&[7, 0, 1, 0, 1]])), Some(Fault::OwnFuture));
    assert_taken(&structs(&[&TEXT_A, &[0x84, 1, 0, 1, b'b']]));
}

#[test]
fn wire_13_structs_never_wait_for_each_other_in_a_circle() {
    // (1,0) after (2,0), (2,0) after (1,0).
    let circle = [
        2, 1, 2, 0, 0x84, 1, 0, 1, b'a', 1, 1, 0, 0x84, 2, 0, 1, b'b', 0,
    ];
    assert!(
        yrs::Update::decode_v1(&circle).is_ok(),
        "the test's own bytes are an update"
    );
    assert_eq!(fault(&circle), Some(Fault::Circle));
    // Types inside each other.
    let types = [2, 1, 2, 0, 7, 0, 1, 0, 1, 1, 1, 0, 7, 0, 2, 0, 1, 0];
    assert_eq!(fault(&types), Some(Fault::Circle));
    // Back and forth between two clients without a circle: a, then b after a, then c after b.
    let ladder = [
        2, 2, 2, 0, 0x84, 1, 0, 1, b'b', 0x84, 1, 1, 1, b'd', //
        2, 1, 0, 4, 1, 1, b't', 1, b'a', 0x84, 2, 0, 1, b'c', 0,
    ];
    assert_taken(&ladder);
}

#[test]
fn wire_13_a_parent_can_hold_its_children() {
    assert_eq!(
        fault(&structs(&[&TEXT_A, &[7, 0, 1, 0, 1]])),
        Some(Fault::Parent)
    );
    assert_taken(&structs(&[&[7, 1, 1, b't', 2], &[4, 0, 1, 0, 1, b'x']]));
    // yrs never ends reading an array with text in it.
    let in_array = |item: &[u8]| structs(&[&[7, 1, 1, b't', 0], item]);
    assert_eq!(
        fault(&in_array(&[4, 0, 1, 0, 1, b'x'])),
        Some(Fault::Parent)
    );
    assert_eq!(
        fault(&in_array(&[5, 0, 1, 0, 1, b'1'])),
        Some(Fault::Parent)
    );
    assert_eq!(
        fault(&in_array(&[6, 0, 1, 0, 1, b'k', 1, b'1'])),
        Some(Fault::Parent)
    );
    assert_taken(&in_array(&[8, 0, 1, 0, 1, 126]));
    let beside: &[&[u8]] = &[
        &[7, 1, 1, b't', 0],
        &[8, 0, 1, 0, 1, 126],
        &[0x84, 1, 1, 1, b'x'],
    ];
    assert_eq!(fault(&structs(beside)), Some(Fault::Parent));
    assert_taken(&structs(&[&[1, 1, 1, b't', 1], &[4, 0, 1, 0, 1, b'x']]));
    assert_taken(&structs(&[&[0, 1], &[4, 0, 1, 0, 1, b'x']]));
}
