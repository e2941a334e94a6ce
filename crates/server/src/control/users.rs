//! What the command line does to users, as the operator: the same use cases that administrators have.
//! Every change is on record as the act of the operator.

use std::io::Write;

use anyhow::anyhow;
use parlance_engine::{Account, Actor, Engine, Inviter};
use parlance_proto::{
    CreateInvite, DisableUser, EnableUser, ListUsers, SetAdministrator, SignOutUser, UserDetails, limits,
};

use super::Wish;
use super::act::{find, plain, told};
use crate::signin::token::{self, Kind};

/// Milliseconds in a day.
const DAY_MS: u64 = 24 * 3_600 * 1_000;

/// Changes one user, or makes an invite.
pub async fn change(engine: &Engine, wish: Wish) -> anyhow::Result<String> {
    let by = &engine.operator();
    match wish {
        Wish::SignOutUser { username } => {
            let account = find(engine, &username).await?;
            let input = SignOutUser { user_id: account.user.user_id };
            engine.sign_out_user(by, input).await.map_err(plain)?;
            Ok(format!("signed all devices of {} out", told(&account)))
        }
        Wish::DisableUser { username, reason } => {
            let user_id = find(engine, &username).await?.user.user_id;
            let user = engine.disable_user(by, DisableUser { user_id, reason }).await.map_err(plain)?;
            Ok(format!("disabled {}", line(&user)))
        }
        Wish::EnableUser { username } => {
            let user_id = find(engine, &username).await?.user.user_id;
            let user = engine.enable_user(by, EnableUser { user_id }).await.map_err(plain)?;
            Ok(format!("enabled {}", line(&user)))
        }
        Wish::SetAdministrator { username, administrator } => {
            let user_id = find(engine, &username).await?.user.user_id;
            let input = SetAdministrator { user_id, administrator };
            let user = engine.set_administrator(by, input).await.map_err(plain)?;
            Ok(line(&user))
        }
        Wish::Invite { uses, days, note } => {
            let expires_in_ms = days.map(|days| u64::from(days) * DAY_MS);
            let (code, hash) = token::fresh(Kind::Invite);
            let by = Inviter::from(*by);
            let invite = engine.create_invite(&by, hash, CreateInvite { uses, expires_in_ms, note }).await;
            let invite = invite.map_err(plain)?;
            Ok(format!(
                "{} uses\ncode: {2}\nlink: /#invite={2}\nid: {1}",
                invite.uses,
                invite.invite_id,
                code.expose()
            ))
        }
        _ => Err(anyhow!("this is not about users")),
    }
}

/// Sets a password: for one sign-in, or for good.
pub async fn set_password(
    engine: &Engine,
    account: &Account,
    hash: String,
    one_time: bool,
) -> anyhow::Result<()> {
    let user = account.user.user_id;
    if one_time {
        return engine.reset_password(&engine.operator(), user, hash).await.map(|_| ()).map_err(plain);
    }
    engine.audit(Actor::Operator, "admin.reset_password", user, "").await.map_err(plain)?;
    engine.set_password_hash(user, hash).await.map_err(plain)?;
    engine.end_all_sessions(user).await.map_err(plain)
}

/// Writes a line for each user, newest first.
pub async fn list(
    engine: &Engine,
    query: Option<String>,
    mut stream: impl Write + Send + 'static,
) -> anyhow::Result<String> {
    let (mut after, mut count) = (None, 0);
    loop {
        let input = ListUsers { query: query.clone(), after, limit: Some(limits::PAGE_MAX) };
        let page = engine.list_users(&engine.operator(), input).await.map_err(plain)?;
        count += page.users.len();
        let lines = page.users.iter().fold(String::new(), |lines, user| lines + &line(user) + "\n");
        // The stream may be a slow pipe.
        stream = tokio::task::spawn_blocking(move || stream.write_all(lines.as_bytes()).map(|()| stream))
            .await??;
        after = page.next;
        if after.is_none() {
            return Ok(format!("{count} users"));
        }
    }
}

fn line(user: &UserDetails) -> String {
    let UserDetails { user, administrator, disabled_ms, must_change_password, online, .. } = user;
    let marks = [
        ("administrator", *administrator),
        ("disabled", disabled_ms.is_some()),
        ("one-time password", *must_change_password),
        ("online", *online),
    ];
    let marks = marks.into_iter().filter(|(_, is)| *is);
    let marks = marks.fold(String::new(), |text, (mark, _)| text + ", " + mark);
    format!("{} ({}, {:?}{marks})", user.username, user.user_id, user.display_name)
}
