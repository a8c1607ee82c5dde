//! Maps: list, make, import, read.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use cairn_protocol::id::MapId;
use cairn_protocol::id::Role;
use cairn_protocol::map::{self, JourneyMap, MapKind, Persona};
use cairn_protocol::record::Actor;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::content::{self, off_the_runtime};
use super::extract::{Asked, At, Body, Host, InRoom, MapFile, Shown};
use super::openapi::{OnProblem, RoleName};
use super::problem::{Kind, Problem};
use crate::auth::Presented;
use crate::catalog::CatalogEntry;
use crate::founding::{self, Made};
use crate::import::{self, Given, Preview, Shape, Trouble};
use crate::when::rfc3339;

/// The maps somebody may open.
#[derive(Serialize, ToSchema)]
pub(super) struct MapList {
    /// By name.
    maps: Vec<ListedMap>,
    /// Whether this request could also make maps.
    #[serde(rename = "mayCreate")]
    may_create: bool,
    /// What is served is an archive: it can be read, and nothing in it changes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    archive: bool,
}

/// One map of the list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListedMap {
    id: String,
    title: String,
    /// `current-state`, `future-state`, `day-in-the-life` or `service-blueprint`.
    kind: String,
    /// When it last changed, RFC 3339.
    #[schema(format = DateTime)]
    touched: String,
    /// When the next review is due; null while no cadence is set.
    #[schema(format = Date)]
    review_due: Option<String>,
    /// When it is deleted unless somebody changes it before, once that is near (KEEP-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    deleted_on: Option<String>,
    /// What the map says it improves on, normally another map's id.
    #[serde(skip_serializing_if = "String::is_empty")]
    current_state: String,
    /// What the caller is in it.
    role: RoleName,
}

/// Lists the maps the caller may open: all of them for the host, otherwise those that know the bearer or the browser's
/// cookie.
#[utoipa::path(get, path = "/api/maps", tag = "maps", operation_id = "listMaps",
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = MapList), OnProblem))]
pub(super) async fn list(State(app): State<App>, shown: Shown) -> Result<Json<MapList>, Problem> {
    let (maps, may_create) = may_open(&app, shown)?;
    let listed = maps.into_iter().map(|(entry, role)| ListedMap {
        id: entry.map.to_string(),
        title: entry.listed.title,
        kind: entry.listed.kind,
        touched: rfc3339(entry.touched),
        review_due: entry.listed.review_due,
        deleted_on: app.deleted_on(entry.touched),
        current_state: entry.listed.current_state,
        role,
    });
    Ok(Json(MapList {
        maps: listed.collect(),
        may_create,
        archive: app.settings().archive,
    }))
}

/// The maps the caller may open, with what they are in each, and whether they have host authority.
pub(super) fn may_open(
    app: &App,
    shown: Shown,
) -> Result<(Vec<(CatalogEntry, RoleName)>, bool), Problem> {
    if app.settings().archive {
        return readable(app, &shown);
    }
    let is_host = shown.is_host(app)?;
    let Presented { bearer, cookie, .. } = shown.presented;
    let is_bearer_alone = !is_host && bearer.is_some();
    let secrets: Vec<_> = bearer.into_iter().chain(cookie).collect();
    let listed = app.rooms().catalog().into_iter().filter_map(|entry| {
        let hashes: Vec<_> = secrets
            .iter()
            .map(|secret| secret.hash(&entry.map))
            .collect();
        let own = entry
            .tokens
            .iter()
            .find(|(token, ..)| hashes.contains(token));
        let role = match own {
            Some((_, _, role)) => RoleName::from(*role),
            None if is_host => RoleName::Host,
            None => return None,
        };
        Some((entry, role))
    });
    let maps: Vec<_> = listed.collect();
    if is_bearer_alone && maps.is_empty() {
        // A guess of the host key must cost here what it costs elsewhere.
        return Err(app.limits().failure(shown.peer, Kind::UnknownToken));
    }
    Ok((maps, is_host))
}

/// What is in an archive: to everyone on this machine, as an observer, whatever else they show (ARCHIVE-5).
fn readable(app: &App, shown: &Shown) -> Result<(Vec<(CatalogEntry, RoleName)>, bool), Problem> {
    if !shown.presented.local {
        return Err(Problem::new(Kind::NotSignedIn));
    }
    let maps = app.rooms().catalog().into_iter();
    Ok((
        maps.map(|entry| (entry, RoleName::Observer)).collect(),
        false,
    ))
}

/// What a new map starts with. Everything may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMap {
    /// The map's name.
    title: Option<String>,
    /// Which question the map answers.
    #[schema(value_type = Option<String>, example = "current-state")]
    kind: Option<MapKind>,
    /// Start with the kind's lanes and stages (the default), or with an empty map.
    template: Option<bool>,
    /// Scope: from where to where.
    scenario: Option<String>,
    /// Scope: which decision it serves.
    goal: Option<String>,
    /// Scope: whose journey, the primary persona's name.
    persona: Option<String>,
}

/// A map that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct NewMapMade {
    /// Its name: the page is `/map/{id}`.
    id: String,
    invites: Invites,
}

/// A map that was made from a file.
#[derive(Serialize, ToSchema)]
struct Imported {
    #[serde(flatten)]
    made: NewMapMade,
    /// What of the file was not taken over, and what could be read in another way than it was.
    notes: Vec<Trouble>,
}

/// Invite tokens, shown this once. An invite link is `/join/{id}#{token}`.
#[derive(Serialize, ToSchema)]
struct Invites {
    facilitator: String,
    participant: String,
    observer: String,
}

impl From<Made> for NewMapMade {
    fn from(Made { map, invites }: Made) -> Self {
        let invites = Invites {
            facilitator: invites.facilitator.reveal().to_owned(),
            participant: invites.participant.reveal().to_owned(),
            observer: invites.observer.reveal().to_owned(),
        };
        Self {
            id: map.to_string(),
            invites,
        }
    }
}

impl NewMap {
    fn into_map(self) -> Result<JourneyMap, Problem> {
        let kind = self.kind.unwrap_or(MapKind::CurrentState);
        let mut made = if self.template.unwrap_or(true) {
            map::template(kind)
        } else {
            map::blank(kind)
        };
        let set = |field: &mut String, given: Option<String>| {
            if let Some(text) = given
                .map(|text| text.trim().to_owned())
                .filter(|t| !t.is_empty())
            {
                *field = text;
            }
        };
        set(&mut made.title, self.title);
        set(&mut made.scenario, self.scenario);
        set(&mut made.goal, self.goal);
        if let Some(name) = self
            .persona
            .map(|name| name.trim().to_owned())
            .filter(|n| !n.is_empty())
        {
            match made
                .personas
                .iter_mut()
                .find(|persona| persona.primary == Some(true))
            {
                Some(primary) => primary.name = name,
                None => made.personas.push(Persona {
                    id: "p1".to_owned(),
                    name,
                    primary: Some(true),
                    ..Persona::default()
                }),
            }
        }
        made.check()?;
        Ok(made)
    }
}

/// Makes a map (host).
#[utoipa::path(post, path = "/api/maps", tag = "maps", operation_id = "createMap",
    security((), ("host" = [])), request_body = NewMap,
    responses((status = 201, body = NewMapMade), OnProblem))]
pub(super) async fn create(
    State(app): State<App>,
    host: Host,
    Body(new): Body<NewMap>,
) -> Result<Response, Problem> {
    app.limits().map(host.peer)?;
    let content = off_the_runtime(move || Ok(founding::content(&new.into_map()?)?)).await?;
    let new = founding::found(app.rooms(), Actor::Host, content).await?;
    Ok(created(&new.map.clone(), NewMapMade::from(new)))
}

/// What cannot be read off a table or an outline. A `cairn.map/1` document says all of it itself.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// The map's name.
    title: Option<String>,
    /// `current-state` unless told.
    #[param(value_type = Option<String>, example = "future-state")]
    kind: Option<MapKind>,
    /// Of a table: how it lies; judged by its columns when left out.
    #[param(inline)]
    shape: Option<Shape>,
    /// Of a table with one row a card: a JSON object that says which column is which field, such as
    /// `{"stage": "Phase", "card": "What happens", "lane": "Topic"}`. Guessed from the titles of the columns when left out.
    columns: Option<String>,
}

impl ImportQuery {
    fn given(self) -> Result<Given, Problem> {
        let columns = match self.columns.as_deref() {
            None => None,
            Some(text) => Some(serde_json::from_str(text).map_err(|_| {
                let why = "`columns` is a JSON object of fields and titles of columns";
                Problem::because(Kind::BadRequest, why).at("columns")
            })?),
        };
        let title = self.title.map(|title| title.trim().to_owned());
        Ok(Given {
            title: title.filter(|title| !title.is_empty()),
            kind: self.kind,
            columns,
            shape: self.shape,
        })
    }
}

/// Makes a map from a file (host): a `cairn.map/1` document, a table (CSV) or an outline (Markdown), whole or not at all.
///
/// Refused with the place of what breaks a rule: the path of a field, a row and a column, or a line.
#[utoipa::path(post, path = "/api/maps/import", tag = "maps", operation_id = "importMap",
    params(ImportQuery),
    security((), ("host" = [])),
    request_body(description = "At most 16 MiB", content(
        (Object = "application/json"), (String = "text/csv"), (String = "text/markdown"))),
    responses((status = 201, body = Imported), OnProblem))]
pub(super) async fn import(
    State(app): State<App>,
    host: Host,
    Asked(query): Asked<ImportQuery>,
    file: MapFile,
) -> Result<Response, Problem> {
    app.limits().map(host.peer)?;
    let given = query.given()?;
    let content = off_the_runtime(move || {
        let (map, notes) = match file {
            MapFile::Json(text) => (JourneyMap::parse(&text).map_err(not_a_map)?, Vec::new()),
            MapFile::Csv(bytes) => import::table(&import::text(bytes)?, &given).into_map()?,
            MapFile::Markdown(bytes) => {
                import::outline(&import::text(bytes)?, &given).into_map()?
            }
        };
        Ok((founding::content(&map)?, notes))
    });
    let (content, notes) = content.await?;
    let made = founding::found(app.rooms(), Actor::Host, content).await?;
    Ok(created(
        &made.map.clone(),
        Imported {
            made: made.into(),
            notes,
        },
    ))
}

/// What would become of a table or an outline, and what keeps it from being imported (host). Nothing is made.
#[utoipa::path(post, path = "/api/maps/import/preview", tag = "maps", operation_id = "previewImport",
    params(ImportQuery),
    security((), ("host" = [])),
    request_body(description = "At most 16 MiB", content(
        (Object = "application/json"), (String = "text/csv"), (String = "text/markdown"))),
    responses((status = 200, body = Preview), OnProblem))]
pub(super) async fn preview(
    _host: Host,
    Asked(query): Asked<ImportQuery>,
    file: MapFile,
) -> Result<Json<Preview>, Problem> {
    let given = query.given()?;
    let preview = off_the_runtime(move || {
        Ok(match file {
            MapFile::Json(text) => import::document(&text),
            MapFile::Csv(bytes) => import::table(&import::text(bytes)?, &given),
            MapFile::Markdown(bytes) => import::outline(&import::text(bytes)?, &given),
        }
        .preview())
    });
    Ok(Json(preview.await?))
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Self::because(Kind::BrokenRule, trouble.detail).at(trouble.path)
    }
}

/// Text that is no JSON at all is told apart from JSON that breaks a rule.
fn not_a_map(violation: cairn_protocol::map::Violation) -> Problem {
    if violation.message.starts_with("not JSON") {
        Problem::because(Kind::NotJson, violation.message).at(violation.path)
    } else {
        violation.into()
    }
}

fn created(map: &MapId, answer: impl Serialize) -> Response {
    let headers = [
        ("location", format!("/map/{map}")),
        ("cache-control", "no-store".to_owned()),
    ];
    (StatusCode::CREATED, headers, Json(answer)).into_response()
}

/// The query of `readMap`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes `At` to the OpenAPI document")]
pub(super) struct AtParam {
    /// The record to show the map after; now when left out.
    #[param(minimum = 1)]
    at: Option<u64>,
}

/// The map as a `cairn.map/1` document, now or at a moment of its history.
#[utoipa::path(get, path = "/api/maps/{id}", tag = "maps", operation_id = "readMap",
    params(("id" = String, Path, description = "The map"), AtParam),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = Object, description = "A `cairn.map/1` document"), OnProblem))]
pub(super) async fn read(
    State(app): State<App>,
    inside: InRoom,
    Asked(At { at }): Asked<At>,
) -> Result<Response, Problem> {
    let text = document(&app, inside, at).await?;
    Ok((json_headers(), text).into_response())
}

/// The JSON form of a map, now or after a record.
async fn document(app: &App, inside: InRoom, at: Option<u64>) -> Result<String, Problem> {
    match at {
        None => content::with_state(&inside.room, content::json_of).await,
        Some(seq) => {
            let (app, map) = (app.clone(), inside.room.map().clone());
            off_the_runtime(move || content::json_at(&app, &map, seq)).await
        }
    }
}

pub(super) fn json_headers() -> [(axum::http::HeaderName, &'static str); 2] {
    [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "private, no-store"),
    ]
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Observer => Self::Observer,
            Role::Participant => Self::Participant,
            Role::Facilitator => Self::Facilitator,
        }
    }
}
