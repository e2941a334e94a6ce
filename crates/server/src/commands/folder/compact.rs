//! `parlance compact`: nothing that was deleted or overwritten before is left in any file of the data folder.
//! A server does so by itself some time after something was erased; this is for those who want it now.

use clap::Args;

use crate::commands::place::Place;
use crate::commands::say::say;
use crate::control::{Wish, ask, nowhere};

/// The flags of `compact`.
#[derive(Args)]
pub struct Compact {
    #[command(flatten)]
    place: Place,
}

impl Compact {
    /// Compacts.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.place.settings(Vec::new())?;
        let done = ask(Wish::Compact {}, &config, nowhere()?).await?;
        say(format_args!("{}: {done}", config.data.display()));
        Ok(())
    }
}
