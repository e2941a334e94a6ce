//! `parlance user`: makes and changes accounts, through the running server or without one.
//! Passwords come from standard input or are made up here, never from the command line, where others could see them.

use std::io::BufRead as _;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::place::Place;
use super::say::{complain, output, say};
use crate::control::{Wish, ask, nowhere};
use crate::signin::token;

/// The flags of `user`.
#[derive(Args)]
pub struct User {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Make an account; the first one administers the server
    Add {
        /// Its username
        username: String,
        /// What others see
        #[arg(long, value_name = "NAME")]
        display_name: Option<String>,
        /// Read the password from standard input instead of making one up
        #[arg(long)]
        password_stdin: bool,
    },
    /// Tell whether an account exists
    Show {
        /// Its username
        username: String,
    },
    /// Set another password and sign all devices out. One that is made up must be changed at the first sign-in
    ResetPassword {
        /// The username
        username: String,
        /// Read the password from standard input instead of making one up
        #[arg(long)]
        password_stdin: bool,
    },
    /// List accounts, newest first
    List {
        /// Only those whose username or display name holds this text
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
    },
    /// Shut a user out, at once
    Disable {
        /// The username
        username: String,
        /// Why; it stands in the audit log
        #[arg(long)]
        reason: Option<String>,
    },
    /// Let a user in again
    Enable {
        /// The username
        username: String,
    },
    /// Let a user administer the server, or not any more
    MakeAdmin {
        /// The username
        username: String,
        /// Take the right away instead
        #[arg(long)]
        undo: bool,
    },
    /// Make an invite to register
    Invite {
        /// How many people may register with it
        #[arg(long)]
        uses: Option<u32>,
        /// How many days it is good
        #[arg(long)]
        days: Option<u32>,
        /// What it is for
        #[arg(long)]
        note: Option<String>,
    },
    /// Sign all devices out
    SignOut {
        /// The username
        username: String,
    },
}

impl User {
    /// Does it.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.place.settings(Vec::new())?;
        let (wish, made_up) = match self.verb {
            Verb::Add { username, display_name, password_stdin } => {
                let (password, made_up) = password(password_stdin)?;
                (Wish::AddUser { username, password, display_name }, made_up)
            }
            Verb::Show { username } => (Wish::ShowUser { username }, None),
            Verb::ResetPassword { username, password_stdin } => {
                let (password, made_up) = password(password_stdin)?;
                let one_time = made_up.is_some();
                (Wish::ResetPassword { username, password, one_time }, made_up)
            }
            Verb::SignOut { username } => (Wish::SignOutUser { username }, None),
            Verb::List { search } => {
                complain(ask(Wish::ListUsers { search }, &config, output()?).await?);
                return Ok(());
            }
            Verb::Disable { username, reason } => (Wish::DisableUser { username, reason }, None),
            Verb::Enable { username } => (Wish::EnableUser { username }, None),
            Verb::MakeAdmin { username, undo } => {
                (Wish::SetAdministrator { username, administrator: !undo }, None)
            }
            Verb::Invite { uses, days, note } => (Wish::Invite { uses, days, note }, None),
        };
        say(ask(wish, &config, nowhere()?).await?);
        if let Some(password) = made_up {
            say(format_args!("password: {password}"));
        }
        Ok(())
    }
}

/// A password, and again if it was made up and must be told.
fn password(from_stdin: bool) -> anyhow::Result<(String, Option<String>)> {
    if !from_stdin {
        let password = token::retry_key();
        return Ok((password.clone(), Some(password)));
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("reading the password")?;
    Ok((line.trim_end_matches(['\r', '\n']).to_owned(), None))
}
