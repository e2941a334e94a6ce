//! Forwarding against a recall that comes at any moment in between.
//!
//! Whoever is answered that a message is recalled finds no copy whose forwarding was answered later.

use std::cell::Cell;

use parlance_proto::{ForwardMessages, RecallMessage};

use crate::harness::Server;

#[tokio::test(start_paused = true)]
async fn no_copy_is_answered_after_the_recall_of_its_original() {
    let mut caught = 0;
    for yields in 0..120 {
        let server = Server::start();
        let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
        let (chat, other) = (alice.with(&bob), bob.with(&carol));
        alice.send(chat, "secret").await;
        bob.send(other, "hello").await;
        let recalled = Cell::new(false);
        let recall = async {
            for _ in 0..yields {
                tokio::task::yield_now().await;
            }
            let input = RecallMessage { conversation_id: chat, index: 1 };
            alice.engine.recall_message(alice.caller, input).await.unwrap();
            recalled.set(true);
        };
        let forward = async {
            let (indexes, to, client_message_id) = (vec![1], vec![other], "f".to_owned());
            let input = ForwardMessages { conversation_id: chat, indexes, to, client_message_id };
            let done = bob.engine.forward_messages(bob.caller, input).await;
            (done.is_ok(), recalled.get())
        };
        let ((forwarded, late), ()) = tokio::join!(forward, recall);
        let texts = carol.texts(other).await;
        if forwarded && late {
            assert_eq!(texts, ["hello"], "after {yields} yields");
            caught += 1;
        }
    }
    assert!(caught > 0, "no recall came in between");
}
