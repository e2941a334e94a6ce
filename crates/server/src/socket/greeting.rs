//! The first seconds of a connection: who is it? By the upgrade's cookie or token, or by `session.resume`.
//! Before that only a sign-in is done, frames must be small, and time is short. Nobody is looked up before its turn has come.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use parlance_engine::Caller;
use parlance_proto::frame::{encode_answer, encode_event};
use parlance_proto::{
    Access, ClientFrame, Encoding, EndReason, ErrorCode, Event, Hello, Problem, Request, Response, limits,
};

use super::connection::Talk;
use super::frames::{Close, Frames, Gone, Heard};
use super::requests::frame_problem;
use crate::admission::Later;
use crate::app::{App, Asker};
use crate::error::ApiError;
use crate::listener::Peer;
use crate::operations::perform;
use crate::secret::Secret;
use crate::signin::credential::{self, Credential};
use crate::world::{jitter_ms, now_ms};

/// A connection must sign in within this time.
const SIGN_IN: Duration = Duration::from_millis(limits::SIGN_IN_MS);
/// When to come back to a server that cannot look anybody up: at least, and spread over, in milliseconds.
const AGAIN_MS: (u64, u64) = (1_000, 4_000);

/// How a greeting ended, if nobody signed in.
enum Refused {
    /// The other end went away.
    Gone,
    /// Close.
    Close(Close),
    /// Say goodbye to a session that has ended, and close.
    Ended,
    /// Say when to come back, and close.
    Later(Later),
}

impl From<Later> for Refused {
    fn from(later: Later) -> Refused {
        Refused::Later(later)
    }
}

impl From<Gone> for Refused {
    fn from(_: Gone) -> Refused {
        Refused::Gone
    }
}

/// Finds out who it is; nothing if the connection ended over it.
pub async fn greet(
    app: Arc<App>,
    peer: Peer,
    mut frames: Frames,
    (credential, place): (Option<Credential>, Option<u64>),
) -> Option<Box<Talk>> {
    let signed_in = if let Some(credential) = credential {
        known(&app, &peer, &mut frames, (&credential, place)).await
    } else {
        let waited = tokio::time::timeout(SIGN_IN, ask(&app, &peer, &mut frames, place)).await;
        waited.unwrap_or(Err(Refused::Close(Close::NotSignedIn)))
    };
    match signed_in {
        Ok((caller, live)) => {
            frames.trust();
            Some(Box::new(Talk::new(app, peer, caller, live, frames)))
        }
        Err(refused) => {
            turn_away(frames, refused).await;
            None
        }
    }
}

async fn turn_away(mut frames: Frames, refused: Refused) {
    let (close, goodbye) = match refused {
        Refused::Gone => return,
        Refused::Close(close) => (close, None),
        Refused::Ended => {
            let reason = EndReason::SessionEnded;
            (Close::NotSignedIn, Some(Event::Goodbye { reason, retry_after_ms: 0, place: None }))
        }
        Refused::Later(Later { after, place }) => {
            let retry_after_ms = u64::try_from(after.as_millis()).unwrap_or(u64::MAX).max(1);
            let place = place.map(|place| format!("{place:016x}"));
            (Close::TryLater, Some(Event::Goodbye { reason: EndReason::Busy, retry_after_ms, place }))
        }
    };
    if let Some(goodbye) = goodbye {
        _ = frames.write(encode_event(frames.encoding(), &goodbye).into()).await;
    }
    frames.close(close).await;
}

/// Who and what it hears from now on.
type SignedIn = (Caller, parlance_engine::Connection);

/// The upgrade brought a token: say hello as an event.
async fn known(
    app: &App,
    peer: &Peer,
    frames: &mut Frames,
    (credential, place): (&Credential, Option<u64>),
) -> Result<SignedIn, Refused> {
    app.admission.enter(peer.address(), place).await?;
    let caller = credential.owner(&app.engine).await.map_err(|error| refused(error.problem().code))?;
    let encoding = frames.encoding();
    let (live, hello) = attach(app, peer, caller, encoding).await.map_err(|problem| refused(problem.code))?;
    frames.write(encode_event(encoding, &Event::Hello(hello)).into()).await?;
    frames.flush().await?;
    Ok((caller, live))
}

/// The upgrade brought nothing: the frames must say.
async fn ask(app: &App, peer: &Peer, frames: &mut Frames, place: Option<u64>) -> Result<SignedIn, Refused> {
    loop {
        let message = match frames.next().await {
            Heard::Message(message) if message.len() > limits::FRAME_BEFORE_SIGN_IN_MAX_BYTES => {
                return Err(Refused::Close(Close::TooLarge));
            }
            Heard::Message(message) => message,
            Heard::OtherKind => {
                frames.refuse(0, &other_kind(frames.encoding())).await?;
                frames.flush().await?;
                continue;
            }
            Heard::Life => {
                frames.flush().await?;
                continue;
            }
            Heard::End(Some(close)) => return Err(Refused::Close(close)),
            Heard::End(None) => return Err(Refused::Gone),
        };
        if let Some(signed_in) = hear(app, peer, frames, (&message, place)).await? {
            return Ok(signed_in);
        }
        frames.flush().await?;
    }
}

/// Answers one frame; tells who signed in with it, if anybody.
async fn hear(
    app: &App,
    peer: &Peer,
    frames: &mut Frames,
    (message, place): (&Bytes, Option<u64>),
) -> Result<Option<SignedIn>, Refused> {
    let encoding = frames.encoding();
    let (id, request) = match ClientFrame::decode(encoding, message) {
        Ok(ClientFrame { id, request }) => (id, request),
        Err(bad) => {
            frames.refuse(bad.id, &frame_problem(bad.problem)).await?;
            return Ok(None);
        }
    };
    let problem = match request {
        Request::Resume(resume) => {
            app.admission.enter(peer.address(), place).await?;
            match resumed(app, peer, Secret::new(resume.token), encoding).await {
                Ok((signed_in, hello)) => {
                    frames.write(encode_answer(encoding, id, &Response::Resume(hello)).into()).await?;
                    frames.flush().await?;
                    return Ok(Some(signed_in));
                }
                Err(problem) => {
                    frames.refuse(id, &problem).await?;
                    return Err(refused(problem.code));
                }
            }
        }
        request if request.op().row().access == Access::Public => {
            let asker = Asker { address: peer.address(), caller: None };
            match perform(app, asker, request).await {
                Ok(output) => {
                    frames.write(encode_answer(encoding, id, &output).into()).await?;
                    return Ok(None);
                }
                Err(error) => error.problem(),
            }
        }
        _ => ApiError::new(ErrorCode::NotSignedIn, "sign this connection in first, with session.resume")
            .problem(),
    };
    frames.refuse(id, &problem).await?;
    Ok(None)
}

async fn resumed(
    app: &App,
    peer: &Peer,
    token: Secret,
    encoding: Encoding,
) -> Result<(SignedIn, Hello), Problem> {
    let caller = credential::resumed(&app.engine, &token).await.map_err(ApiError::problem)?;
    let (live, hello) = attach(app, peer, caller, encoding).await?;
    Ok(((caller, live), hello))
}

/// Listens first and then looks at the user index, so that nothing falls between the two.
async fn attach(
    app: &App,
    peer: &Peer,
    caller: Caller,
    encoding: Encoding,
) -> Result<(parlance_engine::Connection, Hello), Problem> {
    let let_in = app.engine.let_in(caller, encoding as usize).await;
    let (live, user_index) = let_in.map_err(|error| ApiError::from(error).problem())?;
    peer.signed_in();
    let hello = Hello {
        user_id: caller.user,
        session_id: caller.session,
        user_index,
        time_ms: now_ms(),
        heartbeat_ms: app.heartbeat.ask.as_millis() as u64,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        announcement: app.engine.settings().announcement.clone(),
    };
    Ok((live, hello))
}

fn refused(code: ErrorCode) -> Refused {
    match code {
        ErrorCode::SessionEnded | ErrorCode::NotSignedIn => Refused::Ended,
        _ => {
            let after = Duration::from_millis(AGAIN_MS.0 + jitter_ms(AGAIN_MS.1));
            Refused::Later(Later { after, place: None })
        }
    }
}

/// The refusal of a text frame where binary ones are spoken, or the other way round.
pub fn other_kind(encoding: Encoding) -> Problem {
    let detail = match encoding {
        Encoding::Json => {
            "this connection speaks JSON in text frames; for binary ones offer parlance.v1.msgpack"
        }
        Encoding::Msgpack => {
            "this connection speaks MessagePack in binary frames; for text offer parlance.v1.json"
        }
    };
    Problem::new(ErrorCode::BadFrame, detail)
}
