//! `cairn ping`: is the server on this machine ready? The health check of images that hold no other program.

use std::net::SocketAddr;

use clap::Args;

use super::remote::{Remote, RemoteError};
use crate::config::reached_at;

/// Flags of `ping`.
#[derive(Debug, Args)]
pub struct PingArgs {
    /// Address the server listens on; for 0.0.0.0 and [::], this machine is asked
    #[arg(
        long,
        env = "CAIRN_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS:PORT"
    )]
    pub listen: SocketAddr,
}

/// Fails unless `/readyz` answers that it is.
pub fn run(args: &PingArgs) -> Result<(), RemoteError> {
    Remote::new(&reached_at(args.listen), None)?
        .get(&["readyz"], &[])
        .map(drop)
}
