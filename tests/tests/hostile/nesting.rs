//! WIRE-10: shared types nested so deep that whoever deletes them by recursion runs out of stack.

use cairn_protocol::frame::{encode_sync_step2, encode_update};
use cairn_protocol::id::Role;
use cairn_tests::wire::Wire;

use crate::Scene;
use crate::handmade::{TYPE, Y_ARRAY, root, under, update};

const MALLORY: u64 = 77_777;
/// yrs deletes about this many levels on a 2 MiB stack in a debug build, fewer than that in no build.
const DEPTH: u64 = 10_000;

/// Types from `from` on, each inside the one before; the first of all in a root.
fn chain(from: u64, length: u64) -> bytes::Bytes {
    let link = |clock: u64| match clock.checked_sub(1) {
        None => root("deep", TYPE, &[Y_ARRAY]),
        Some(outer) => under(MALLORY, outer, TYPE, &[Y_ARRAY]),
    };
    let links: Vec<_> = (from..from + length).map(link).collect();
    update(MALLORY, from, &links, &[])
}

fn cut_at_the_root() -> bytes::Bytes {
    update(MALLORY, 0, &[], &[(MALLORY, 0, 1)])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_10_types_nested_deep_in_one_update_and_the_deletion_of_the_outermost() {
    let mut scene = Scene::open().await;
    for frame in [
        encode_update(&chain(0, DEPTH)),
        encode_sync_step2(&chain(0, DEPTH)),
    ] {
        let mut wire = scene.socket(Role::Participant).await;
        // The server may hang up before it has all.
        drop(wire.send(frame).await);
        drop(wire.send(encode_update(&cut_at_the_root())).await);
        wire.ending().await;
        scene.goes_on("types nested in one update").await;
    }
}

/// Nests types by many updates, each within the bounds of one.
async fn nest(wire: &mut Wire) {
    const STEP: u64 = 100;
    for from in (0..DEPTH).step_by(STEP as usize) {
        // What goes too deep may cost the sender the socket; the attack is then made as far as it goes.
        if wire.send(encode_update(&chain(from, STEP))).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_10_types_nested_deep_by_many_updates() {
    let mut scene = Scene::open().await;
    nest(&mut scene.socket(Role::Participant).await).await;
    scene.goes_on("types nested by many updates").await;
    let mut newcomer = scene.socket(Role::Observer).await;
    newcomer.barrier(1).await.expect("an open socket");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wire_10_types_nested_deep_by_many_updates_and_the_deletion_of_the_outermost() {
    let mut scene = Scene::open().await;
    nest(&mut scene.socket(Role::Participant).await).await;
    let guest = scene.guest(Role::Participant).await;
    let mut wire = Wire::open(&scene.server, &guest).await.expect("a socket");
    wire.send(encode_update(&cut_at_the_root()))
        .await
        .expect("an open socket");
    scene
        .goes_on("types nested by many updates and deleted")
        .await;
    // And whoever opens the map anew folds the same records.
    let mut newcomer = scene.socket(Role::Observer).await;
    newcomer.barrier(1).await.expect("an open socket");
    scene.goes_on("a newcomer").await;
}
