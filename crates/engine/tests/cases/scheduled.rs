//! Messages sent at a time: once, whatever happens in between; refused with a reason that stays.
//!
//! And drafts: the newest is on all own devices, and gone when it is sent.

use std::time::Duration;

use parlance_domain::Rejection;
use parlance_engine::Error;
use parlance_proto::{
    ConversationId, ErrorCode, ListScheduled, RemoveMember, ScheduleMessage, ScheduledMessage, SetDraft,
    UnscheduleMessage,
};

use crate::harness::{Device, Server, refusal};

const START_MS: i64 = 1_760_000_000_000;
const HOUR_MS: i64 = 3_600_000;

async fn schedule(
    device: &Device,
    id: &str,
    to: ConversationId,
    (text, hours): (&str, i64),
) -> Result<ScheduledMessage, Error> {
    let input = ScheduleMessage {
        scheduled_id: id.to_owned(),
        send_at_ms: START_MS + hours * HOUR_MS,
        conversation_id: to,
        text: text.to_owned(),
        reply_to: None,
    };
    device.engine.schedule_message(device.caller, input).await
}

async fn waiting(device: &Device) -> Vec<ScheduledMessage> {
    device.engine.list_scheduled(device.caller, ListScheduled {}).await.unwrap().messages
}

async fn work() {
    tokio::time::sleep(Duration::from_secs(8)).await;
}

#[tokio::test(start_paused = true)]
async fn a_scheduled_message_is_sent_once_in_order_whatever_crashes() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    schedule(&alice, "second", chat, ("two", 2)).await.unwrap();
    schedule(&alice, "first", chat, ("one", 1)).await.unwrap();
    schedule(&alice, "later", chat, ("much later", 900)).await.unwrap();
    work().await;
    assert_eq!(bob.texts(chat).await, [""; 0]);
    server.clock.pass(3 * HOUR_MS);
    for wait_ms in [501, 502, 503, 510, 530] {
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        server.crash();
    }
    work().await;
    let (alice, bob) = (server.again(&alice), server.again(&bob));
    assert_eq!(bob.texts(chat).await, ["one", "two"]);
    let left: Vec<String> = waiting(&alice).await.into_iter().map(|message| message.scheduled_id).collect();
    assert_eq!(left, ["later"]);
}

#[tokio::test(start_paused = true)]
async fn one_is_changed_by_scheduling_it_again_and_dropped() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    schedule(&alice, "a", chat, ("first thought", 1)).await.unwrap();
    schedule(&alice, "a", chat, ("second thought", 2)).await.unwrap();
    schedule(&alice, "b", chat, ("never", 1)).await.unwrap();
    assert_eq!(schedule(&alice, "b", chat, ("never", 1)).await.unwrap(), waiting(&alice).await[0]);
    let drop = UnscheduleMessage { scheduled_id: "b".to_owned() };
    for _ in 0..2 {
        alice.engine.unschedule_message(alice.caller, drop.clone()).await.unwrap();
    }
    server.clock.pass(HOUR_MS + HOUR_MS / 2);
    work().await;
    assert_eq!(bob.texts(chat).await, [""; 0]);
    server.clock.pass(HOUR_MS);
    work().await;
    assert_eq!(bob.texts(chat).await, ["second thought"]);
    // The id is free again, and what it sent before does not count against it.
    schedule(&alice, "a", chat, ("third thought", 4)).await.unwrap();
    server.clock.pass(2 * HOUR_MS);
    work().await;
    assert_eq!(bob.texts(chat).await, ["second thought", "third thought"]);
}

#[tokio::test(start_paused = true)]
async fn what_may_not_be_sent_when_it_is_due_stays_with_its_reason() {
    let server = Server::start();
    let [alice, bob, eve] = server.users(["alice", "bob", "eve"]).await;
    let group = alice.group("Team", &[&bob]).await;
    schedule(&bob, "a", group, ("too late", 1)).await.unwrap();
    let remove = RemoveMember { conversation_id: group, user_id: bob.id() };
    alice.engine.remove_member(alice.caller, remove).await.unwrap();
    let heard = bob.attach();
    server.clock.pass(2 * HOUR_MS);
    work().await;
    let left = waiting(&bob).await;
    assert_eq!((left.len(), left[0].refused), (1, Some(ErrorCode::NotFound)));
    assert!(left[0].reason.as_ref().unwrap().contains("you are not in it"));
    assert!(heard.events().iter().any(|event| matches!(
        event,
        parlance_proto::Event::Topic { topic: parlance_proto::Topic::Scheduled }
    )));
    assert_eq!(alice.texts(group).await, [""; 0]);
    assert_eq!(refusal(schedule(&eve, "a", group, ("x", 9)).await), Rejection::NoConversation);
    assert_eq!(refusal(schedule(&alice, "a", group, ("x", 0)).await), Rejection::BadSendAt);
    assert_eq!(refusal(schedule(&alice, "a", group, ("x", 365 * 24 + 3)).await), Rejection::BadSendAt);
    for number in 0..100 {
        schedule(&alice, &format!("n{number}"), group, ("x", 9)).await.unwrap();
    }
    assert_eq!(refusal(schedule(&alice, "one-more", group, ("x", 9)).await), Rejection::TooManyScheduled);
    assert!(schedule(&alice, "n7", group, ("changed", 9)).await.is_ok());
}

async fn draft(device: &Device, of: ConversationId, text: &str, changed_ms: Option<i64>) -> Option<String> {
    let input = SetDraft { conversation_id: of, text: text.to_owned(), reply_to: None, changed_ms };
    device.engine.set_draft(device.caller, input).await.unwrap().draft.map(|draft| draft.text)
}

#[tokio::test(start_paused = true)]
async fn the_newest_draft_is_on_all_own_devices_until_it_is_sent() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let tablet = server.device(alice.id()).await;
    let chat = alice.with(&bob);
    bob.send(chat, "hello").await;
    assert_eq!(draft(&alice, chat, "he", None).await.as_deref(), Some("he"));
    let late = Some(START_MS - HOUR_MS);
    assert_eq!(draft(&tablet, chat, "older", late).await.as_deref(), Some("he"));
    assert_eq!(draft(&tablet, chat, "hello bob", None).await.as_deref(), Some("hello bob"));
    assert_eq!(alice.list().await[0].draft.as_ref().unwrap().text, "hello bob");
    assert_eq!(bob.summary(chat).await.draft, None);
    assert_eq!(draft(&alice, chat, "", None).await, None);
    assert_eq!(draft(&tablet, chat, "older", late).await, None, "what was taken away does not come back");
    draft(&alice, chat, "hello bob", None).await;
    alice.send(chat, "hello bob").await;
    assert_eq!(tablet.summary(chat).await.draft, None);
    assert_eq!(tablet.list().await[0].draft, None);
    assert_eq!(draft(&alice, chat, "next", None).await.as_deref(), Some("next"));
}
