//! Legal holds: every content is kept before it changes, for any number of holds, and what is released goes though another
//! release fails.

use std::time::Duration;

use parlance_proto::{
    ConversationId, CreateHold, EditMessage, ExportForAdministrators, Exported, Hold, RecallMessage,
    ReleaseHold, SendMessage, Style, TextSpan,
};
use parlance_store::{Durability, Family, Level, Put, Range, Store, Write};

use crate::harness::{Server, text_of};

async fn hold(server: &Server, on: ConversationId, note: &str) -> Hold {
    let input = CreateHold { user_id: None, conversation_id: Some(on), note: note.to_owned() };
    server.engine.create_hold(&server.engine.operator(), input).await.unwrap()
}

async fn page(server: &Server, conversation_id: ConversationId, after: u64, limit: Option<u32>) -> Exported {
    let reason = "case".to_owned();
    let input = ExportForAdministrators { conversation_id, reason, after: Some(after), limit };
    server.engine.export_for_administrators(&server.engine.operator(), input).await.unwrap()
}

async fn export(server: &Server, conversation_id: ConversationId) -> String {
    page(server, conversation_id, 0, None).await.lines
}

#[tokio::test(start_paused = true)]
async fn many_holds_on_a_long_message_are_in_nobodys_way() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let long = "\u{1f600}".repeat(8_000);
    alice.try_send(chat, "long", &long).await.unwrap();
    for number in 0..12 {
        hold(&server, chat, &number.to_string()).await;
    }
    let recall = RecallMessage { conversation_id: chat, index: 1 };
    alice.engine.recall_message(alice.caller, recall).await.unwrap();
    let lines = export(&server, chat).await;
    let held: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(held["held"]["hold_ids"].as_array().unwrap().len(), 12);
    assert_eq!(held["held"]["entry"]["body"]["text"].as_str().unwrap(), long);
}

#[tokio::test(start_paused = true)]
async fn where_a_link_led_is_kept_though_the_text_stays() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let link = |url: &str| {
        let style = Style::Link { url: url.to_owned(), suspicious: false };
        vec![TextSpan { from: 0, to: 4, style }]
    };
    let spans = Some(link("https://one.example/"));
    let sent = SendMessage { spans, ..SendMessage::text(chat, "k", "here") };
    alice.engine.send_message(alice.caller, sent).await.unwrap().await.unwrap();
    hold(&server, chat, "case").await;
    let (text, spans) = ("here".to_owned(), Some(link("https://two.example/")));
    let edit = EditMessage { conversation_id: chat, index: 1, text, format: None, spans };
    alice.engine.edit_message(alice.caller, edit).await.unwrap();
    assert!(alice.history(chat).await.entries.iter().any(|entry| text_of(entry).as_deref() == Some("here")));
    let lines = export(&server, chat).await;
    assert!(lines.contains("one.example") && lines.contains("two.example"), "{lines}");
}

#[tokio::test(start_paused = true)]
async fn a_release_that_fails_does_not_keep_another_from_being_finished() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    let holds = [hold(&server, chat, "first").await, hold(&server, chat, "second").await];
    let [first, second] = holds.map(|hold| hold.hold_id);
    // The first one's copies cannot be reached.
    let copies = |hold: parlance_proto::HoldId| [b"Mc", &hold.0.to_be_bytes()[..]].concat();
    server.store.take_away(Some(&copies(first)));
    let right = server.engine.operator();
    assert!(server.engine.release_hold(&right, ReleaseHold { hold_id: first }).await.is_err());
    server.engine.release_hold(&right, ReleaseHold { hold_id: second }).await.unwrap();
    // What was being sealed just then for the second one.
    let partition = bytes::Bytes::from(copies(second));
    let late = Write::Put { partition: partition.clone(), put: Put::new(vec![1], vec![1]) };
    server.store.write(vec![late], Durability::Durable).await.unwrap();
    tokio::time::sleep(Duration::from_secs(20)).await;
    let left = Range::prefix(Family::Blind, partition, b"", 1);
    assert!(server.store.range(left, Level::Serial).await.unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_export_has_every_entry_and_every_copy_once_on_pages_of_any_size() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let long = "\u{1f600}".repeat(8_000);
    for number in 0..24 {
        alice.try_send(chat, &number.to_string(), &long).await.unwrap();
    }
    hold(&server, chat, "case").await;
    for index in [1, 2, 3, 24] {
        let recall = RecallMessage { conversation_id: chat, index };
        alice.engine.recall_message(alice.caller, recall).await.unwrap();
    }
    for limit in [None, Some(1), Some(3), Some(200)] {
        let (mut indexes, mut held, mut pages, mut after) = (Vec::new(), Vec::new(), 0, 0);
        loop {
            let page = page(&server, chat, after, limit).await;
            pages += 1;
            assert!(page.lines.len() < 600 * 1_024, "{} bytes", page.lines.len());
            for line in page.lines.lines() {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                indexes.extend(line["index"].as_u64());
                held.extend(line["held"]["entry"]["index"].as_u64());
            }
            let Some(next) = page.next else { break };
            after = next;
        }
        assert_eq!(indexes, (1..=28).collect::<Vec<_>>(), "{limit:?}");
        assert_eq!(held, [1, 2, 3, 24], "{limit:?}");
        assert!(
            pages >= 28 / limit.map_or(200, |limit| limit as usize) && pages >= 2,
            "{pages} of {limit:?}"
        );
    }
    let behind = page(&server, chat, u64::MAX, None).await;
    assert_eq!((behind.lines, behind.next), (String::new(), None));
}
