//! One simulated participant's way in: through the door, to the map, to work.
//!
//! Called by the conductor, one task each.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout};

use super::SimulateError;
use super::cast::Person;
use super::desk::Floor;
use super::door::Door;
use super::halt::Halt;
use super::plan::Part;
use super::walker::Walker;
use crate::connection::Connection;
use crate::presence::User;

/// For the first sync of a participant.
const ARRIVAL: Duration = Duration::from_secs(30);

/// Somebody who was there.
pub(crate) struct Attendee {
    pub(crate) name: String,
    pub(crate) connection: Connection,
}

/// Joins, connects, and waits for the map.
pub(crate) async fn enter(
    door: &dyn Door,
    person: &Person,
) -> Result<(User, Connection), SimulateError> {
    let seat = door.enter(person).await.map_err(SimulateError::Closed)?;
    if !seat.role.may_edit() {
        return Err(SimulateError::Observers);
    }
    let connection = Connection::open(seat.connect);
    let synced = timeout(ARRIVAL, connection.synced()).await;
    let late = |_| SimulateError::Closed(format!("no map within {} s", ARRIVAL.as_secs()));
    synced
        .map_err(late)?
        .map_err(|stop| SimulateError::Closed(stop.to_string()))?;
    let (id, name) = (seat.participant.to_string(), person.name.clone());
    Ok((
        User {
            id,
            name,
            color: person.color.clone(),
        },
        connection,
    ))
}

/// One participant, from the door to the last act.
pub(crate) struct Attend {
    pub(crate) number: usize,
    pub(crate) part: Part,
    /// The first is in already: the plan was made from what they saw.
    pub(crate) entered: Option<(User, Connection)>,
    pub(crate) door: Arc<dyn Door>,
    pub(crate) floor: Arc<Floor>,
    pub(crate) halt: Halt,
    pub(crate) began: Instant,
}

impl Attend {
    /// `None` if they never got in.
    pub(crate) async fn attend(mut self) -> Option<Attendee> {
        let Part {
            person,
            arrives,
            stops,
            acts,
        } = self.part;
        let (user, connection) = if let Some(entered) = self.entered {
            entered
        } else {
            let entered = async {
                sleep_until(self.began + arrives).await;
                enter(self.door.as_ref(), &person).await
            };
            let entered = tokio::select! {
                entered = entered => entered,
                () = self.halt.rung() => return None,
            };
            entered
                .map_err(|error| self.floor.tally.error(&person.name, error))
                .ok()?
        };
        self.floor.enter(self.number, connection.clone());
        let until = self.began + stops;
        let floor = Arc::clone(&self.floor);
        let mut walker = Walker::new(
            self.number,
            user,
            connection.clone(),
            floor,
            self.halt,
            until,
        );
        let end = walker.walk(acts).await;
        if let Err(closed) = end {
            self.floor.leave(self.number);
            self.floor.tally.error(&person.name, closed);
            return None;
        }
        Some(Attendee {
            name: person.name,
            connection,
        })
    }
}
