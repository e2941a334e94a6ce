//! Doing what the command line asks, with an engine and a store, whoever opened them.
//! Passwords made here follow the same rules as everybody's.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use parlance_engine::{Account, Engine, NewUser};
use parlance_store::Embedded;

use super::Wish;
use crate::error::ApiError;
use crate::secret::Secret;
use crate::signin::{check_new, hash_now};

/// Does it and says what was done. Only a backup writes to `stream`.
pub async fn act(
    wish: Wish,
    engine: &Engine,
    store: &Arc<Embedded>,
    stream: impl Write + Send + 'static,
) -> anyhow::Result<String> {
    match wish {
        Wish::Backup {} => backup(store, stream).await,
        Wish::AddUser { username, password, display_name } => {
            let password_hash = hash(password, &username).await?;
            let account = engine.create_user(NewUser { username, display_name, password_hash }).await;
            Ok(format!("made {}", told(&account.map_err(plain)?)))
        }
        Wish::ShowUser { username } => Ok(told(&find(engine, &username).await?)),
        Wish::ResetPassword { username, password } => {
            let account = find(engine, &username).await?;
            let user = account.user.user_id;
            let hash = hash(password, &username).await?;
            engine.set_password_hash(user, hash).await.map_err(plain)?;
            engine.end_all_sessions(user).await.map_err(plain)?;
            Ok(format!("set another password of {} and signed all devices out", told(&account)))
        }
        Wish::SignOutUser { username } => {
            let account = find(engine, &username).await?;
            engine.end_all_sessions(account.user.user_id).await.map_err(plain)?;
            Ok(format!("signed all devices of {} out", told(&account)))
        }
    }
}

async fn backup(store: &Arc<Embedded>, stream: impl Write + Send + 'static) -> anyhow::Result<String> {
    let store = Arc::clone(store);
    let report = tokio::task::spawn_blocking(move || store.backup(stream)).await??;
    let rows = report.tally.fenced_rows + report.tally.register_rows + report.tally.blind_rows;
    Ok(format!("{rows} rows, {} bytes", report.stream_bytes))
}

async fn find(engine: &Engine, username: &str) -> anyhow::Result<Account> {
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

fn plain(error: parlance_engine::Error) -> anyhow::Error {
    anyhow!(ApiError::from(error).problem().detail)
}

fn told(account: &Account) -> String {
    let role = if account.admin { ", administrator" } else { "" };
    format!("{} ({}, {:?}{role})", account.user.username, account.user.user_id, account.user.display_name)
}
