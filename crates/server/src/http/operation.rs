//! One handler for every row of the operation table: who asks, what is asked, do it, answer.
//! A sign-in also sets the cookie, so that the same call serves programs and browsers.

use std::sync::Arc;

use axum::extract::{RawPathParams, Request};
use axum::response::Response;
use http::header::SET_COOKIE;
use http::request::Parts;
use parlance_engine::Caller;
use parlance_proto::{Access, Method, Operation, Request as Asked, Response as Output};

use super::{answer, input};
use crate::app::{App, Asker};
use crate::error::ApiError;
use crate::listener::Peer;
use crate::operations::perform;
use crate::secret::Secret;
use crate::signin::credential::{Credential, check_origin};
use crate::signin::{Vouched, cookie};
use crate::telemetry::count_request;

/// Answers a request for one operation.
pub async fn call(app: Arc<App>, row: &'static Operation, path: RawPathParams, request: Request) -> Response {
    match attempt(&app, row, &path, request).await {
        Ok(output) => {
            count_request(row.name, "ok");
            succeeded(&app, &output)
        }
        Err(error) => {
            let problem = error.problem();
            count_request(row.name, problem.code.as_str());
            answer::problem(problem)
        }
    }
}

async fn attempt(
    app: &App,
    row: &'static Operation,
    path: &RawPathParams,
    request: Request,
) -> Result<Output, ApiError> {
    let (parts, body) = request.into_parts();
    let peer = parts.extensions.get::<Peer>().ok_or(ApiError::Fault("a request without a socket"))?;
    let caller = caller(app, row, &parts, peer).await?;
    let fields = path.iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let asked = read(row, fields, &parts, body).await?;
    let asker = Asker { address: peer.address(), caller };
    perform(app, asker, asked).await
}

/// Who asks. Public operations need nobody, and a session that has ended must not keep anyone from a new one.
async fn caller(app: &App, row: &Operation, parts: &Parts, peer: &Peer) -> Result<Option<Caller>, ApiError> {
    if row.access == Access::Public {
        return app.site.check_origin(parts, Vouched::Nobody).map(|()| None);
    }
    let credential = Credential::find(&parts.headers, &app.site);
    check_origin(parts, credential.as_ref(), &app.site)?;
    let credential = credential.ok_or_else(ApiError::not_signed_in)?;
    let caller = credential.caller(&app.engine).await?;
    peer.signed_in();
    Ok(Some(caller))
}

async fn read(
    row: &'static Operation,
    fields: input::Fields,
    parts: &Parts,
    body: axum::body::Body,
) -> Result<Asked, ApiError> {
    match row.method {
        Method::Get | Method::Delete => {
            input::from_query(row.op, fields, parts.uri.query().unwrap_or_default())
        }
        Method::Post | Method::Patch => {
            let body = input::read_body(&parts.headers, body).await?;
            input::from_body(row.op, fields, &body)
        }
    }
}

fn succeeded(app: &App, output: &Output) -> Response {
    let mut response = answer::json(output);
    let secure = app.site.is_secure();
    let cookie = match output {
        Output::Register(signed_in) | Output::LogIn(signed_in) => {
            cookie::set(&Secret::new(signed_in.token.clone()), secure)
        }
        Output::LogOut(_) => cookie::clear(secure),
        _ => None,
    };
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
