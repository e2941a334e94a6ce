//! History: the whole range it names, both ways, from where the reader may see.
//!
//! A page is never shorter than it says, also where the log goes on in another partition.

use parlance_domain::Rejection;
use parlance_proto::{ConversationId, GetHistory, GetMessage, History, SendMessage};

use crate::harness::{Device, Server, refusal, text_of};

async fn page(
    reader: &Device,
    of: ConversationId,
    after: Option<u64>,
    before: Option<u64>,
    limit: u32,
) -> History {
    let history = reader
        .try_history(GetHistory { conversation_id: of, after, before, limit: Some(limit) })
        .await
        .unwrap();
    let indexes: Vec<u64> = history.entries.iter().map(|entry| entry.index).collect();
    assert_eq!(indexes, (history.from..=history.to).collect::<Vec<_>>(), "the range it names");
    history
}

async fn talk(count: u64) -> (Server, Device, Device, ConversationId) {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    for number in 1..=count {
        alice.send(chat, &format!("m{number}")).await;
    }
    (server, alice, bob, chat)
}

#[tokio::test(start_paused = true)]
async fn pages_go_up_and_down_and_meet() {
    let (_server, _, bob, chat) = talk(25).await;
    let end = page(&bob, chat, None, None, 10).await;
    assert_eq!((end.from, end.to, end.head, end.visible_from), (16, 25, 25, 1));
    let before = page(&bob, chat, None, Some(end.from), 10).await;
    assert_eq!((before.from, before.to), (6, 15));
    let first = page(&bob, chat, None, Some(before.from), 10).await;
    assert_eq!((first.from, first.to), (1, 5));
    let up = page(&bob, chat, Some(0), None, 10).await;
    assert_eq!((up.from, up.to), (1, 10));
    let up = page(&bob, chat, Some(20), None, 10).await;
    assert_eq!((up.from, up.to), (21, 25));
    let between = page(&bob, chat, Some(3), Some(7), 10).await;
    assert_eq!((between.from, between.to), (4, 6));
    let cut = page(&bob, chat, Some(3), Some(20), 5).await;
    assert_eq!((cut.from, cut.to), (4, 8));
}

#[tokio::test(start_paused = true)]
async fn empty_ranges_say_so() {
    let (_server, alice, bob, chat) = talk(3).await;
    for (after, before) in [
        (Some(3), None),
        (Some(u64::MAX), None),
        (None, Some(1)),
        (None, Some(0)),
        (Some(2), Some(3)),
        (Some(3), Some(1)),
    ] {
        let history = page(&bob, chat, after, before, 10).await;
        assert!(history.to < history.from && history.entries.is_empty(), "{after:?} {before:?}");
        assert_eq!(history.head, 3);
    }
    let all = page(&bob, chat, None, Some(u64::MAX), 10).await;
    assert_eq!((all.from, all.to), (1, 3));
    let untouched = page(&alice, alice.with(&alice), None, None, 10).await;
    assert_eq!((untouched.head, untouched.entries.len()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn pages_have_1_to_200_rows() {
    let (_server, _, bob, chat) = talk(1).await;
    for limit in [0, 201] {
        let input = GetHistory { conversation_id: chat, after: None, before: None, limit: Some(limit) };
        assert_eq!(refusal(bob.try_history(input).await), Rejection::BadLimit);
    }
    page(&bob, chat, None, None, 200).await;
}

#[tokio::test(start_paused = true)]
async fn a_member_sees_from_joining_on_and_after_coming_back_from_there() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let group = alice.group("Team", &[&bob]).await;
    alice.send(group, "before").await;
    let joined = alice.add(group, &[&carol]).await.index;
    alice.send(group, "after").await;
    let seen = page(&carol, group, None, None, 50).await;
    assert_eq!((seen.from, seen.visible_from), (joined, joined));
    assert_eq!(seen.entries.iter().filter_map(text_of).collect::<Vec<_>>(), ["after"]);
    for (after, before) in [(Some(0), None), (None, Some(joined)), (Some(0), Some(joined))] {
        let page = page(&carol, group, after, before, 50).await;
        assert!(page.entries.iter().all(|entry| entry.index >= joined), "{after:?} {before:?}");
    }
    let message =
        |index| carol.engine.get_message(carol.caller, GetMessage { conversation_id: group, index });
    assert_eq!(text_of(&message(joined + 1).await.unwrap()).as_deref(), Some("after"));
    for hidden in [0, 1, joined - 1, joined + 2, u64::MAX] {
        assert_eq!(refusal(message(hidden).await), Rejection::NoMessage, "{hidden}");
    }

    let leave = parlance_proto::LeaveConversation { conversation_id: group };
    carol.engine.leave_conversation(carol.caller, leave).await.unwrap();
    alice.send(group, "while away").await;
    let again = alice.add(group, &[&carol]).await.index;
    assert_eq!(page(&carol, group, Some(0), None, 50).await.from, again);
    assert_eq!(refusal(message(joined).await), Rejection::NoMessage, "the former membership is over");
    assert!(carol.summary(group).await.last_message.is_none(), "no preview from before joining");
}

#[tokio::test(start_paused = true)]
async fn a_page_goes_across_the_partitions_of_a_long_log() {
    const BUCKET: u64 = 65_536;
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let mut sent = 0;
    while sent < BUCKET + 50 {
        let mut waiting = Vec::new();
        for _ in 0..256 {
            sent += 1;
            let text = sent.to_string();
            let input = SendMessage::text(chat, text.clone(), text);
            waiting.push(alice.engine.send_message(alice.caller, input).await.unwrap());
        }
        for pending in waiting {
            pending.await.unwrap();
        }
    }
    for crashed in [false, true] {
        if crashed {
            server.crash();
        }
        let bob = server.again(&bob);
        let up = page(&bob, chat, Some(BUCKET - 11), None, 30).await;
        assert_eq!((up.from, up.to, up.head), (BUCKET - 10, BUCKET + 19, sent));
        let down = page(&bob, chat, None, Some(BUCKET + 5), 30).await;
        assert_eq!((down.from, down.to), (BUCKET - 25, BUCKET + 4));
        for entry in up.entries {
            assert_eq!(text_of(&entry).unwrap(), entry.index.to_string());
        }
        let again = server.again(&alice).try_send(chat, "65536", "65536").await.unwrap();
        assert_eq!(again.index, BUCKET, "retry keys are known on both sides");
    }
}

#[tokio::test(start_paused = true)]
async fn a_decision_of_several_entries_at_the_end_of_a_partition_stays_whole() {
    const BUCKET: u64 = 65_536;
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let group = alice.group("Team", &[&bob, &carol]).await;
    let mut sent = 1;
    while sent < BUCKET - 2 {
        let mut waiting = Vec::new();
        while waiting.len() < 256 && sent < BUCKET - 2 {
            sent += 1;
            let input = SendMessage::text(group, sent.to_string(), "text");
            waiting.push(alice.engine.send_message(alice.caller, input).await.unwrap());
        }
        for pending in waiting {
            pending.await.unwrap();
        }
    }
    let ban = parlance_proto::BanMember { conversation_id: group, user_id: carol.id() };
    let banned = alice.engine.ban_member(alice.caller, ban).await.unwrap();
    alice.send(group, "after").await;
    let page = page(&bob, group, Some(BUCKET - 4), None, 30).await;
    let indexes: Vec<u64> = page.entries.iter().map(|entry| entry.index).collect();
    assert_eq!(indexes, (BUCKET - 3..=page.head).collect::<Vec<_>>(), "no gap");
    assert!(banned.index >= BUCKET && page.entries.last().and_then(text_of).as_deref() == Some("after"));
}
