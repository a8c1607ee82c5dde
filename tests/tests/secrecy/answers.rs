//! What is asked of the server: every GET route, and every file that a map is taken away as, now and at the moment itself.

use serde_json::Value;

use crate::files::unpacked;
use crate::{Workshop, get};

/// More records than these workshops have: past the last one a moment is refused.
const MOMENTS: u32 = 30;

/// Every file but PNG. A PNG is the pixels of the SVG that the same function draws of the same map, rounds and day, and takes nothing
/// else: what the SVG does not say, it cannot show.
pub(crate) const FORMATS: [&str; 6] = ["json", "csv", "md", "svg", "xlsx", "pdf"];

/// Where a result stands once everybody may know it.
pub(crate) const EVERYWHERE: [&str; 19] = [
    "/rounds",
    "/export?format=json as",
    "/export?format=json&at",
    "/export?format=csv as",
    "/export?format=csv&at",
    "/export?format=md as",
    "/export?format=md&at",
    "/export?format=svg as",
    "/export?format=svg&at",
    "/export?format=xlsx as",
    "/export?format=xlsx&at",
    "/export?format=pdf as",
    "/export?format=pdf&at",
    "cairn export --format=json",
    "cairn export --format=csv",
    "cairn export --format=md",
    "cairn export --format=svg",
    "cairn export --format=xlsx",
    "cairn export --format=pdf",
];

/// Everywhere else.
pub(crate) fn everywhere_but(place: &str) -> Vec<&'static str> {
    let all = EVERYWHERE.into_iter();
    all.filter(|one| !one.contains(place)).collect()
}

impl Workshop {
    /// The number of the last record, told or not.
    pub(crate) async fn last_record(&self) -> anyhow::Result<u64> {
        let path = format!("/api/maps/{}/versions", self.map);
        let list: Value = serde_json::from_slice(&get(&self.server, &path, None).await?)?;
        Ok(list["seq"].as_u64().unwrap_or_default())
    }

    /// What every GET route answers to everyone, the host included: `GET path as who` and the answer, and what lies within it.
    pub(crate) async fn answers(&self) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let document: Value =
            serde_json::from_slice(&get(&self.server, "/api/openapi.json", None).await?)?;
        let paths = document["paths"].as_object().cloned().unwrap_or_default();
        let callers = self
            .people
            .iter()
            .map(|person| (person.name, Some(person.token.as_str())));
        let callers: Vec<_> = callers.chain([("the host", None)]).collect();
        let mut answers = Vec::new();
        for path in paths
            .iter()
            .filter(|(_, path)| path["get"].is_object())
            .map(|(path, _)| path)
        {
            if path.starts_with("/sync/") || path.ends_with("/export") {
                continue;
            }
            let path = path
                .replace("{id}", self.map.as_str())
                .replace("{kind}", "internal");
            let moments = if path.contains("{seq}") {
                1..=MOMENTS
            } else {
                0..=0
            };
            for moment in moments {
                let mut asked = path.replace("{seq}", &moment.to_string());
                if path.ends_with("/history/records") {
                    asked.push_str("?from=1&to=1000");
                }
                for (who, token) in &callers {
                    let answer = get(&self.server, &asked, *token).await?;
                    answers.push((format!("GET {asked} as {who}"), answer));
                }
            }
        }
        answers.extend(self.files(&callers).await?);
        Ok(answers)
    }

    /// The map in every form, now and as of the record after which this is asked. Pictures are made for one of them: a file does not
    /// depend on who asks.
    pub(crate) async fn files(
        &self,
        callers: &[(&str, Option<&str>)],
    ) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let map = format!("/api/maps/{}", self.map);
        let last = self.last_record().await?;
        let mut asked = vec![format!("{map}?at={last}"), map.clone()];
        for format in FORMATS {
            let now = format!("{map}/export?format={format}");
            asked.extend([format!("{now}&at={last}"), now]);
        }
        let mut files = Vec::new();
        for asked in asked {
            let is_picture = asked.contains("=svg") || asked.contains("=pdf");
            let callers = if is_picture { &callers[..1] } else { callers };
            for (who, token) in callers {
                let answer = get(&self.server, &asked, *token).await?;
                files.push((format!("inside GET {asked} as {who}"), unpacked(&answer)));
                files.push((format!("GET {asked} as {who}"), answer));
            }
        }
        Ok(files)
    }
}
