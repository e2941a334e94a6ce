//! What a signed-in connection is asked: every frame becomes a request under way, or is refused on the spot.
//! Sends are handed to the engine in the order they came in. A bad frame is answered, not punished.

use std::sync::Arc;
use std::time::Instant;

use parlance_proto::frame::{FrameError, encode_answer};
use parlance_proto::{
    Attention, ClientFrame, CloseConversation, Done, ErrorCode, Op, OpenConversation, Problem, Request,
    Response, SendMessage, SetPresence, UnwatchPresence, WatchPresence,
};

use super::connection::Talk;
use super::ending::{End, watched};
use super::frames::Heard;
use super::greeting::other_kind;
use super::in_flight::{Doing, InFlight, Work};
use crate::app::Asker;
use crate::error::ApiError;
use crate::operations::perform;

impl Talk {
    /// Takes what came in.
    pub(super) async fn hear(&mut self, heard: Heard) -> Result<(), End> {
        self.heard_at = Instant::now();
        match heard {
            Heard::Message(message) => self.read(&message).await,
            Heard::Life => Ok(()),
            Heard::OtherKind => self.refuse_frame(0, &other_kind(self.frames.encoding())).await,
            Heard::End(Some(close)) => Err(End::Close(close)),
            Heard::End(None) => Err(End::Gone),
        }
    }

    async fn read(&mut self, message: &[u8]) -> Result<(), End> {
        let ClientFrame { id, request } = match ClientFrame::decode(self.frames.encoding(), message) {
            Ok(frame) => frame,
            Err(bad) => return self.refuse_frame(bad.id, &frame_problem(bad.problem)).await,
        };
        match request {
            Request::SendMessage(input) => self.send(id, input).await,
            Request::OpenConversation(OpenConversation { conversation_id }) => {
                let live = Arc::clone(&self.live);
                let open = async move { Ok(Response::OpenConversation(live.open(conversation_id).await?)) };
                self.work(id, Op::OpenConversation, Box::pin(open));
                Ok(())
            }
            Request::CloseConversation(CloseConversation { conversation_id }) => {
                self.live.close(conversation_id);
                self.done(id, &Response::CloseConversation(Done {})).await
            }
            Request::WatchPresence(WatchPresence { user_ids }) => {
                let live = Arc::clone(&self.live);
                let watch = async move { Ok(Response::WatchPresence(live.watch(user_ids).await?)) };
                self.work(id, Op::WatchPresence, Box::pin(watch));
                Ok(())
            }
            Request::UnwatchPresence(UnwatchPresence { user_ids }) => {
                self.live.unwatch(&user_ids);
                self.done(id, &Response::UnwatchPresence(Done {})).await
            }
            Request::SetPresence(SetPresence { state }) => {
                self.live.set_away(state == Attention::Away);
                self.done(id, &Response::SetPresence(Done {})).await
            }
            Request::Resume(_) => {
                let error = ApiError::new(ErrorCode::Conflict, "this connection is signed in already");
                self.refuse(id, Op::Resume, error).await
            }
            request => {
                let (app, op) = (Arc::clone(&self.app), request.op());
                let asker = Asker { address: self.peer.address(), caller: Some(self.caller) };
                self.work(id, op, Box::pin(async move { perform(&app, asker, request).await }));
                Ok(())
            }
        }
    }

    /// Answers what is done already.
    async fn done(&mut self, id: u32, done: &Response) -> Result<(), End> {
        let answer = encode_answer(self.frames.encoding(), id, done);
        watched(&self.app, self.caller, self.frames.write(answer.into())).await
    }

    /// Hands a message to the engine. Waiting here keeps the order of one connection's sends.
    async fn send(&mut self, id: u32, input: SendMessage) -> Result<(), End> {
        let read_at = self.heard_at;
        if let Err(error) = self.app.rates.send(self.caller, input.conversation_id) {
            return self.refuse(id, Op::SendMessage, error).await;
        }
        match self.app.engine.send_message(self.caller, input).await {
            Ok(pending) => {
                let doing = Doing::Sending(pending);
                self.in_flight.push(InFlight { id, op: Op::SendMessage, read_at, doing });
                Ok(())
            }
            Err(error) => self.refuse(id, Op::SendMessage, error.into()).await,
        }
    }

    fn work(&mut self, id: u32, op: Op, work: Work) {
        let read_at = self.heard_at;
        self.in_flight.push(InFlight { id, op, read_at, doing: Doing::Working(work) });
    }

    async fn refuse_frame(&mut self, id: u32, problem: &Problem) -> Result<(), End> {
        watched(&self.app, self.caller, self.frames.refuse(id, problem)).await
    }
}

/// What a client is told about a frame that cannot be read.
pub fn frame_problem(error: FrameError) -> Problem {
    let detail = error.to_string();
    let code = match error {
        FrameError::Frame(_) => ErrorCode::BadFrame,
        FrameError::Operation(_) => ErrorCode::UnknownOperation,
        FrameError::Input(_) => ErrorCode::InvalidInput,
    };
    Problem::new(code, detail)
}
