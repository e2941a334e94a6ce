//! The golden frames: one JSON file for each request, answer, refusal and event. Each must decode, encode to the same
//! value again, and survive MessagePack. The TypeScript SDK reads the same files.

#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::path::Path;

use parlance_proto::frame::{encode_answer, encode_event, encode_refusal};
#[allow(clippy::wildcard_imports)] // the table of outputs names every input type
use parlance_proto::*;
use serde_json::Value;

/// A file's name without `.json`, and its text.
type Golden = (String, String);

/// The files of one kind, with the name that follows the kind.
fn golden(kind: &str) -> Vec<Golden> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let named = files.filter_map(|path| {
        let stem = path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned();
        let name = stem.strip_prefix(kind)?.strip_prefix('.')?.to_owned();
        Some((name, std::fs::read_to_string(path).unwrap()))
    });
    let mut all: Vec<Golden> = named.collect();
    all.sort();
    assert!(!all.is_empty(), "no golden frames of kind {kind}");
    all
}

fn value(json: impl AsRef<[u8]>) -> Value {
    serde_json::from_slice(json.as_ref()).unwrap()
}

fn response(op: Op, encoding: Encoding, output: &[u8]) -> Response {
    Response::decode(op, encoding, output).unwrap()
}

#[test]
fn requests_keep_their_value_in_both_encodings() {
    for (name, text) in golden("request") {
        let frame = ClientFrame::decode(Encoding::Json, text.as_bytes())
            .unwrap_or_else(|bad| panic!("{name}: {bad:?}"));
        assert_eq!(frame.request.op().row().name, name);
        assert_eq!(value(frame.encode(Encoding::Json)), value(&text), "{name}");
        let binary = frame.encode(Encoding::Msgpack);
        assert_eq!(ClientFrame::decode(Encoding::Msgpack, &binary), Ok(frame), "{name}");
    }
}

#[test]
fn answers_keep_their_value_in_both_encodings() {
    for (name, text) in golden("answer") {
        let op = Op::named(&name).unwrap_or_else(|| panic!("no operation {name}"));
        let Ok(ServerFrame::Answer { id, output }) = ServerFrame::decode(Encoding::Json, text.as_bytes())
        else {
            panic!("{name} is not an answer");
        };
        let read = response(op, Encoding::Json, output);
        assert_eq!(value(encode_answer(Encoding::Json, id, &read)), value(&text), "{name}");
        let binary = encode_answer(Encoding::Msgpack, id, &read);
        let Ok(ServerFrame::Answer { id: again, output }) = ServerFrame::decode(Encoding::Msgpack, &binary)
        else {
            panic!("{name} is not an answer in MessagePack");
        };
        assert_eq!((again, response(op, Encoding::Msgpack, output)), (id, read), "{name}");
    }
}

#[test]
fn refusals_keep_their_value_in_both_encodings() {
    for (name, text) in golden("refusal") {
        let frame = ServerFrame::decode(Encoding::Json, text.as_bytes()).unwrap();
        let ServerFrame::Refusal { id, problem } = frame.clone() else { panic!("{name} is not a refusal") };
        assert_eq!(problem.code.as_str(), name);
        assert_eq!(value(encode_refusal(Encoding::Json, id, &problem)), value(&text), "{name}");
        let binary = encode_refusal(Encoding::Msgpack, id, &problem);
        assert_eq!(ServerFrame::decode(Encoding::Msgpack, &binary), Ok(frame), "{name}");
    }
}

#[test]
fn events_keep_their_value_in_both_encodings() {
    for (name, text) in golden("event") {
        let frame = ServerFrame::decode(Encoding::Json, text.as_bytes()).unwrap();
        let ServerFrame::Event(event) = &frame else { panic!("{name} is not an event") };
        assert_eq!(value(encode_event(Encoding::Json, event)), value(&text), "{name}");
        let binary = encode_event(Encoding::Msgpack, event);
        assert_eq!(ServerFrame::decode(Encoding::Msgpack, &binary), Ok(frame), "{name}");
    }
}

#[test]
fn every_operation_has_a_request_and_an_answer() {
    let names = |kind| golden(kind).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let mut operations: Vec<_> = OPERATIONS.iter().map(|row| row.name.to_owned()).collect();
    operations.sort();
    assert_eq!(names("request"), operations);
    assert_eq!(names("answer"), operations);
}
