//! Where requests may come from, and the headers that bind a browser (HTTP-3, HTTP-4).

use axum::body::Body;
use axum::http::Method;
use serde_json::json;

use super::{KEY, Server, ask, keyless, server};
use crate::auth::Secret;

#[tokio::test]
async fn http_3_a_page_of_another_site_changes_nothing() {
    let server = keyless();
    for (path, body) in [
        ("/api/maps", json!({})),
        ("/api/maps/import", json!({})),
        ("/api/join", json!({"map": "m", "name": "A"})),
        ("/api/maps/m/commands", json!({})),
        ("/nothing", json!({})),
    ] {
        for origin in [
            "https://evil.example",
            "null",
            "http://localhost:3000",
            "http://127.0.0.1:8080",
        ] {
            let request = ask(Method::POST, path)
                .header("content-type", "application/json")
                .header("origin", origin)
                .body(Body::from(body.to_string()));
            server
                .send(request.unwrap())
                .await
                .problem(403, "foreign-origin");
        }
    }
    let own = ask(Method::POST, "/api/maps")
        .header("content-type", "application/json")
        .header("origin", "http://localhost:8080")
        .body(Body::from("{}"));
    server.send(own.unwrap()).await.is(201);
}

#[tokio::test]
async fn http_3_reading_across_origins_is_left_to_the_browser_and_no_cors_header_lets_it() {
    let request = ask(Method::GET, "/api/maps").header("origin", "https://evil.example");
    let answer = keyless()
        .send(request.body(Body::empty()).unwrap())
        .await
        .is(200);
    assert!(
        answer
            .headers
            .keys()
            .all(|name| !name.as_str().starts_with("access-control"))
    );
    let preflight = ask(Method::OPTIONS, "/api/maps")
        .header("origin", "https://evil.example")
        .header("access-control-request-method", "POST");
    let answer = keyless().send(preflight.body(Body::empty()).unwrap()).await;
    assert!(
        answer
            .headers
            .keys()
            .all(|name| !name.as_str().starts_with("access-control"))
    );
    answer.problem(405, "wrong-method");
}

#[tokio::test]
async fn http_4_every_answer_binds_the_browser() {
    let server = server();
    for path in [
        "/",
        "/healthz",
        "/api/maps",
        "/api/nothing",
        "/assets/app-1a2b3c.js",
    ] {
        let answer = server.get(path).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(
            !answer.headers.contains_key("strict-transport-security"),
            "{path}"
        );
    }
    let https = Server::with(|asked| {
        asked.host_key = Some(Secret::new(KEY));
        asked.public_url = Some("https://maps.example.org".to_owned());
    });
    let answer = https.get("/healthz").await;
    assert!(
        answer
            .header("strict-transport-security")
            .starts_with("max-age=")
    );
}

#[tokio::test]
async fn answers_with_maps_or_tokens_are_not_kept_by_caches() {
    let server = server();
    let map = server.map().await;
    for path in ["", "/me", "/export?format=json", "/history/at/1"] {
        let path = format!("/api/maps/{}{path}", map.id);
        let answer = server.get_as(&map.tokens["observer"], &path).await.is(200);
        assert!(
            answer.header("cache-control").contains("no-store"),
            "{path}"
        );
    }
    let body = json!({"invite": map.invites["observer"], "name": "A"});
    let joined = server.post(None, "/api/join", &body).await.is(200);
    assert_eq!(joined.header("cache-control"), "no-store");
    let made = server
        .post(Some(KEY), "/api/maps", &json!({}))
        .await
        .is(201);
    assert_eq!(made.header("cache-control"), "no-store");
}
