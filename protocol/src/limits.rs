//! Every bound on what a socket may say, in one place, each with its reason.
//!
//! Used by `frame` while decoding and by the server to size its sockets. A bound is far above what
//! a workshop needs and far below what hurts: it stops hostile input, never an honest participant.
//! Nothing here depends on configuration: both ends must agree on what is refusable.

/// Longest WebSocket message either side accepts, in bytes (16 MiB).
///
/// A first sync answers with the whole document in one frame: a map of 20,000 cards is 2.6 MB, so
/// this is six such maps. Also the bound a server gives its WebSocket library, so that nothing
/// longer is ever buffered.
pub const MAX_FRAME_BYTES: usize = 16 * 1024 * 1024;

/// Longest message a client takes from its server, in bytes: a whole document that people filled frame by frame.
pub const MAX_SERVER_FRAME_BYTES: usize = 256 * 1024 * 1024;

/// Longest awareness (presence) frame, in bytes (1 MiB).
///
/// Stock clients send back the states they received, so the bound must hold a whole room: one
/// thousand participants with 1 KiB each.
pub const MAX_AWARENESS_BYTES: usize = 1024 * 1024;

/// Most client states in one awareness frame.
///
/// A thousand participants with a few tabs each; an entry costs the reader a map insertion.
pub const MAX_AWARENESS_ENTRIES: usize = 4096;

/// Longest presence state of one client, in bytes of JSON text (4 KiB).
///
/// Name, colour, focus, cursor and drag need under 500 bytes; every byte is sent to every
/// participant, so this is the amplification one participant can buy.
pub const MAX_PRESENCE_STATE_BYTES: usize = 4096;

/// Deepest nesting of objects and arrays inside a presence state.
///
/// `{user:{…}, cursor:{…}}` is two deep; editor bindings keep a relative position of about four.
pub const MAX_PRESENCE_DEPTH: usize = 16;

/// Largest awareness clock. Clients built on yrs read it as an unsigned 32-bit number.
pub const MAX_AWARENESS_CLOCK: u64 = u32::MAX as u64;

/// Longest payload of a barrier (tag 102), in bytes.
///
/// Payloads are counters: y-sweet's client sends a varint of at most 8 bytes. The server keeps and
/// echoes the message, so it must be small.
pub const MAX_BARRIER_BYTES: usize = 64;

/// Longest workshop message (tag 110), in bytes of JSON text (1 MiB).
///
/// The largest is the server's `shared` view of a room of a thousand people with a ballot open;
/// the same bound on both directions keeps one decoder.
pub const MAX_WORKSHOP_BYTES: usize = 1024 * 1024;

/// Deepest nesting of objects and arrays inside a workshop message.
pub const MAX_WORKSHOP_DEPTH: usize = 32;

/// Longest reason of a denial (tag 2), in bytes: a sentence for a person, in any script.
pub const MAX_AUTH_REASON_BYTES: usize = 1024;

/// Most clients in a state vector or in the delete set of an update.
///
/// Each page load that edits is one client, for the life of the map, and everyone who connects names them
/// all: what bounds this is memory, a few megabytes here.
pub const MAX_KNOWN_CLIENTS: usize = 128 * 1024;

/// Most clients whose structs are in one update: what one person can bring that the server has never seen.
///
/// yrs recurses once per
/// client whose structs another client's have used up; this many recursions fit a 2 MiB stack
/// (proved by `wire_9_most_clients_fit_the_stack`).
pub const MAX_CLIENTS: usize = 8192;

/// Most structs (items, collected ranges, skips) in one update.
///
/// yrs keeps about 250 bytes for each, however few bytes it had on the wire: half a million cost
/// 130 MB while they are applied. A map of 20,000 cards has about 200,000.
pub const MAX_STRUCTS: usize = 512 * 1024;

/// Most values (each array, object and scalar counts) of plain JSON kind in one update.
///
/// A one-byte `null` on the wire takes 24 bytes in memory, an object member about 90.
pub const MAX_ANY_VALUES: usize = 1024 * 1024;

/// Most ranges in the delete set of one update; each is kept, merged and searched.
pub const MAX_DELETE_RANGES: usize = 512 * 1024;

/// Deepest nesting of arrays and objects in one plain value, counted from 1 for a flat one.
///
/// `map-format.md` lets unknown fields nest 32 deep; the values around them add a few. yrs recurses
/// once per level without a bound of its own: 20 kB of nested arrays end the process.
pub const MAX_ANY_DEPTH: usize = 40;

/// Deepest nesting of shared types (a Y.Map in a Y.Array in a Y.Map, …) below a root.
///
/// Cairn's own document is 3 deep; rich-text trees of other Yjs applications reach about 30. yrs
/// deletes and collects nested types by recursion, so unbounded nesting ends the process.
pub const MAX_TYPE_DEPTH: u32 = 128;

/// Longest name: a map key, a root type's name, an XML node name, a format key, in bytes.
///
/// Cairn's own keys are ids of at most 64 characters; keys are kept once per entry.
pub const MAX_KEY_BYTES: usize = 1024;

/// Largest client id: JavaScript's safe integers, which yrs asserts in debug builds and masks in
/// release builds (so a larger id would silently become another participant's).
pub const MAX_CLIENT_ID: u64 = (1 << 53) - 1;

/// Largest clock of a struct's end, state vector entry or deleted range.
///
/// yrs holds clocks as `u32` but subtracts them as `i32`: past this its arithmetic overflows.
pub const MAX_CLOCK: u64 = i32::MAX as u64;

/// Largest magnitude of an integer in a plain value that is not a bigint: JavaScript's safe
/// integers. Larger ones are written as floats by every Yjs.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Longest name of a map: a path segment that every proxy and file system carries.
pub const MAP_ID_BYTES: usize = 128;
/// Longest name of a person, in code points: fits a label; longer ones are pasted by mistake.
pub const NAME_CHARS: usize = 80;
/// Longest request id of a command: a UUID with room to spare.
pub const REQUEST_BYTES: usize = 64;
/// Most people of one map, counted over its whole life: a roster is sent whole to everyone.
pub const PEOPLE: usize = 10_000;
/// Most tokens one person may come back with; the oldest ends when one more is made. A laptop, a phone, a few reloads.
pub const TOKENS_PER_PERSON: usize = 16;
/// Commands remembered per person so that one sent again after a lost connection counts once.
pub const REMEMBERED_REQUESTS: usize = 64;
/// Most steps of an agenda: a day's workshop has twenty.
pub const STEPS: usize = 100;
/// Longest title of a step, in code points: one line of the bar.
pub const STEP_TITLE_CHARS: usize = 120;
/// Longest instructions of a step, in code points: a page nobody reads in a workshop is longer.
pub const STEP_INSTRUCTIONS_CHARS: usize = 2000;
/// Longest step, in minutes: a working day.
pub const STEP_MINUTES: u16 = 480;
/// Furthest a clock is set on or back at once, in seconds.
pub const EXTEND_SECONDS: u32 = 3600;
/// Most stages or lanes a focus names: as many as a map may have.
pub const FOCUS_ENTRIES: usize = 200;
/// Most things in the parking lot; it is sent to everyone.
pub const PARKED: usize = 200;
/// Longest thing in the parking lot, in code points: a note, not a page.
pub const PARKED_CHARS: usize = 500;
/// Longest question of a round, in code points: one line.
pub const QUESTION_CHARS: usize = 200;
/// Most dots of one voter.
pub const DOTS: u8 = 99;
/// How long a round with an end lasts, in seconds: from a glance to a day.
pub const ROUND_SECONDS: std::ops::RangeInclusive<u32> = 10..=86_400;
/// Most cards of a round: more than anybody reads before voting.
pub const TARGETS: usize = 2000;
/// Most rounds of a map; all are kept.
pub const ROUNDS: usize = 200;
/// What is kept of a target's words for when the card is gone, in code points.
pub const TARGET_CHARS: usize = 200;
/// Longest name of a version, in code points: one line.
pub const VERSION_NAME_CHARS: usize = 120;
/// Most versions with a name; the list is sent whole.
pub const NAMED_VERSIONS: usize = 500;
/// Versions without a name that are kept: the latest. A map of weekly workshops makes two a week.
pub const UNNAMED_VERSIONS: usize = 200;
/// Reviews that are kept: the latest. A map reviewed each week fills this in four years.
pub const REVIEWS: usize = 200;
/// Longest draft of a brainstorm, in code points: a card, not a page.
pub const DRAFT_CHARS: usize = 2000;
/// Most drafts of one writer: more than anybody has thoughts in an hour.
pub const DRAFTS: usize = 200;
/// Most that all drafts of one writer hold, in bytes (128 KiB): their own view of them, each byte escaped at the worst, still fits
/// [`MAX_WORKSHOP_BYTES`].
pub const DRAFT_BYTES: usize = 128 * 1024;
/// Most drafts of a brainstorm: what a map still shows beside what it has.
pub const ALL_DRAFTS: usize = 5000;
/// Most that all drafts of a brainstorm hold, in bytes (8 MiB): the reveal is one update, which fits [`MAX_FRAME_BYTES`].
pub const ALL_DRAFT_BYTES: usize = 8 * 1024 * 1024;
