//! The OpenAPI 3.1 document, generated from the handlers (HTTP-2).

use axum::Json;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use cairn_protocol::command::Command;
use cairn_protocol::emotion::EmotionSetup;
use cairn_protocol::round::RoundSetup;
use serde::Serialize;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, License, ObjectBuilder, OneOfBuilder, OpenApi, OpenApiBuilder,
    Ref, RefOr, Response as Described, ResponseBuilder, Schema, schema::Type, tag::TagBuilder,
};
use utoipa::{IntoResponses, PartialSchema as _, ToSchema};

use super::examples;
use super::problem::{Kind, ProblemDocument};
use crate::auth;

/// What somebody is in a map. `host` is whoever holds the server's key and has not joined the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Role)]
pub(super) enum RoleName {
    Host,
    Facilitator,
    Participant,
    Observer,
}

/// "Everything else is a problem document", for each operation.
pub(crate) struct OnProblem;

impl IntoResponses for OnProblem {
    fn responses() -> std::collections::BTreeMap<String, RefOr<Described>> {
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("Problem")))
            .build();
        let response = ResponseBuilder::new()
            .description("A problem document (RFC 9457)")
            .content("application/problem+json", content)
            .build();
        [("default".to_owned(), response.into())].into()
    }
}

/// A command's JSON, as in the workshop channel: what the fold decides on, or something whose record the server makes.
pub(super) fn command() -> RefOr<Schema> {
    let one = |name: &str, what: &str, fields: ObjectBuilder| {
        ObjectBuilder::new()
            .description(Some(what))
            .property(name, fields)
            .required(name)
    };
    let of = |name: &str, schema: RefOr<Schema>| {
        ObjectBuilder::new().property(name, schema).required(name)
    };
    let role = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(["facilitator", "participant", "observer"]));
    let round = || Ref::from_schema_name("RoundId").into();
    let rank = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .description(Some("Which rank of the result, from 1"));
    let record = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .description(Some(
            "The record after which the map is to be brought back, from 1",
        ));
    let run_off = of("round", round()).property("rank", rank).required("rank");
    let setup = Ref::from_schema_name("RoundSetup").into();
    OneOfBuilder::new()
        .item(Ref::from_schema_name("Command"))
        .item(one(
            "rotateInvite",
            "Make a role's invite anew (facilitators)",
            of("role", Schema::from(role).into()),
        ))
        .item(one(
            "openRound",
            "Open a round of dot voting (facilitators)",
            of("setup", setup),
        ))
        .item(one(
            "openEmotionRound",
            "Open an emotion round (facilitators)",
            of("setup", Ref::from_schema_name("EmotionSetup").into()),
        ))
        .item(one(
            "restore",
            "Make the map what it was after a record, as an edit: nothing is rewound (facilitators)",
            of("seq", Schema::from(record).into()),
        ))
        .item(one(
            "runOff",
            "Open a round on the cards that share a rank in a closed one (facilitators)",
            run_off,
        ))
        .item(one(
            "reopenRound",
            "Open a round again that was over (facilitators)",
            of("round", round()),
        ))
        .item(one(
            "reveal",
            "Show what was written in the brainstorm: all of it comes into the map at once (facilitators)",
            ObjectBuilder::new(),
        ))
        .into()
}

/// The document without its routes.
pub(super) fn frame() -> OpenApi {
    let problems = Kind::ALL.iter().map(|kind| {
        let (slug, status) = (kind.slug(), kind.status().as_u16());
        format!(
            "| `/problems/{slug}` | {status} | {} | {} |\n",
            kind.title(),
            kind.advice()
        )
    });
    let description = format!(
        "Live customer-journey-mapping workshops.\n\n\
         No CORS headers are sent: the interface is for pages of the server itself and for programs. A request that \
         carries an `Origin` and changes something must come from the server's own origin.\n\n\
         Errors are problem documents. Their `type` is one of:\n\n\
         | type | status | what happened | what to do |\n|---|---|---|---|\n{}",
        problems.collect::<String>()
    );
    let mut components = utoipa::openapi::Components::new();
    components
        .schemas
        .insert("Problem".to_owned(), ProblemDocument::schema());
    let mut commands = vec![
        ("Command".to_owned(), Command::schema()),
        ("RoundSetup".to_owned(), RoundSetup::schema()),
        ("EmotionSetup".to_owned(), EmotionSetup::schema()),
    ];
    Command::schemas(&mut commands);
    RoundSetup::schemas(&mut commands);
    EmotionSetup::schemas(&mut commands);
    components.schemas.extend(commands);
    let bearer = |what: &str| {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(what))
            .build();
        SecurityScheme::Http(scheme)
    };
    components.add_security_scheme(
        "host",
        bearer("The server's host key. A server without one takes requests from its own machine as the host's."),
    );
    let calendar = HttpBuilder::new()
        .scheme(HttpAuthScheme::Basic)
        .description(Some(
            "Any name, and the password of `cairn calendar-password`",
        ));
    components.add_security_scheme("calendar", SecurityScheme::Http(calendar.build()));
    components.add_security_scheme("participant", bearer("A join token, bound to one map"));
    let what = "Set by `POST /api/join`; `__Host-cairn` when the public URL is https";
    let cookie = ApiKeyValue::with_description(auth::cookie_name(false), what);
    components.add_security_scheme("browser", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    let socket = ApiKeyValue::with_description("token", "A join token, for sockets only");
    components.add_security_scheme("socket", SecurityScheme::ApiKey(ApiKey::Query(socket)));
    let tag = |name: &str, what: &str| TagBuilder::new().name(name).description(Some(what)).build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Cairn")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(description))
                .license(Some(License::new("Apache-2.0")))
                .build(),
        )
        .components(Some(components))
        .tags(Some([
            tag("maps", "Journey maps"),
            tag("people", "Who is in a map, and what they may do"),
            tag("rounds", "What people voted for and felt"),
            tag("history", "How a map came to be"),
            tag("live", "The y-websocket protocol"),
            tag("server", "For whoever runs it"),
        ]))
        .build()
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "server", operation_id = "openapi",
    security(()),
    responses((status = 200, body = Object, description = "An OpenAPI 3.1 document"), OnProblem))]
pub(super) async fn document() -> Response {
    let mut document = super::documented().into_openapi();
    examples::add_to(&mut document);
    ([(CACHE_CONTROL, "no-cache")], Json(document)).into_response()
}
