//! The web client's files: pages, caching, compression, a build without them (HTTP-8).

use std::io::Read as _;

use axum::body::Body;
use axum::http::Method;

use super::{Server, ask, keyless};
use crate::http::assets::WebClient;
use crate::http::limits::Budgets;

#[tokio::test]
async fn http_8_the_clients_own_addresses_all_give_its_page() {
    let server = keyless();
    for path in [
        "/",
        "/join/abc",
        "/map/abc",
        "/map/a%20b",
        "/join/abc/",
        "/map/abc?x=1",
    ] {
        let answer = server.get(path).await.is(200);
        assert_eq!(
            answer.header("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(
            String::from_utf8_lossy(&answer.body).contains("<title>Cairn"),
            "{path}"
        );
    }
    for path in [
        "/index.html",
        "/other",
        "/map/",
        "/map",
        "/assets/gone-1.js",
        "/../Cargo.toml",
    ] {
        server.get(path).await.problem(404, "no-such-page");
    }
    let head = server
        .send(ask(Method::HEAD, "/").body(Body::empty()).unwrap())
        .await
        .is(200);
    assert_eq!(head.header("content-type"), "text/html; charset=utf-8");
}

#[tokio::test]
async fn http_8_a_person_with_a_mangled_link_gets_the_clients_page_for_it() {
    let server = keyless();
    let opened = |path| {
        let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
        ask(Method::GET, path)
            .header("accept", accept)
            .body(Body::empty())
            .unwrap()
    };
    for path in ["/other", "/map", "/join"] {
        let answer = server.send(opened(path)).await.is(404);
        assert!(
            String::from_utf8_lossy(&answer.body).contains("<title>Cairn"),
            "{path}"
        );
    }
    server
        .send(opened("/api/other"))
        .await
        .problem(404, "no-such-page");
}

#[tokio::test]
async fn http_8_hashed_files_are_kept_for_good_and_others_asked_for_anew() {
    let server = keyless();
    let hashed = server.get("/assets/app-1a2b3c.js").await.is(200);
    assert!(hashed.header("cache-control").contains("immutable"));
    let plain = server.get("/favicon.svg").await.is(200);
    assert_eq!(plain.header("cache-control"), "no-cache");
    let tag = plain.header("etag").to_owned();
    let again = ask(Method::GET, "/favicon.svg").header("if-none-match", tag);
    let again = server
        .send(again.body(Body::empty()).unwrap())
        .await
        .is(304);
    assert!(again.body.is_empty());
}

#[tokio::test]
async fn http_8_text_is_compressed_for_whoever_takes_it() {
    let server = keyless();
    let path = "/assets/app-1a2b3c.js";
    let plain = server.get(path).await.is(200);
    assert!(!plain.headers.contains_key("content-encoding"));
    for (accept, is_gzip) in [
        ("br, gzip", true),
        ("gzip;q=0.5", true),
        ("gzip;q=0", false),
        ("br", false),
    ] {
        let request = ask(Method::GET, path).header("accept-encoding", accept);
        let answer = server
            .send(request.body(Body::empty()).unwrap())
            .await
            .is(200);
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(
            answer.headers.contains_key("content-encoding"),
            is_gzip,
            "{accept}"
        );
        let mut text = Vec::new();
        if is_gzip {
            assert!(answer.body.len() < plain.body.len());
            flate2::read::GzDecoder::new(&*answer.body)
                .read_to_end(&mut text)
                .unwrap();
        } else {
            text = answer.body;
        }
        assert_eq!(text, plain.body, "{accept}");
    }
}

#[tokio::test]
async fn http_8_a_build_without_the_client_says_how_to_build_it() {
    let server = Server::built(|_| {}, WebClient::from_files(|_| None), Budgets::default());
    let answer = server.get("/").await.is(503);
    let page = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(page.contains("npm run build"), "{page}");
    server.get("/api/maps").await.is(200);
}
