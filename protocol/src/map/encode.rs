//! The state of a document as bytes that depend on its content alone.
//!
//! yrs keeps plain JSON objects in hash maps and writes them in their random order; this encoder
//! writes their keys sorted, so that the same document gives the same bytes in every process.
//! Called wherever encoded states are compared or stored. Still a plain Yjs v1 update.

use std::collections::BTreeMap;
use yrs::encoding::write::Write;
use yrs::updates::encoder::{Encoder, EncoderV1};
use yrs::{Any, ClientID, ID, ReadTxn, StateVector, TransactionMut};

/// Everything a replica with this state vector lacks, as a Yjs v1 update. Pending updates (those
/// with missing dependencies) are left out.
pub fn encode_diff<T: ReadTxn>(txn: &T, state: &StateVector) -> Vec<u8> {
    let mut encoder = Sorted(EncoderV1::new());
    txn.encode_diff(state, &mut encoder);
    encoder.to_vec()
}

/// The whole document as a Yjs v1 update.
pub fn encode_state<T: ReadTxn>(txn: &T) -> Vec<u8> {
    encode_diff(txn, &StateVector::default())
}

/// What this transaction has changed so far, as a Yjs v1 update.
pub(super) fn encode_change(txn: &TransactionMut) -> Vec<u8> {
    let mut encoder = Sorted(EncoderV1::new());
    txn.encode_update(&mut encoder);
    encoder.to_vec()
}

struct Sorted(EncoderV1);

impl Write for Sorted {
    fn write_all(&mut self, buf: &[u8]) {
        self.0.write_all(buf);
    }

    fn write_u8(&mut self, value: u8) {
        self.0.write_u8(value);
    }
}

impl Encoder for Sorted {
    fn to_vec(self) -> Vec<u8> {
        self.0.to_vec()
    }

    fn reset_ds_cur_val(&mut self) {
        self.0.reset_ds_cur_val();
    }

    fn write_ds_clock(&mut self, clock: u32) {
        self.0.write_ds_clock(clock);
    }

    fn write_ds_len(&mut self, len: u32) {
        self.0.write_ds_len(len);
    }

    fn write_left_id(&mut self, id: &ID) {
        self.0.write_left_id(id);
    }

    fn write_right_id(&mut self, id: &ID) {
        self.0.write_right_id(id);
    }

    fn write_client(&mut self, client: ClientID) {
        self.0.write_client(client);
    }

    fn write_info(&mut self, info: u8) {
        self.0.write_info(info);
    }

    fn write_parent_info(&mut self, is_y_key: bool) {
        self.0.write_parent_info(is_y_key);
    }

    fn write_type_ref(&mut self, info: u8) {
        self.0.write_type_ref(info);
    }

    fn write_len(&mut self, len: u32) {
        self.0.write_len(len);
    }

    fn write_any(&mut self, any: &Any) {
        write_sorted(&mut self.0, any);
    }

    fn write_json(&mut self, any: &Any) {
        // Embedded and formatting values travel as JSON text.
        let mut text = String::new();
        json_sorted(&mut text, any);
        self.0.write_string(&text);
    }

    fn write_key(&mut self, key: &str) {
        self.0.write_key(key);
    }
}

// Type bytes of lib0's `Any` encoding.
const OBJECT: u8 = 118;
const ARRAY: u8 = 117;

fn write_sorted(encoder: &mut EncoderV1, any: &Any) {
    match any {
        Any::Map(fields) => {
            encoder.write_u8(OBJECT);
            encoder.write_var(fields.len() as u64);
            for (name, value) in fields.iter().collect::<BTreeMap<_, _>>() {
                encoder.write_string(name);
                write_sorted(encoder, value);
            }
        }
        Any::Array(items) => {
            encoder.write_u8(ARRAY);
            encoder.write_var(items.len() as u64);
            for item in items.iter() {
                write_sorted(encoder, item);
            }
        }
        Any::Null
        | Any::Undefined
        | Any::Bool(_)
        | Any::Number(_)
        | Any::String(_)
        | Any::Buffer(_) => any.encode(encoder),
    }
}

fn json_sorted(text: &mut String, any: &Any) {
    match any {
        Any::Map(fields) => {
            text.push('{');
            for (index, (name, value)) in fields
                .iter()
                .collect::<BTreeMap<_, _>>()
                .into_iter()
                .enumerate()
            {
                if index > 0 {
                    text.push(',');
                }
                json_sorted(text, &Any::from(name.as_str()));
                text.push(':');
                json_sorted(text, value);
            }
            text.push('}');
        }
        Any::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                json_sorted(text, item);
            }
            text.push(']');
        }
        Any::Null
        | Any::Undefined
        | Any::Bool(_)
        | Any::Number(_)
        | Any::String(_)
        | Any::Buffer(_) => {
            // `to_json` writes from the start of its buffer, so it gets one of its own.
            let mut scalar = String::new();
            any.to_json(&mut scalar);
            text.push_str(&scalar);
        }
    }
}
