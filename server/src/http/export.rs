//! Taking a map away: as a file now or at a moment, and the document at a moment for replay.

use std::fmt::Write as _;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::content::{self, off_the_runtime};
use super::extract::{Asked, InRoom};
use super::openapi::OnProblem;
use super::problem::{Kind, Problem};
use crate::export::{self, Format, NotDrawn, Paper};
use crate::room::RoomState;

/// Which file to make.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum FormatName {
    /// A `cairn.map/1` document, with closed rounds in `rounds` and `emotionRounds`.
    Json,
    /// A table, one row a card, with its dots in each closed round.
    Csv,
    /// The report, then the whole map and every closed round as tables.
    Md,
    /// The map as the screen lays it out, with its font.
    Svg,
    /// The same in pixels.
    Png,
    /// The same on paper.
    Pdf,
    /// A workbook with a sheet for each layer.
    Xlsx,
}

/// What a PDF is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum PaperName {
    /// Sheets of A4, landscape.
    #[default]
    A4,
    /// Sheets of A3, landscape.
    A3,
    /// One sheet, as large as the map.
    Poster,
}

/// The query of an export.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Export {
    /// Which file to make.
    #[param(inline)]
    format: FormatName,
    /// The record to take the map after; now when left out.
    #[param(minimum = 1)]
    at: Option<u64>,
    /// Of a PDF: what it is printed on; A4 when left out.
    #[param(inline)]
    paper: Option<PaperName>,
}

impl Export {
    fn format(&self) -> Result<Format, Problem> {
        let paper = match self.paper.unwrap_or_default() {
            PaperName::A4 => Paper::A4,
            PaperName::A3 => Paper::A3,
            PaperName::Poster => Paper::Poster,
        };
        let format = match self.format {
            FormatName::Pdf => return Ok(Format::Pdf(paper)),
            FormatName::Json => Format::Json,
            FormatName::Csv => Format::Csv,
            FormatName::Md => Format::Markdown,
            FormatName::Svg => Format::Svg,
            FormatName::Png => Format::Png,
            FormatName::Xlsx => Format::Xlsx,
        };
        if self.paper.is_some() {
            let why = "`paper` is for PDF alone";
            return Err(Problem::because(Kind::BadRequest, why).at("paper"));
        }
        Ok(format)
    }
}

/// The map as a file to keep, with the results of the rounds that were closed: nothing of a round that is open, and no ballot.
///
/// Text that the built-in font lacks is drawn in PNG and PDF with the fonts of the server's machine; in SVG the viewer's are used.
#[utoipa::path(get, path = "/api/maps/{id}/export", tag = "maps", operation_id = "exportMap",
    params(("id" = String, Path, description = "The map"), Export),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, description = "The file, as an attachment", content(
        (Object = "application/json"), (String = "text/csv"), (String = "text/markdown"), (String = "image/svg+xml"),
        ([u8] = "image/png"), ([u8] = "application/pdf"),
        ([u8] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), OnProblem))]
pub(super) async fn export(
    State(app): State<App>,
    inside: InRoom,
    Asked(asked): Asked<Export>,
) -> Result<Response, Problem> {
    let format = asked.format()?;
    let map = inside.room.map().clone();
    let turn = match format {
        Format::Png | Format::Pdf(_) => Some(DRAWN.acquire().await),
        Format::Json | Format::Csv | Format::Markdown | Format::Svg | Format::Xlsx => None,
    };
    let file = match asked.at {
        None => {
            let of = move |state: &RoomState| {
                let _turn = turn;
                let taken = content::taken(&app, &map, state, format)?;
                Ok(export::file(taken, format)?)
            };
            content::with_state(&inside.room, of).await?
        }
        Some(at) => {
            let of = move || {
                let _turn = turn;
                let taken = content::taken_at(&app, &map, at, format)?;
                Ok(export::file(taken, format)?)
            };
            off_the_runtime(of).await?
        }
    };
    let headers = [
        (CONTENT_TYPE, file.media.to_owned()),
        (CACHE_CONTROL, "private, no-store".to_owned()),
        (CONTENT_DISPOSITION, attachment(&file.name)),
    ];
    Ok((headers, file.bytes).into_response())
}

/// Pictures made at a time: each holds a few hundred megabytes while it is.
static DRAWN: Semaphore = Semaphore::const_new(2);

/// The header that names a file: the letters that every client takes, and the name as it is (RFC 6266).
fn attachment(name: &str) -> String {
    let plain = name.replace(
        |c: char| !c.is_ascii_alphanumeric() && !"-._".contains(c),
        "_",
    );
    let mut exact = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            exact.push(char::from(byte));
        } else {
            let _ = write!(exact, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

impl From<NotDrawn> for Problem {
    fn from(error: NotDrawn) -> Self {
        match error {
            NotDrawn::TooLarge | NotDrawn::NoPoster => {
                Self::because(Kind::TooMuch, error.to_string())
            }
            // What a library says of a file may hold what the map does.
            NotDrawn::Failed(_) => Self::internal(&"a file could not be made of a map"),
        }
    }
}

/// The record a path names.
pub(super) struct Moment(u64);

impl FromRequestParts<App> for Moment {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        #[derive(Deserialize)]
        struct Named {
            seq: u64,
        }
        let named = Path::<Named>::from_request_parts(parts, app).await;
        named
            .map(|Path(named)| Self(named.seq))
            .map_err(|_| Problem::new(Kind::NoSuchMoment))
    }
}

/// The map's document after a record, as one Yjs v1 update that an empty `Y.Doc` can apply.
#[utoipa::path(get, path = "/api/maps/{id}/history/at/{seq}", tag = "history", operation_id = "stateAt",
    params(("id" = String, Path, description = "The map"), ("seq" = u64, Path, description = "The record", minimum = 1)),
    security((), ("host" = []), ("participant" = []), ("browser" = [])),
    responses((status = 200, body = [u8], content_type = "application/octet-stream"), OnProblem))]
pub(super) async fn state_at(
    State(app): State<App>,
    inside: InRoom,
    Moment(seq): Moment,
) -> Result<Response, Problem> {
    let map = inside.room.map().clone();
    let update = off_the_runtime(move || content::update_at(&app, &map, seq)).await?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream"),
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, update).into_response())
}
