//! Likes and blocks: what somebody likes while blocked is nothing to whoever blocks, and there again afterwards.
//! One's own likes, and those from before, are shown all the while.

use parlance_proto::{
    BlockUser, ConversationId, GetMessage, LikeMessage, LikePage, Likes, ListLikes, UnblockUser,
};

use crate::harness::{Device, Server};

async fn like(device: &Device, conversation_id: ConversationId, emoji: &str) {
    let input = LikeMessage { conversation_id, index: 1, emoji: emoji.to_owned() };
    device.engine.like_message(device.caller, input).await.unwrap();
}

async fn likes(device: &Device, conversation_id: ConversationId) -> Vec<Likes> {
    let input = GetMessage { conversation_id, index: 1 };
    let entry = device.engine.get_message(device.caller, input).await.unwrap();
    entry.details.map(|details| details.likes).unwrap_or_default()
}

async fn likers(device: &Device, conversation_id: ConversationId) -> usize {
    let input = ListLikes { conversation_id, index: 1, emoji: None, after: None, limit: None };
    let LikePage { likes, .. } = device.engine.list_likes(device.caller, input).await.unwrap();
    likes.len()
}

fn told(likes: &[Likes]) -> Vec<(&str, u64, usize, bool)> {
    likes.iter().map(|like| (&like.emoji[..], like.count, like.first.len(), like.mine)).collect()
}

#[tokio::test(start_paused = true)]
async fn what_the_blocked_like_is_nothing_to_whoever_blocks() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    like(&bob, chat, "👍").await;
    alice.engine.block_user(alice.caller, BlockUser { user_id: bob.id() }).await.unwrap();
    for emoji in ["🎉", "❤️"] {
        like(&bob, chat, emoji).await;
    }
    assert_eq!(told(&likes(&alice, chat).await), [("👍", 1, 1, false)]);
    assert_eq!(likers(&alice, chat).await, 1);
    let row = alice.summary(chat).await.last_message.unwrap();
    assert_eq!(told(&row.details.unwrap().likes), [("👍", 1, 1, false)]);
    // Who is blocked sees no difference.
    assert_eq!(likes(&bob, chat).await.len(), 3);
    assert_eq!(likers(&bob, chat).await, 3);
    // The own like with the same emoji stands alone.
    like(&alice, chat, "🎉").await;
    assert_eq!(told(&likes(&alice, chat).await), [("👍", 1, 1, false), ("🎉", 1, 1, true)]);
    assert_eq!(likers(&alice, chat).await, 2);
    alice.engine.unblock_user(alice.caller, UnblockUser { user_id: bob.id() }).await.unwrap();
    let after = likes(&alice, chat).await;
    assert_eq!(told(&after), [("👍", 1, 1, false), ("🎉", 2, 2, true), ("❤️", 1, 1, false)]);
    assert_eq!(likers(&alice, chat).await, 4);
}
