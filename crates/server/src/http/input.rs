//! The input of an operation from an HTTP request: path and query, or path and JSON body.
//! A field of the path wins; the same field elsewhere must be equal. A field given twice is refused.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use parlance_proto::{ErrorCode, Op, Request, codec, limits};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::error::ApiError;

/// A body must arrive within this time.
const BODY: Duration = Duration::from_secs(10);
/// The fields of a path that are numbers.
const NUMBERS: [&str; 1] = ["index"];

/// Fields of a path, by name.
pub type Fields = Vec<(String, String)>;

/// The input of an operation that is called with path and query.
pub fn from_query(op: Op, path: Fields, query: &str) -> Result<Request, ApiError> {
    let query: Fields = serde_urlencoded::from_str(query)
        .map_err(|error| ApiError::new(ErrorCode::BadFrame, format!("the query cannot be read: {error}")))?;
    let mut pairs = path;
    let from_path = pairs.len();
    for (name, text) in query {
        match pairs[..from_path].iter().find(|(known, _)| *known == name) {
            Some((_, known)) if *known == text => {}
            Some(_) => return Err(differs(&name)),
            None => pairs.push((name, text)),
        }
    }
    Ok(Request::from_pairs(op, pairs)?)
}

/// The input of an operation that is called with path and body.
pub fn from_body(op: Op, path: Fields, body: &[u8]) -> Result<Request, ApiError> {
    let body = if body.is_empty() { b"{}" } else { body };
    codec::check_depth(body)?;
    let Object(mut fields) = serde_json::from_slice(body).map_err(parlance_proto::DecodeError::from)?;
    for (name, text) in path {
        let value = from_path(&name, text)?;
        match fields.get(&name) {
            Some(given) if *given != value => return Err(differs(&name)),
            Some(_) => {}
            None => _ = fields.insert(name, value),
        }
    }
    Ok(Request::from_value(op, Value::Object(fields))?)
}

fn from_path(name: &str, text: String) -> Result<Value, ApiError> {
    if !NUMBERS.contains(&name) {
        return Ok(Value::String(text));
    }
    let number: Result<u64, _> = text.parse();
    number.map(Value::from).map_err(|_| {
        ApiError::new(ErrorCode::InvalidInput, format!("{name}: {text:?} in the address is not a number"))
    })
}

fn differs(name: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidInput, format!("{name}: the address and the input name different ones"))
}

/// The bytes of a body, within the limits of size and time.
pub async fn read_body(headers: &HeaderMap, body: Body) -> Result<Bytes, ApiError> {
    let collected =
        tokio::time::timeout(BODY, Limited::new(body, limits::REQUEST_BODY_MAX_BYTES).collect()).await;
    let bytes = match collected {
        Err(_) => {
            return Err(ApiError::new(ErrorCode::BadFrame, "the body did not arrive within 10 seconds"));
        }
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            let detail = format!("a body has at most {} bytes", limits::REQUEST_BODY_MAX_BYTES);
            return Err(ApiError::new(ErrorCode::TooLarge, detail));
        }
        Ok(Err(_)) => return Err(ApiError::new(ErrorCode::BadFrame, "the body ended early")),
        Ok(Ok(collected)) => collected.to_bytes(),
    };
    if bytes.is_empty() || is_json(headers) {
        Ok(bytes)
    } else {
        Err(ApiError::new(
            ErrorCode::BadFrame,
            "send the body as JSON, with `Content-Type: application/json`",
        ))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

/// A JSON object in which no name stands twice.
struct Object(Map<String, Value>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Object;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Object, A::Error> {
                let mut fields = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if fields.contains_key(&name) {
                        return Err(serde::de::Error::custom(format_args!("duplicate field `{name}`")));
                    }
                    fields.insert(name, value);
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::{ConversationId, GetMessage, SendMessage, UserId};

    fn conversation() -> ConversationId {
        ConversationId::direct(UserId(1), UserId(2))
    }

    fn path() -> Fields {
        vec![("conversation_id".to_owned(), conversation().to_string())]
    }

    fn code(result: Result<Request, ApiError>) -> ErrorCode {
        result.unwrap_err().problem().code
    }

    #[test]
    fn path_and_body_make_one_input() {
        let body = br#"{"client_message_id":"k","text":"hello"}"#;
        let expected = SendMessage::text(conversation(), "k", "hello");
        assert_eq!(from_body(Op::SendMessage, path(), body).unwrap(), expected.into());
        let same =
            format!(r#"{{"conversation_id":"{}","client_message_id":"k","text":"hello"}}"#, conversation());
        assert!(from_body(Op::SendMessage, path(), same.as_bytes()).is_ok());
    }

    #[test]
    fn path_and_query_make_one_input() {
        let mut fields = path();
        fields.push(("index".to_owned(), "7".to_owned()));
        let expected = GetMessage { conversation_id: conversation(), index: 7 };
        assert_eq!(from_query(Op::GetMessage, fields.clone(), "").unwrap(), expected.into());
        assert!(from_query(Op::GetMessage, fields.clone(), "index=7").is_ok());
        assert_eq!(code(from_query(Op::GetMessage, fields, "index=8")), ErrorCode::InvalidInput);
    }

    #[test]
    fn what_does_not_fit_is_refused_by_kind() {
        let refused = |body: &str| code(from_body(Op::SendMessage, path(), body.as_bytes()));
        assert_eq!(refused("{"), ErrorCode::BadFrame);
        assert_eq!(refused(&"[".repeat(100)), ErrorCode::BadFrame);
        assert_eq!(refused("[]"), ErrorCode::InvalidInput);
        assert_eq!(refused(r#"{"text":"a","text":"b","client_message_id":"k"}"#), ErrorCode::InvalidInput);
        assert_eq!(
            refused(r#"{"text":"a","client_message_id":"k","sender":"u_1"}"#),
            ErrorCode::InvalidInput
        );
        assert_eq!(
            refused(r#"{"conversation_id":"g_0000000000001","text":"a","client_message_id":"k"}"#),
            ErrorCode::InvalidInput
        );
    }
}
