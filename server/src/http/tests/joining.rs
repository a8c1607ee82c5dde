//! Joining: invites, the same person by the same browser, roles, tokens, failures (ROLE-4, ROLE-5, ROLE-7, HTTP-6).

use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use super::{Answer, KEY, Server, ask, server, text};
use crate::auth::Secret;
use crate::http::assets::WebClient;
use crate::http::limits::{Budget, Budgets};

async fn join(server: &Server, cookie: Option<&str>, body: &Value) -> Answer {
    let mut request = ask(Method::POST, "/api/join").header("content-type", "application/json");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    server
        .send(request.body(Body::from(body.to_string())).unwrap())
        .await
}

#[tokio::test]
async fn role_5_a_browser_that_joined_comes_back_as_the_same_participant() {
    let server = server();
    let map = server.map().await;
    let invite = &map.invites["participant"];
    let body = json!({"invite": invite, "name": "Ana", "color": "#aabbcc"});
    let first = join(&server, None, &body).await.is(200);
    let cookie = first.cookie();
    let body = json!({"invite": invite, "name": "Ana R."});
    let again = join(&server, Some(&cookie), &body).await.is(200);
    assert_eq!(again.json()["participant"], first.json()["participant"]);
    assert_ne!(
        again.json()["token"],
        first.json()["token"],
        "a token of its own"
    );
    assert_eq!(again.cookie(), cookie, "the browser keeps its cookie");
    let me = format!("/api/maps/{}/me", map.id);
    for token in [&first.json()["token"], &again.json()["token"]] {
        let me = server.get_as(&text(token), &me).await.is(200).json();
        assert_eq!(me["participant"], first.json()["participant"]);
        assert_eq!(me["name"], "Ana R.");
        assert_eq!(me["color"], "#aabbcc", "a colour left out stays");
    }
    // The same browser is somebody else in another map.
    let other = server.map().await;
    let there = json!({"invite": other.invites["observer"], "name": "Ana"});
    let there = join(&server, Some(&cookie), &there).await.is(200);
    assert_eq!(there.json()["map"], other.id);
    assert_eq!(there.json()["role"], "observer");
}

#[tokio::test]
async fn role_4_a_higher_invite_raises_the_role_and_a_lower_one_does_not_lower_it() {
    let server = server();
    let map = server.map().await;
    let mut cookie: Option<String> = None;
    for (invite, role) in [
        ("observer", "observer"),
        ("facilitator", "facilitator"),
        ("participant", "facilitator"),
    ] {
        let body = json!({"invite": map.invites[invite], "name": "Ana"});
        let joined = join(&server, cookie.as_deref(), &body).await.is(200);
        assert_eq!(joined.json()["role"], role, "by the {invite}'s invite");
        assert_eq!(joined.json()["participant"], "p4");
        cookie = Some(joined.cookie());
    }
}

#[tokio::test]
async fn role_5_two_tabs_that_join_at_once_are_one_person() {
    let server = server();
    let map = server.map().await;
    // The browser has its cookie from another map.
    let other = server.map().await;
    let elsewhere = json!({"invite": other.invites["observer"], "name": "Ana"});
    let cookie = join(&server, None, &elsewhere).await.is(200).cookie();
    let body = json!({"invite": map.invites["participant"], "name": "Ana"});
    let (one, two) = tokio::join!(
        join(&server, Some(&cookie), &body),
        join(&server, Some(&cookie), &body)
    );
    assert_eq!(
        one.is(200).json()["participant"],
        two.is(200).json()["participant"]
    );
}

#[tokio::test]
async fn role_4_an_invite_comes_as_a_token_or_as_the_whole_link() {
    let server = server();
    let map = server.map().await;
    let token = &map.invites["participant"];
    let link = format!("https://maps.example.org/join/{}#{token}", map.id);
    for body in [
        json!({"invite": token, "name": "A"}),
        json!({"invite": token, "map": map.id, "name": "A"}),
        json!({"invite": link, "name": "A"}),
    ] {
        let joined = join(&server, None, &body).await.is(200).json();
        assert_eq!(
            (&joined["map"], &joined["role"]),
            (&json!(map.id), &json!("participant"))
        );
    }
    let other = server.map().await;
    for body in [
        json!({"invite": "A".repeat(43), "name": "A"}),
        json!({"invite": "short", "name": "A"}),
        json!({"invite": token, "map": other.id, "name": "A"}),
        json!({"invite": link, "map": other.id, "name": "A"}),
        // A join token is no invite, an invite no join token.
        json!({"invite": map.tokens["participant"], "map": map.id, "name": "A"}),
    ] {
        join(&server, None, &body)
            .await
            .problem(403, "unknown-invite");
    }
    let me = format!("/api/maps/{}/me", map.id);
    server
        .get_as(token, &me)
        .await
        .problem(401, "unknown-token");
    let nowhere = json!({"invite": token, "map": "nosuchmap", "name": "A"});
    join(&server, None, &nowhere)
        .await
        .problem(404, "no-such-map");
}

#[tokio::test]
async fn role_4_an_invite_made_anew_ends_the_one_before() {
    let server = server();
    let map = server.map().await;
    let rotate = json!({"command": {"rotateInvite": {"role": "participant"}}});
    let path = format!("/api/maps/{}/commands", map.id);
    let answer = server
        .post(Some(&map.tokens["facilitator"]), &path, &rotate)
        .await
        .is(200)
        .json();
    let old = json!({"invite": map.invites["participant"], "name": "A"});
    join(&server, None, &old)
        .await
        .problem(403, "unknown-invite");
    let new = json!({"invite": answer["invite"], "name": "A"});
    assert_eq!(
        join(&server, None, &new).await.is(200).json()["role"],
        "participant"
    );
    server
        .get_as(&map.tokens["participant"], &format!("/api/maps/{}", map.id))
        .await
        .is(200);
}

#[tokio::test]
async fn role_4_whoever_holds_an_invite_may_ask_whether_it_still_opens_the_map_and_joins_by_nothing()
 {
    let server = server();
    let map = server.map().await;
    let invite = &map.invites["participant"];
    let link = format!("https://maps.example.org/join/{}#{invite}", map.id);
    for body in [
        json!({"invite": invite, "map": map.id}),
        json!({"invite": link}),
    ] {
        let opens = server.post(None, "/api/invite", &body).await.is(200);
        assert_eq!(opens.json(), json!({"map": map.id, "role": "participant"}));
        assert!(!opens.headers.contains_key("set-cookie"), "asking joined");
    }
    let rotate = json!({"command": {"rotateInvite": {"role": "participant"}}});
    let path = format!("/api/maps/{}/commands", map.id);
    server
        .post(Some(&map.tokens["facilitator"]), &path, &rotate)
        .await
        .is(200);
    let old = json!({"invite": invite, "map": map.id});
    server
        .post(None, "/api/invite", &old)
        .await
        .problem(403, "unknown-invite");
}

#[tokio::test]
async fn role_8_the_host_joins_as_facilitator_without_an_invite() {
    let server = server();
    let map = server.map().await;
    let body = json!({"map": map.id, "name": "Host"});
    let joined = server
        .post(Some(KEY), "/api/join", &body)
        .await
        .is(200)
        .json();
    assert_eq!(joined["role"], "facilitator");
    let neither = json!({"name": "Host"});
    let problem = server
        .post(Some(KEY), "/api/join", &neither)
        .await
        .problem(422, "broken-rule");
    assert_eq!(problem["path"], "invite");
}

#[tokio::test]
async fn role_7_names_and_colours_are_checked() {
    let server = server();
    let map = server.map().await;
    let long = "x".repeat(81);
    for (name, color) in [
        ("", "#112233"),
        ("  ", "#112233"),
        (&*long, "#112233"),
        ("A", "red"),
        ("A", ""),
    ] {
        let body = json!({"invite": map.invites["observer"], "name": name, "color": color});
        let problem = join(&server, None, &body).await.problem(422, "broken-rule");
        assert_eq!(problem["rule"], "ROLE-7", "{name:?} {color:?}");
    }
}

#[tokio::test]
async fn role_6_a_removed_participant_has_no_way_back_by_token_or_cookie() {
    let server = server();
    let map = server.map().await;
    let body = json!({"invite": map.invites["participant"], "name": "Eve"});
    let joined = join(&server, None, &body).await.is(200);
    let remove = json!({"command": {"remove": {"participant": joined.json()["participant"]}}});
    let path = format!("/api/maps/{}/commands", map.id);
    server
        .post(Some(&map.tokens["facilitator"]), &path, &remove)
        .await
        .is(200);
    let me = format!("/api/maps/{}/me", map.id);
    let token = text(&joined.json()["token"]);
    server
        .get_as(&token, &me)
        .await
        .problem(401, "unknown-token");
    let by_cookie = ask(Method::GET, &me)
        .header("cookie", joined.cookie())
        .body(Body::empty());
    server
        .send(by_cookie.unwrap())
        .await
        .problem(401, "not-signed-in");
}

#[tokio::test]
async fn role_5_the_cookie_is_bound_to_https_when_people_come_by_it() {
    let server = Server::with(|asked| {
        asked.host_key = Some(Secret::new(KEY));
        asked.public_url = Some("https://maps.example.org".to_owned());
    });
    let map = server.map().await;
    let body = json!({"invite": map.invites["observer"], "name": "A"});
    let joined = join(&server, None, &body).await.is(200);
    assert!(joined.header("set-cookie").starts_with("__Host-cairn="));
    assert!(joined.header("set-cookie").contains("; Secure"));
    let plain = joined.cookie().replace("__Host-cairn", "cairn");
    let me = format!("/api/maps/{}/me", map.id);
    let with = |cookie: String| {
        ask(Method::GET, &me)
            .header("cookie", cookie)
            .body(Body::empty())
    };
    server.send(with(joined.cookie()).unwrap()).await.is(200);
    // A cookie that another host of the domain could have set counts for nothing.
    server
        .send(with(plain).unwrap())
        .await
        .problem(401, "not-signed-in");
}

fn tight(change: impl FnOnce(&mut Budgets, Budget)) -> Server {
    let mut budgets = Budgets::default();
    change(&mut budgets, Budget::new(3, Duration::from_hours(1)));
    let with_key = |asked: &mut crate::config::Asked| asked.host_key = Some(Secret::new(KEY));
    Server::built(with_key, WebClient::from_files(|_| None), budgets)
}

#[tokio::test]
async fn http_6_guesses_run_out_and_right_tokens_go_on() {
    let server = tight(|budgets, three| budgets.failures = three);
    let map = server.map().await;
    let path = format!("/api/maps/{}", map.id);
    let guess = json!({"invite": "A".repeat(43), "name": "A"});
    // Each kind of failure counts, on each kind of route.
    server
        .get_as("guess", &path)
        .await
        .problem(401, "unknown-token");
    server
        .get_as("guess", "/api/maps")
        .await
        .problem(401, "unknown-token");
    join(&server, None, &guess)
        .await
        .problem(403, "unknown-invite");
    for answer in [
        server.get_as("guess", &path).await,
        server.post(Some("guess"), "/api/maps", &json!({})).await,
        join(&server, None, &guess).await,
        // The right key is not told apart from a wrong one now.
        server.post(Some(KEY), "/api/maps", &json!({})).await,
    ] {
        let wait: u64 = answer.header("retry-after").parse().unwrap();
        assert!(wait >= 1, "{wait}");
        answer.problem(429, "too-many-requests");
    }
    server.get_as(&map.tokens["observer"], &path).await.is(200);
    join(
        &server,
        None,
        &json!({"invite": map.invites["observer"], "name": "A"}),
    )
    .await
    .is(200);
}

#[tokio::test]
async fn http_6_joins_and_maps_run_out() {
    let server = tight(|budgets, three| (budgets.joins, budgets.maps) = (three, three));
    let map = server.map().await;
    let body = json!({"invite": map.invites["observer"], "name": "A"});
    join(&server, None, &body)
        .await
        .problem(429, "too-many-requests");
    for _ in 0..2 {
        server
            .post(Some(KEY), "/api/maps", &json!({}))
            .await
            .is(201);
    }
    server
        .post(Some(KEY), "/api/maps", &json!({}))
        .await
        .problem(429, "too-many-requests");
    server.get_as(KEY, "/api/maps").await.is(200);
}

#[tokio::test]
async fn http_6_requests_run_out() {
    let server = tight(|budgets, three| budgets.requests = three);
    for _ in 0..3 {
        server.get("/healthz").await.is(200);
    }
    server
        .get("/healthz")
        .await
        .problem(429, "too-many-requests");
}
