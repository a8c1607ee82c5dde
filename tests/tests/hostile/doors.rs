//! HTTP and ROLE: doors that stay shut, before any socket is opened.

use cairn_protocol::id::{MapId, Role};
use cairn_tests::api;
use cairn_tests::wire::{Dialing, Ending, Wire, refusal};

use crate::Scene;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn role_5_no_wrong_token_opens_a_socket() {
    let mut scene = Scene::open().await;
    let other = api::make_map(&scene.server, "another")
        .await
        .expect("a map is made");
    let stranger = api::join(&scene.server, &other, Role::Facilitator, "Stranger")
        .await
        .expect("let in there");
    let random = "A".repeat(43);
    let long = "A".repeat(8_000);
    let wrong = [
        ("no token", None),
        ("an empty token", Some("")),
        ("a short token", Some("abc")),
        ("a random token", Some(random.as_str())),
        ("a long token", Some(long.as_str())),
        ("a token of another map", Some(stranger.token.as_str())),
        (
            "an invite instead of a token",
            Some(scene.made.invite(Role::Facilitator)),
        ),
        ("a token with a zero byte", Some("%00")),
        ("a token that is not UTF-8", Some("%ff%fe")),
    ];
    for (name, token) in wrong {
        let dialed = Wire::dial(&scene.server, &scene.made.map, token, &Dialing::default()).await;
        assert_eq!(refusal(dialed), 401, "{name}");
    }
    scene.goes_on("wrong tokens").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http_3_a_page_of_another_site_opens_no_socket() {
    let mut scene = Scene::open().await;
    let guest = scene.guest(Role::Participant).await;
    let own = format!("http://{}", scene.server.address());
    let other_port = format!("http://127.0.0.1:{}", scene.server.address().port() ^ 1);
    for origin in [
        "https://evil.example",
        "null",
        "file://",
        "nonsense",
        other_port.as_str(),
    ] {
        let dialing = Dialing {
            headers: vec![("origin", origin.to_owned())],
            ..Dialing::default()
        };
        let dialed = Wire::dial(&scene.server, &guest.map, Some(&guest.token), &dialing).await;
        assert_eq!(refusal(dialed), 403, "{origin}");
    }
    let dialing = Dialing {
        headers: vec![("origin", own)],
        ..Dialing::default()
    };
    let mut wire = Wire::dial(&scene.server, &guest.map, Some(&guest.token), &dialing)
        .await
        .expect("its own page");
    wire.barrier(1).await.expect("an open socket");
    scene.goes_on("pages of other sites").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http_2_a_map_that_is_not_there_opens_no_socket_and_comes_not_to_be() {
    let mut scene = Scene::open().await;
    let guest = scene.guest(Role::Participant).await;
    for name in [
        "nosuchmap",
        "..",
        "%2e%2e%2fetc",
        "a%00b",
        "%ff",
        &"x".repeat(4_000),
    ] {
        let url = format!(
            "ws://{}/sync/{name}?token={}",
            scene.server.address(),
            guest.token
        );
        let status =
            refusal(Wire::dial_url(scene.server.address(), &url, &Dialing::default()).await);
        assert!((400..500).contains(&status), "{name}: {status}");
        if let Ok(map) = MapId::new(name) {
            let dialed =
                Wire::dial(&scene.server, &map, Some(&guest.token), &Dialing::default()).await;
            assert!(
                (400..500).contains(&refusal(dialed)),
                "{name} the second time"
            );
        }
    }
    scene.goes_on("maps that are not there").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn role_6_whoever_is_removed_loses_the_socket_and_the_door() {
    use cairn_protocol::command::Command;
    let mut scene = Scene::open().await;
    let mallory = scene.guest(Role::Participant).await;
    let mut wire = scene.socket_of(&mallory).await;
    let participant = mallory.participant.parse().expect("a participant's id");
    let removed = scene
        .pair
        .ann()
        .command(Command::Remove { participant })
        .await;
    removed.expect("a facilitator may");
    assert_eq!(wire.ending().await, Ending::Code(4401));
    let dialed = Wire::dial(
        &scene.server,
        &mallory.map,
        Some(&mallory.token),
        &Dialing::default(),
    )
    .await;
    assert_eq!(refusal(dialed), 401);
    scene.goes_on("somebody was removed").await;
}
