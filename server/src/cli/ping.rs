//! `cairn ping`: is the server on this machine ready? The health check of images that hold no other program.

use super::PingArgs;
use super::remote::{Remote, RemoteError};
use crate::config::reached_at;

/// Fails unless `/readyz` answers that it is.
pub fn run(args: &PingArgs) -> Result<(), RemoteError> {
    Remote::new(&reached_at(args.listen), None)?
        .get(&["readyz"], &[])
        .map(drop)
}
