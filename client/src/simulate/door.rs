//! How simulated participants get in: through an invite, or however a test or bench says.

use std::sync::Arc;
use std::time::Duration;

use cairn_protocol::id::{ParticipantId, Role};
use futures_util::future::BoxFuture;
use url::Url;

use super::cast::Person;
use crate::address::{AddressError, Invite};
use crate::connection::ConnectOptions;
use crate::http::{Api, HttpError};
use crate::retry::{AfterClose, Backoff, after_refusal};

/// Joins are tried this often: a full room of them meets the server's rate limit.
const PATIENCE: Backoff = Backoff {
    first: Duration::from_millis(200),
    most: Duration::from_secs(5),
    attempts: Some(8),
};

/// A participant's place in the workshop.
#[derive(Clone, Debug)]
pub struct Seat {
    /// How to connect.
    pub connect: ConnectOptions,
    /// Who they are there.
    pub participant: ParticipantId,
    /// What they may do.
    pub role: Role,
}

/// Lets participants in.
pub trait Door: Send + Sync {
    /// Lets one in; the error is a sentence for the report.
    fn enter<'a>(&'a self, person: &'a Person) -> BoxFuture<'a, Result<Seat, String>>;
}

/// The invite of a map on a server.
pub(crate) struct InviteDoor {
    invite: Arc<Invite>,
    api: Api,
}

impl InviteDoor {
    pub(crate) fn new(link: &Url) -> Result<Self, AddressError> {
        let invite = Arc::new(Invite::parse(link)?);
        let api = Api::new(invite.server.clone());
        Ok(Self { invite, api })
    }

    async fn ask(&self, person: &Person) -> Result<Seat, HttpError> {
        let (api, invite, person) = (self.api.clone(), Arc::clone(&self.invite), person.clone());
        let join = move || {
            let joined = api.join(&invite, &person.name, Some(&person.color))?;
            let connect = api.connect_options(&joined)?;
            Ok(Seat {
                connect,
                participant: joined.participant,
                role: joined.role,
            })
        };
        tokio::task::spawn_blocking(join)
            .await
            .expect("joining does not panic")
    }
}

impl Door for InviteDoor {
    fn enter<'a>(&'a self, person: &'a Person) -> BoxFuture<'a, Result<Seat, String>> {
        Box::pin(async move {
            for failed in 1.. {
                let error = match self.ask(person).await {
                    Ok(seat) => return Ok(seat),
                    Err(error) => error,
                };
                let may_pass = match &error {
                    HttpError::Refused(refusal) => {
                        after_refusal(refusal.status) == AfterClose::Retry
                    }
                    HttpError::Unreachable { .. } => true,
                    HttpError::NotCairn { .. } | HttpError::Address(_) => false,
                };
                match PATIENCE.delay(failed, rand::random()).filter(|_| may_pass) {
                    Some(delay) => tokio::time::sleep(delay).await,
                    None => return Err(error.to_string()),
                }
            }
            unreachable!("attempts are bounded")
        })
    }
}
