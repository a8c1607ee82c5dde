//! The lists of an archive: who is shown them, and as what (ARCHIVE-5).

use axum::body::Body;
use axum::http::Method;
use serde_json::json;

use super::archives::archived;
use super::ask;

const LISTS: [&str; 2] = ["/api/maps", "/api/calendar.ics"];

#[tokio::test]
async fn archive_5_whoever_reads_its_list_is_an_observer_whatever_else_they_show() {
    let (server, map) = archived().await;
    let facilitator = map.tokens["facilitator"].clone();
    for token in [None, Some("no token of anybody"), Some(&facilitator)] {
        let list = server.send(asked("/api/maps", token, None)).await.is(200);
        let list = list.json();
        assert_eq!(list["maps"][0]["role"], json!("observer"), "{token:?}");
        assert_eq!(list["mayCreate"], json!(false));
        server
            .send(asked("/api/calendar.ics", token, None))
            .await
            .is(200);
    }
}

#[tokio::test]
async fn archive_5_only_who_comes_straight_from_this_machine_is_shown_its_lists() {
    let (server, map) = archived().await;
    let facilitator = map.tokens["facilitator"].clone();
    for path in LISTS {
        for token in [None, Some(&*facilitator)] {
            let request = asked(path, token, Some(("x-forwarded-for", "10.0.0.9")));
            server.send(request).await.problem(401, "not-signed-in");
        }
    }
}

fn asked(path: &str, token: Option<&str>, header: Option<(&str, &str)>) -> axum::extract::Request {
    let mut request = ask(Method::GET, path);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    request.body(Body::empty()).unwrap()
}
