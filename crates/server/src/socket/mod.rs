//! The WebSocket door: `GET /api/v1/ws`. One task a connection, every operation of the table usable on it.
//!
//! The upgrade judges where the request comes from and which encoding is spoken; who it is may also be told by the
//! first frame. An idle connection holds no large buffer and no large future.

mod connection;
mod ending;
mod frames;
mod greeting;
mod in_flight;
mod metered;
mod requests;

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::SEC_WEBSOCKET_PROTOCOL;
use http::{HeaderMap, HeaderValue};
use hyper_util::rt::TokioIo;
use parlance_proto::frame::{SUBPROTOCOL_JSON, SUBPROTOCOL_MSGPACK};
use parlance_proto::{Encoding, ErrorCode};
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;

use self::connection::Talk;
use self::frames::Frames;
use crate::app::App;
use crate::error::ApiError;
use crate::http::problem;
use crate::listener::Peer;
use crate::signin::Vouched;
use crate::signin::credential::Credential;

/// Turns a request into a connection.
pub async fn upgrade(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    request: Request,
) -> Response {
    match accept(app, peer, request) {
        Ok(response) => response,
        Err(error) => problem(error.problem()),
    }
}

fn accept(app: Arc<App>, peer: Peer, mut request: Request) -> Result<Response, ApiError> {
    if app.tasks.is_stopping() {
        return Err(ApiError::busy());
    }
    let mut response = create_response_with_body(&request, Body::empty).map_err(|error| {
        ApiError::new(ErrorCode::BadFrame, format!("this address takes WebSockets: {error}"))
    })?;
    let upgrade = hyper::upgrade::on(&mut request);
    let (parts, _) = request.into_parts();
    let credential = Credential::find(&parts.headers, &app.site);
    match credential {
        Some(Credential::Bearer(_)) => {}
        Some(Credential::Cookie(_)) => app.site.check_origin(&parts, Vouched::Cookie)?,
        None => app.site.check_origin(&parts, Vouched::Nobody)?,
    }
    let place = place(parts.uri.query().unwrap_or_default());
    let (encoding, protocol) = encoding(&parts.headers)?;
    if let Some(protocol) = protocol {
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol));
    }
    let tasks = app.tasks.clone();
    tasks.spawn(async move {
        let Ok(socket) = upgrade.await else { return };
        let frames = Frames::new(TokioIo::new(socket), encoding).await;
        let greeted = Box::pin(greeting::greet(app, peer, frames, (credential, place))).await;
        if let Some(talk) = greeted {
            Talk::run(talk).await;
        }
    });
    Ok(response)
}

/// The place in the queue that a client brings back, if it is one.
fn place(query: &str) -> Option<u64> {
    let place = query.split('&').find_map(|field| field.strip_prefix("place="))?;
    u64::from_str_radix(place, 16).ok()
}

/// The first encoding that the client offers and we speak; JSON if it offers none at all.
fn encoding(headers: &HeaderMap) -> Result<(Encoding, Option<&'static str>), ApiError> {
    let values = headers.get_all(SEC_WEBSOCKET_PROTOCOL);
    if values.iter().next().is_none() {
        return Ok((Encoding::Json, None));
    }
    let offered = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(','));
    let known = offered.map(str::trim).find_map(|name| match name {
        SUBPROTOCOL_JSON => Some((Encoding::Json, Some(SUBPROTOCOL_JSON))),
        SUBPROTOCOL_MSGPACK => Some((Encoding::Msgpack, Some(SUBPROTOCOL_MSGPACK))),
        _ => None,
    });
    known.ok_or_else(|| {
        let detail = format!("offer the subprotocol {SUBPROTOCOL_JSON} or {SUBPROTOCOL_MSGPACK}");
        ApiError::new(ErrorCode::InvalidInput, detail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_the_query_and_anything_else_is_none() {
        assert_eq!(place("place=9f3c1a70b2d4e685"), Some(0x9f3c_1a70_b2d4_e685));
        assert_eq!(place("x=1&place=1"), Some(1));
        for none in ["", "place=", "place=zz", "places=1", "place=11112222333344445"] {
            assert_eq!(place(none), None, "{none}");
        }
    }

    #[test]
    fn the_first_known_subprotocol_is_spoken() {
        let chosen = |offer: &'static str| {
            let headers = HeaderMap::from_iter([(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(offer))]);
            encoding(&headers).map(|(encoding, _)| encoding).ok()
        };
        assert_eq!(chosen("other, parlance.v1.msgpack, parlance.v1.json"), Some(Encoding::Msgpack));
        assert_eq!(chosen("parlance.v1.json"), Some(Encoding::Json));
        assert_eq!(chosen("graphql-ws"), None);
        assert_eq!(encoding(&HeaderMap::new()).unwrap(), (Encoding::Json, None));
    }
}
