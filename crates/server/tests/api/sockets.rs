//! The WebSocket door: how one signs in on it, both encodings, and that bad frames cost the sender, not the rest.
//! Limits of size and time end a connection with their own code.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use parlance_proto::{ClientFrame, Encoding, Event, GetMe, Me, ServerFrame, frame};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::MaybeTlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::line::Line;
use crate::place::{PASSWORD, Place};

#[tokio::test]
async fn a_token_at_the_upgrade_or_in_the_first_frame_signs_in() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let mut line = alice.line().await;
    assert!(line.does("session.ping", json!({})).await["time_ms"].as_i64().unwrap() > 1_600_000_000_000);
    let mut line = Line::stranger(&place.url).await;
    assert_eq!(line.refused("profile.get", json!({})).await, "not_signed_in");
    let hello = line.does("session.resume", json!({ "token": alice.token })).await;
    assert_eq!((&hello["user_id"], &hello["heartbeat_ms"]), (&json!(alice.id), &json!(25_000)));
    assert_eq!(line.does("profile.get", json!({})).await["session_id"], alice.session.as_str());
    assert_eq!(line.refused("session.resume", json!({ "token": alice.token })).await, "conflict");
}

#[tokio::test]
async fn one_can_register_and_sign_in_on_a_socket_alone() {
    let place = Place::start().await;
    let mut line = Line::stranger(&place.url).await;
    let signed_in = line.does("account.register", json!({ "username": "alice", "password": PASSWORD })).await;
    line.does("session.resume", json!({ "token": signed_in["token"] })).await;
    assert_eq!(line.does("profile.get", json!({})).await["user"]["username"], "alice");
}

#[tokio::test]
async fn a_token_of_no_session_says_goodbye() {
    let place = Place::start().await;
    let dead = format!("ps_{}", "A".repeat(43));
    let line = Line::open(&place.url, &[("authorization", &format!("Bearer {dead}"))]).await.unwrap();
    let (close, frames) = line.close().await;
    assert_eq!((close, &frames[0]["data"]["reason"]), (4401, &json!("session_ended")));
    let mut line = Line::stranger(&place.url).await;
    assert_eq!(line.refused("session.resume", json!({ "token": dead })).await, "session_ended");
    assert_eq!(line.close().await.0, 4401);
}

#[tokio::test]
async fn whoever_does_not_sign_in_is_closed_after_five_seconds() {
    let place = Place::start().await;
    let began = Instant::now();
    let line = Line::stranger(&place.url).await;
    assert_eq!(line.close().await.0, 4401);
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(4_900) && took < Duration::from_secs(8), "{took:?}");
}

#[tokio::test]
async fn bad_frames_are_answered_and_the_connection_stays() {
    let place = Place::start().await;
    let mut line = place.person("alice").await.line().await;
    for (frame, id, code) in [
        ("{", 0, "bad_frame"),
        ("[]", 0, "invalid"),
        ("{\"id\":4}", 0, "bad_frame"),
        ("{\"id\":5,\"op\":\"message.sing\",\"in\":{}}", 5, "unknown_operation"),
        ("{\"id\":6,\"op\":\"message.send\",\"in\":{\"text\":1}}", 6, "invalid_input"),
        ("{\"id\":7,\"op\":\"user.get\",\"in\":{\"user_id\":\"alice\"}}", 7, "invalid_input"),
        ("{\"id\":8,\"op\":\"profile.get\",\"in\":{\"extra\":1}}", 8, "invalid_input"),
    ] {
        line.write(frame).await;
        let answer = line.next().await;
        assert_eq!(answer["id"], id, "{frame}");
        let told = answer["error"]["code"].as_str().unwrap();
        assert!(told == code || code == "invalid" && told == "bad_frame", "{frame}: {answer}");
    }
    line.write(&format!("{{\"id\":9,\"op\":\"profile.get\",\"in\":{}1{}}}", "[".repeat(40), "]".repeat(40)))
        .await;
    assert_eq!(line.next().await["error"]["code"], "bad_frame");
    line.socket.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(line.next().await["error"]["code"], "bad_frame");
    assert_eq!(line.does("profile.get", json!({})).await["user"]["username"], "alice");
}

#[tokio::test]
async fn a_frame_over_the_limit_closes_with_1009() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let mut line = alice.line().await;
    line.write(&"x".repeat(129 * 1_024)).await;
    assert_eq!(line.close().await.0, 1009);
    let mut line = Line::stranger(&place.url).await;
    line.write(&"x".repeat(5 * 1_024)).await;
    assert_eq!(line.close().await.0, 1009);
}

#[tokio::test]
async fn a_strangers_long_message_is_not_even_read() {
    let place = Place::start().await;
    let mut line = Line::stranger(&place.url).await;
    // The head promises a message within every other limit; the rest trickles, so that only what was read can end it.
    let head = [0x81, 0xff, 0, 0, 0, 0, 0, 1, 0xf0, 0, 1, 2, 3, 4];
    let MaybeTlsStream::Plain(socket) = line.socket.get_mut() else { panic!("no TLS here") };
    socket.write_all(&head).await.unwrap();
    let mut sent = 0;
    while sent < 64 * 1_024 && socket.write_all(&[0x55; 512]).await.is_ok() {
        sent += 512;
        tokio::time::sleep(Duration::from_millis(2)).await;
        let mut peeked = [0; 1];
        if matches!(tokio::time::timeout(Duration::ZERO, socket.peek(&mut peeked)).await, Ok(Ok(_))) {
            break;
        }
    }
    assert!(sent <= 16 * 1_024, "{sent} bytes were taken");
    assert_eq!(line.close().await.0, 1009);
}

#[tokio::test]
async fn a_message_of_four_kib_signs_in_after_another() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let mut line = Line::stranger(&place.url).await;
    let padded = |text: String| format!("{text}{}", " ".repeat(4_096 - text.len()));
    line.write(&padded(json!({ "id": 1, "op": "profile.get" }).to_string())).await;
    let input = json!({ "token": alice.token });
    line.write(&padded(json!({ "id": 2, "op": "session.resume", "in": input }).to_string())).await;
    line.write(&format!("{}{}", json!({ "id": 3, "op": "profile.get" }), " ".repeat(100_000))).await;
    assert_eq!(line.answer(1).await["error"]["code"], "not_signed_in");
    assert_eq!(line.answer(2).await["out"]["user_id"], alice.id.as_str());
    assert_eq!(line.answer(3).await["out"]["user"]["username"], "alice");
}

#[tokio::test]
async fn a_connection_without_a_sign_of_life_is_dead_in_time() {
    let place = Place::start_with(|config| {
        config.limits.heartbeat_ms = 200;
        config.limits.dead_after_ms = 600;
    })
    .await;
    let alice = place.person("alice").await;
    let mut silent = alice.line().await;
    let mut alive = place.log_in("alice").await.line().await;
    let online = async || {
        let (_, answer) = alice.get("/api/v1/sessions").await;
        answer["sessions"].as_array().unwrap().iter().filter(|one| one["online"] == true).count()
    };
    assert_eq!(online().await, 2);
    // Reading answers the server's pings; the silent one does not read.
    alive.within(Duration::from_millis(1_500)).await;
    assert_eq!(online().await, 1);
    alive.does("session.ping", json!({})).await;
    let MaybeTlsStream::Plain(socket) = silent.socket.get_mut() else { panic!("no TLS here") };
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "the socket is closed");
}

#[tokio::test]
async fn many_fragments_are_one_message_over_the_limit() {
    let place = Place::start().await;
    let mut line = place.person("alice").await.line().await;
    for number in 0..100_000 {
        let kind = if number == 0 { Data::Text } else { Data::Continue };
        let fragment = Message::Frame(Frame::message("xx", OpCode::Data(kind), false));
        if line.socket.feed(fragment).await.is_err() {
            break;
        }
    }
    _ = line.socket.flush().await;
    assert_eq!(line.close().await.0, 1009);
}

#[tokio::test]
async fn the_binary_encoding_says_the_same() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let bearer = format!("Bearer {}", alice.token);
    let headers = [("authorization", bearer.as_str()), ("sec-websocket-protocol", "parlance.v1.msgpack")];
    let mut socket = Line::open(&place.url, &headers).await.unwrap().socket;
    let bytes = socket.next().await.unwrap().unwrap().into_data();
    let ServerFrame::Event(Event::Hello(hello)) = ServerFrame::decode(Encoding::Msgpack, &bytes).unwrap()
    else {
        panic!("no hello");
    };
    assert_eq!(hello.user_id.to_string(), alice.id);
    let ask = ClientFrame { id: 7, request: GetMe {}.into() }.encode(Encoding::Msgpack);
    socket.send(Message::binary(ask)).await.unwrap();
    let bytes = socket.next().await.unwrap().unwrap().into_data();
    let ServerFrame::Answer { id: 7, output } = ServerFrame::decode(Encoding::Msgpack, &bytes).unwrap()
    else {
        panic!("no answer");
    };
    let me: Me = frame::decode_output(Encoding::Msgpack, output).unwrap();
    assert_eq!(me.user.username, "alice");
    socket.send(Message::text("{}")).await.unwrap();
    let bytes = socket.next().await.unwrap().unwrap().into_data();
    assert!(matches!(
        ServerFrame::decode(Encoding::Msgpack, &bytes).unwrap(),
        ServerFrame::Refusal { id: 0, .. }
    ));
}

#[tokio::test]
async fn a_long_answer_comes_whole() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let mut line = alice.line().await;
    for number in 0..20 {
        let text = format!("{number} {}", "é".repeat(7_900));
        let input = json!({ "conversation_id": alice.direct(&bob), "client_message_id": format!("k{number}"), "text": text });
        line.does("message.send", input).await;
    }
    let page =
        line.does("message.history", json!({ "conversation_id": alice.direct(&bob), "after": 0 })).await;
    let entries = page["entries"].as_array().unwrap();
    assert!(entries.iter().all(|entry| entry["body"]["text"].as_str().unwrap().ends_with("éé")));
    assert_eq!(entries.last().unwrap()["index"], page["to"]);
}

#[tokio::test]
async fn a_reader_that_never_reads_is_told_to_sync_and_harms_nobody() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    let mut slow = bob.line().await;
    let mut sender = alice.line().await;
    let text = "y".repeat(7_000);
    let began = Instant::now();
    for number in 0..1_200 {
        let input =
            json!({ "conversation_id": chat, "client_message_id": format!("k{number}"), "text": text });
        sender.does("message.send", input).await;
        sender.within(Duration::ZERO).await;
    }
    assert!(began.elapsed() < Duration::from_secs(60));
    let heard = slow.within(Duration::from_secs(2)).await;
    assert!(heard.iter().any(|frame| frame["event"] == "unsynced"), "{} frames", heard.len());
    assert!(heard.len() < 1_200);
    assert_eq!(
        slow.does("session.ping", json!({})).await["user_index"].as_u64().map(|index| index > 0),
        Some(true)
    );
}
