//! Who calls: the flags by which `send` and `tail` find a server and sign in to it.
//! A password is never taken from the command line, where others could see it.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use parlance_proto::{ConversationId, FindUser, GetMe, LogIn, LogOut, UserId};
use parlance_sdk::Http;

/// Which server, and as whom.
#[derive(Args)]
pub struct Caller {
    /// The server
    #[arg(long, value_name = "URL", env = "PARLANCE_SERVER", default_value = "http://127.0.0.1:8080")]
    server: String,
    /// A session's token
    #[arg(long, env = "PARLANCE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Sign in with this username; the password is in PARLANCE_PASSWORD or in --password-file
    #[arg(long, value_name = "NAME", conflicts_with = "token")]
    username: Option<String>,
    /// A file whose first line is the password
    #[arg(long, value_name = "FILE", requires = "username")]
    password_file: Option<PathBuf>,
}

/// A session that a command works in.
pub struct Signed {
    pub http: Http,
    pub server: String,
    pub token: String,
    pub user_id: UserId,
    /// Whether this command made the session, and so ends it.
    own: bool,
}

impl Caller {
    /// Signs in, or looks whether the token is good.
    pub async fn sign_in(self) -> anyhow::Result<Signed> {
        let http = Http::new(&self.server)?;
        let (token, own) = match (self.token, self.username) {
            (Some(token), _) => (token, false),
            (None, Some(username)) => {
                let password = password(self.password_file)?;
                let device_name = Some("command line".to_owned());
                (
                    http.log_in(LogIn { username, password, device_name, new_password: None }).await?.token,
                    true,
                )
            }
            (None, None) => bail!("sign in with --token (or PARLANCE_TOKEN), or with --username"),
        };
        let http = http.with_token(&token);
        let user_id = http.call(GetMe {}).await?.user.user_id;
        Ok(Signed { http, server: self.server, token, user_id, own })
    }
}

fn password(file: Option<PathBuf>) -> anyhow::Result<String> {
    match file {
        Some(path) => {
            let text = std::fs::read_to_string(&path);
            let text = text.with_context(|| format!("cannot read {}", path.display()))?;
            Ok(text.lines().next().unwrap_or_default().to_owned())
        }
        None => std::env::var("PARLANCE_PASSWORD").context("set PARLANCE_PASSWORD or give --password-file"),
    }
}

impl Signed {
    /// The conversation that a person names: by its id, a user's id, or a username.
    pub async fn conversation(&self, name: &str) -> anyhow::Result<ConversationId> {
        if let Ok(conversation) = name.parse() {
            return Ok(conversation);
        }
        let user_id = if let Ok(user_id) = name.parse() {
            user_id
        } else {
            let found = self.http.call(FindUser::named(name)).await;
            found.with_context(|| format!("no user called {name:?}"))?.user_id
        };
        Ok(ConversationId::direct(self.user_id, user_id))
    }

    /// Ends the session if it was made for this command.
    pub async fn leave(self) -> anyhow::Result<()> {
        if self.own {
            self.http.call(LogOut {}).await?;
        }
        Ok(())
    }
}
