//! `parlance audit`: checks the audit log and writes it out, through the running server or without one.
//! Note the last index and hash now and then elsewhere: who can write the data folder could write a whole new chain.

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::place::Place;
use super::say::{complain, output, say};
use crate::control::{Wish, ask, nowhere};

/// The flags of `audit`.
#[derive(Args)]
pub struct Audit {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Check that no record was changed or removed
    Verify {
        /// What an earlier check said the last record was; the log must still have it
        #[arg(long, value_name = "INDEX:HASH")]
        expect: Option<String>,
    },
    /// Write the log to standard output, a line of JSON a record
    Export {
        /// From this record on
        #[arg(long, value_name = "INDEX", default_value_t = 1)]
        from: u64,
    },
}

impl Audit {
    /// Does it.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.place.settings(Vec::new())?;
        match self.verb {
            Verb::Verify { expect } => {
                let expected = expect.map(|text| {
                    let pair = text
                        .split_once(':')
                        .and_then(|(index, hash)| index.parse().ok().map(|index| (index, hash.to_owned())));
                    pair.context("--expect takes INDEX:HASH, as an earlier check told it")
                });
                let wish = Wish::VerifyAudit { expected: expected.transpose()? };
                say(ask(wish, &config, nowhere()?).await?);
            }
            Verb::Export { from } => complain(ask(Wish::ExportAudit { from }, &config, output()?).await?),
        }
        Ok(())
    }
}
