//! Frames of the WebSocket, in two encodings of the same content.
//!
//! `parlance.v1.json`: text frames `{"id":7,"op":"message.send","in":{…}}`, answered by `{"id":7,"out":{…}}` or
//! `{"id":7,"error":{…}}`; events are `{"event":"entry","data":{…}}`.
//! `parlance.v1.msgpack`: binary frames `[7, "message.send", {…}]`, answered by `[0, 7, {…}]` or `[1, 7, {…}]`; events
//! are `[2, 0, {"event":…,"data":{…}}]`. Maps have the same field names as in JSON.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::codec::{self, DecodeError};
use crate::{Event, Op, Problem, Request, Response};

/// The name of the JSON subprotocol.
pub const SUBPROTOCOL_JSON: &str = "parlance.v1.json";
/// The name of the MessagePack subprotocol.
pub const SUBPROTOCOL_MSGPACK: &str = "parlance.v1.msgpack";

/// The encodings a connection can choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Text frames.
    Json,
    /// Binary frames.
    Msgpack,
}

impl Encoding {
    /// All encodings, by the value of `as usize`.
    pub const ALL: [Encoding; 2] = [Encoding::Json, Encoding::Msgpack];
}

/// A request as read from a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFrame {
    /// The client's number for it, repeated in the answer.
    pub id: u32,
    /// What is asked.
    pub request: Request,
}

/// A request that could not be read: the id to answer, if it was legible, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFrame {
    /// The client's number, 0 if illegible.
    pub id: u32,
    /// What is wrong.
    pub problem: FrameError,
}

/// What can be wrong with a request's frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Not a frame.
    #[error("not a frame: {0}")]
    Frame(DecodeError),
    /// No such operation.
    #[error("there is no operation {0:?}")]
    Operation(String),
    /// The input does not fit the operation.
    #[error("{0}")]
    Input(DecodeError),
}

#[derive(Deserialize)]
struct JsonRequest<'a> {
    id: u32,
    #[serde(borrow)]
    op: std::borrow::Cow<'a, str>,
    #[serde(borrow, rename = "in")]
    input: Option<&'a RawValue>,
}

impl ClientFrame {
    /// Reads a request's frame.
    pub fn decode(encoding: Encoding, bytes: &[u8]) -> Result<ClientFrame, BadFrame> {
        match encoding {
            Encoding::Json => ClientFrame::decode_json(bytes),
            Encoding::Msgpack => ClientFrame::decode_msgpack(bytes),
        }
    }

    fn decode_json(bytes: &[u8]) -> Result<ClientFrame, BadFrame> {
        let illegible = |error| BadFrame { id: 0, problem: FrameError::Frame(error) };
        codec::check_depth(bytes).map_err(illegible)?;
        let frame: JsonRequest<'_> =
            serde_json::from_slice(bytes).map_err(|error| illegible(DecodeError::from(error)))?;
        let id = frame.id;
        let bad = |problem| BadFrame { id, problem };
        let op = Op::named(&frame.op).ok_or_else(|| bad(FrameError::Operation(frame.op.into_owned())))?;
        let input = frame.input.map_or("{}", RawValue::get);
        let request = Request::from_json(op, input).map_err(|error| bad(FrameError::Input(error)))?;
        Ok(ClientFrame { id, request })
    }

    fn decode_msgpack(bytes: &[u8]) -> Result<ClientFrame, BadFrame> {
        let mut rest = bytes;
        let head = read_head(&mut rest).map_err(|what| BadFrame {
            id: 0,
            problem: FrameError::Frame(DecodeError::Syntax(what.to_owned())),
        })?;
        let bad = |problem| BadFrame { id: head.0, problem };
        let op = Op::named(head.1).ok_or_else(|| bad(FrameError::Operation(head.1.to_owned())))?;
        let request = Request::from_msgpack(op, rest).map_err(|error| bad(FrameError::Input(error)))?;
        Ok(ClientFrame { id: head.0, request })
    }

    /// The frame's bytes.
    pub fn encode(&self, encoding: Encoding) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        let name = self.request.op().row().name;
        match encoding {
            Encoding::Json => {
                let input = self.request.input_value();
                codec::write_json(&serde_json::json!({ "id": self.id, "op": name, "in": input }), &mut out);
            }
            Encoding::Msgpack => {
                out.push(FIXARRAY_3);
                codec::write_msgpack(&self.id, &mut out);
                codec::write_msgpack(&name, &mut out);
                self.request.write_msgpack(&mut out);
            }
        }
        out
    }
}

/// MessagePack's mark of an array of three.
const FIXARRAY_3: u8 = 0x93;

/// The id and the operation's name; `rest` then starts with the input.
fn read_head<'a>(rest: &mut &'a [u8]) -> Result<(u32, &'a str), &'static str> {
    const SHAPE: &str = "expected [id, operation, input]";
    if rmp::decode::read_array_len(rest).ok() != Some(3) {
        return Err(SHAPE);
    }
    let id = rmp::decode::read_int(rest).map_err(|_| SHAPE)?;
    let (name, tail) = rmp::decode::read_str_from_slice(*rest).map_err(|_| SHAPE)?;
    *rest = tail;
    Ok((id, name))
}

/// The kinds of server frames in MessagePack, by their first element.
const ANSWER: u8 = 0;
const REFUSAL: u8 = 1;
const EVENT: u8 = 2;

/// Encodes the answer to request `id`.
pub fn encode_answer(encoding: Encoding, id: u32, response: &Response) -> Vec<u8> {
    #[derive(Serialize)]
    struct Answer<'a> {
        id: u32,
        out: &'a Response,
    }
    encode(encoding, (ANSWER, id, response), &Answer { id, out: response })
}

/// Encodes the refusal of request `id`.
pub fn encode_refusal(encoding: Encoding, id: u32, problem: &Problem) -> Vec<u8> {
    #[derive(Serialize)]
    struct Refusal<'a> {
        id: u32,
        error: &'a Problem,
    }
    encode(encoding, (REFUSAL, id, problem), &Refusal { id, error: problem })
}

/// Encodes an event.
pub fn encode_event(encoding: Encoding, event: &Event) -> Vec<u8> {
    encode(encoding, (EVENT, 0u32, event), event)
}

fn encode(encoding: Encoding, binary: impl Serialize, json: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::with_capacity(384);
    match encoding {
        Encoding::Json => codec::write_json(json, &mut out),
        Encoding::Msgpack => codec::write_msgpack(&binary, &mut out),
    }
    out
}

/// A server's frame as a client reads it; an answer's output stays raw until its type is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerFrame<'a> {
    /// The answer to request `id`.
    Answer {
        /// The client's number.
        id: u32,
        /// The output, still encoded.
        output: &'a [u8],
    },
    /// The refusal of request `id`.
    Refusal {
        /// The client's number; 0 if the server could not read it.
        id: u32,
        /// Why.
        problem: Problem,
    },
    /// An event.
    Event(Event),
}

#[derive(Deserialize)]
struct JsonAnswer<'a> {
    id: Option<u32>,
    #[serde(borrow)]
    out: Option<&'a RawValue>,
    error: Option<Problem>,
}

impl<'a> ServerFrame<'a> {
    /// Reads a server's frame.
    pub fn decode(encoding: Encoding, bytes: &'a [u8]) -> Result<ServerFrame<'a>, DecodeError> {
        match encoding {
            Encoding::Json => ServerFrame::decode_json(bytes),
            Encoding::Msgpack => ServerFrame::decode_msgpack(bytes),
        }
    }

    fn decode_json(bytes: &'a [u8]) -> Result<ServerFrame<'a>, DecodeError> {
        let answer: JsonAnswer<'a> = serde_json::from_slice(bytes)?;
        match (answer.id, answer.out, answer.error) {
            (Some(id), Some(output), None) => Ok(ServerFrame::Answer { id, output: output.get().as_bytes() }),
            (Some(id), None, Some(problem)) => Ok(ServerFrame::Refusal { id, problem }),
            _ => Ok(ServerFrame::Event(serde_json::from_slice(bytes)?)),
        }
    }

    fn decode_msgpack(bytes: &'a [u8]) -> Result<ServerFrame<'a>, DecodeError> {
        let shape = || DecodeError::Syntax("expected [kind, id, content]".to_owned());
        let mut rest = bytes;
        if rmp::decode::read_array_len(&mut rest).ok() != Some(3) {
            return Err(shape());
        }
        let kind: u8 = rmp::decode::read_int(&mut rest).map_err(|_| shape())?;
        let id: u32 = rmp::decode::read_int(&mut rest).map_err(|_| shape())?;
        match kind {
            ANSWER => Ok(ServerFrame::Answer { id, output: rest }),
            REFUSAL => Ok(ServerFrame::Refusal { id, problem: codec::msgpack(rest)? }),
            EVENT => Ok(ServerFrame::Event(codec::msgpack(rest)?)),
            _ => Err(shape()),
        }
    }
}

/// Reads an answer's output.
pub fn decode_output<T: DeserializeOwned>(encoding: Encoding, output: &[u8]) -> Result<T, DecodeError> {
    match encoding {
        Encoding::Json => Ok(serde_json::from_slice(output)?),
        Encoding::Msgpack => codec::msgpack(output),
    }
}
