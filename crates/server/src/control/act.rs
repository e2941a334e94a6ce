//! Doing what the command line asks, with an engine and a store, whoever opened them.
//! Passwords made here follow the same rules as everybody's.

use std::io::Write;

use anyhow::{Context as _, anyhow, bail};
use parlance_engine::{Account, Actor, Engine, NewUser};

use super::{Wish, log, users};
use crate::engines::store::Opened;
use crate::error::ApiError;
use crate::media::Shelf;
use crate::secret::Secret;
use crate::signin::{check_new, hash_now};

/// Does it and says what was done. Backups and lists are written to `stream`.
pub async fn act(
    wish: Wish,
    engine: &Engine,
    (opened, shelf): (&Opened, &Shelf),
    stream: impl Write + Send + 'static,
) -> anyhow::Result<String> {
    match wish {
        Wish::Backup {} => {
            let store = opened.embedded()?;
            engine.audit(Actor::Operator, "admin.backup", "everything", "").await.map_err(plain)?;
            Opened::backup(store, shelf, stream).await
        }
        Wish::Compact {} => {
            let done = opened.store().compact().await?;
            Ok(format!("compacted: {} bytes before, {} now", done.bytes_before, done.bytes_after))
        }
        Wish::ShowStore {} => Ok(opened.place()),
        Wish::Migrate { .. } => bail!("the server has just stopped: run this again"),
        Wish::AddUser { username, password, display_name } => {
            let password_hash = hash(password, &username).await?;
            let account = engine.create_user(NewUser { username, display_name, password_hash }).await;
            let account = account.map_err(plain)?;
            let user = account.user.user_id;
            engine.audit(Actor::Operator, "admin.create_user", user, "").await.map_err(plain)?;
            Ok(format!("made {}", told(&account)))
        }
        Wish::ShowUser { username } => Ok(told(&find(engine, &username).await?)),
        Wish::ResetPassword { username, password, one_time } => {
            let account = find(engine, &username).await?;
            let hash = hash(password, &username).await?;
            users::set_password(engine, &account, hash, one_time).await?;
            Ok(format!("set another password of {} and signed all devices out", told(&account)))
        }
        Wish::ListUsers { search } => users::list(engine, search, stream).await,
        Wish::ExportAudit { from } => log::export(engine, from, stream).await,
        Wish::VerifyAudit { expected } => log::verify(engine, expected).await,
        wish => users::change(engine, wish).await,
    }
}

pub(super) async fn find(engine: &Engine, username: &str) -> anyhow::Result<Account> {
    let account = engine.account_named(username).await.map_err(plain)?;
    account.ok_or_else(|| anyhow!("no user is called {username}"))
}

async fn hash(password: String, username: &str) -> anyhow::Result<String> {
    let password = Secret::new(password);
    check_new(&password, username).map_err(|error| anyhow!(error.problem().detail))?;
    let hashed =
        tokio::task::spawn_blocking(move || hash_now(&password)).await.context("hashing the password")?;
    hashed.map_err(|error| anyhow!(error.problem().detail))
}

pub(super) fn plain(error: parlance_engine::Error) -> anyhow::Error {
    anyhow!(ApiError::from(error).problem().detail)
}

pub(super) fn told(account: &Account) -> String {
    let role = if account.admin { ", administrator" } else { "" };
    let role = if account.user.disabled { ", disabled" } else { role };
    format!("{} ({}, {:?}{role})", account.user.username, account.user.user_id, account.user.display_name)
}
