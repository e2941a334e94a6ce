//! The HTTP door: the same typed calls without a socket, after the routes of the operation table.
//!
//! One call is one request; nothing is repeated here, since only the caller knows whether it may be.

use std::sync::OnceLock;
use std::time::Duration;

use parlance_proto::{
    Access, DecodeError, ErrorCode, Input, LogIn, Method, Problem, Register, Request, SignedIn,
};
use serde_json::Value;

use crate::address::Address;
use crate::{CallError, Error};

/// How long a connection of the HTTP door may take to come up.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a call may take; longer than the longest poll.
const CALL_TIMEOUT: Duration = Duration::from_secs(45);

/// Makes TLS usable: one provider for the whole process, whoever asks first.
pub(crate) fn install_tls_provider() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        // An error means that the program installed one itself, which is as good.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
}

/// Calls over HTTP. Cheap to clone; connections are kept and shared.
#[derive(Clone, Debug)]
pub struct Http {
    address: Address,
    client: reqwest::Client,
    /// The session's secret; nothing for operations that anybody may call.
    token: Option<String>,
}

impl Http {
    /// A caller without a session: it can register and log in.
    pub fn new(url: &str) -> Result<Http, Error> {
        install_tls_provider();
        let address = Address::parse(url)?;
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(CALL_TIMEOUT)
            .build()
            .map_err(|error| Error::Unreachable(error.to_string()))?;
        Ok(Http { address, client, token: None })
    }

    /// The same caller, signed in with a session's token.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Http {
        self.token = Some(token.to_owned());
        self
    }

    /// Registers a user and signs in.
    pub async fn register(&self, input: Register) -> Result<SignedIn, CallError> {
        self.call(input).await
    }

    /// Signs in.
    pub async fn log_in(&self, input: LogIn) -> Result<SignedIn, CallError> {
        self.call(input).await
    }

    /// Calls an operation. Operations about a connection (`Access::Connection`) have no route and are refused.
    pub async fn call<I: Input>(&self, input: I) -> Result<I::Output, CallError> {
        let row = I::OP.row();
        if row.access == Access::Connection {
            let detail = format!("{} needs a WebSocket: use Client::call", row.name);
            return Err(CallError::Refused(Problem::new(ErrorCode::UnknownOperation, detail)));
        }
        let request: Request = input.into();
        let (path, rest) = fill_path(row.path, request.input_value());
        let url = self.address.http(&path);
        let builder = match row.method {
            Method::Get => self.client.get(url).query(&pairs(&rest)),
            Method::Delete => self.client.delete(url).query(&pairs(&rest)),
            Method::Post => self.client.post(url).json(&rest),
            Method::Patch => self.client.patch(url).json(&rest),
        };
        let builder = match &self.token {
            Some(token) => builder.bearer_auth(token),
            None => builder,
        };
        let answer = builder.send().await.map_err(|error| not_answered(&error))?;
        let refused = !answer.status().is_success();
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(|_| CallError::NoAnswer)?;
        if refused {
            return Err(CallError::Refused(problem(status, &body)));
        }
        serde_json::from_slice(&body).map_err(|error| CallError::Answer(error.into()))
    }
}

/// A connection that never came up sent nothing; all else is open.
fn not_answered(error: &reqwest::Error) -> CallError {
    if error.is_connect() { CallError::Offline } else { CallError::NoAnswer }
}

/// The refusal in the body; something between us and the server may answer without one.
fn problem(status: u16, body: &[u8]) -> Problem {
    serde_json::from_slice(body).unwrap_or_else(|_| {
        let code = match status {
            401 => ErrorCode::NotSignedIn,
            404 => ErrorCode::NotFound,
            413 => ErrorCode::TooLarge,
            429 => ErrorCode::RateLimited,
            502..=504 => ErrorCode::UnknownOutcome,
            400..=499 => ErrorCode::InvalidInput,
            _ => ErrorCode::Internal,
        };
        Problem::new(code, format!("status {status} without a description"))
    })
}

/// Moves the fields named in the path out of the input; what is left goes into the query or the body.
fn fill_path(template: &str, input: Value) -> (String, serde_json::Map<String, Value>) {
    let Value::Object(mut fields) = input else { return (template.to_owned(), serde_json::Map::new()) };
    let mut path = String::with_capacity(template.len() + 32);
    for part in template.split_inclusive(['{', '}']) {
        match part.strip_suffix('}') {
            Some(name) => path.push_str(&text(&fields.remove(name).unwrap_or_default())),
            None => path.push_str(part.strip_suffix('{').unwrap_or(part)),
        }
    }
    fields.retain(|_, value| !value.is_null());
    (path, fields)
}

fn pairs(fields: &serde_json::Map<String, Value>) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// A field as it stands in a path or a query. Ids and numbers need no escaping; queries are escaped by the client.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl From<DecodeError> for CallError {
    fn from(error: DecodeError) -> CallError {
        CallError::Answer(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::{ConversationId, GetHistory, UserId};

    #[test]
    fn path_fields_leave_the_input_and_absent_ones_are_not_sent() {
        let conversation_id = ConversationId::direct(UserId(1), UserId(2));
        let input = GetHistory { conversation_id, after: Some(7), before: None, limit: None };
        let request = Request::from(input);
        let (path, rest) = fill_path(request.op().row().path, request.input_value());
        assert_eq!(path, format!("/api/v1/conversations/{conversation_id}/messages"));
        assert_eq!(pairs(&rest), [("after".to_owned(), "7".to_owned())]);
    }

    #[test]
    fn an_answer_without_a_description_is_never_taken_for_a_refusal_when_it_may_have_been_done() {
        assert_eq!(CallError::Refused(problem(502, b"<html>")).outcome(), crate::Outcome::Unknown);
        assert_eq!(CallError::Refused(problem(404, b"")).outcome(), crate::Outcome::Refused);
    }
}
