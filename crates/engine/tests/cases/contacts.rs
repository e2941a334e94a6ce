//! Contacts: whoever is blocked or was declined finds no difference, not even in how long things take.
//! The writes of the store are counted, since a clock would only say so now and then.

use parlance_proto::{BlockUser, DeclineContact, RequestContact, WithdrawContact};

use crate::harness::{Device, Server};

async fn ask(device: &Device, other: &Device) {
    let request = RequestContact { user_id: other.id(), note: None };
    device.engine.request_contact(device.caller, request).await.unwrap();
}

async fn withdraw(device: &Device, other: &Device) {
    let withdraw = WithdrawContact { user_id: other.id() };
    device.engine.withdraw_contact(device.caller, withdraw).await.unwrap();
}

/// How many writes asking takes, asking again, and taking it back.
async fn writes(server: &Server, device: &Device, other: &Device) -> [u32; 3] {
    let mut before = server.store.writes();
    let mut since = || {
        let after = server.store.writes();
        after - std::mem::replace(&mut before, after)
    };
    ask(device, other).await;
    let asked = since();
    ask(device, other).await;
    let again = since();
    withdraw(device, other).await;
    [asked, again, since()]
}

#[tokio::test(start_paused = true)]
async fn who_is_blocked_or_declined_waits_as_long_as_everybody() {
    let server = Server::lazy();
    let [alice, bob, carol, dave] = server.users(["alice", "bob", "carol", "dave"]).await;
    alice.engine.block_user(alice.caller, BlockUser { user_id: bob.id() }).await.unwrap();
    ask(&carol, &alice).await;
    let decline = DeclineContact { user_id: carol.id() };
    alice.engine.decline_contact(alice.caller, decline).await.unwrap();
    withdraw(&carol, &alice).await;
    let usual = writes(&server, &dave, &alice).await;
    assert_eq!(usual[1], 0, "nothing has changed");
    assert_eq!(writes(&server, &bob, &alice).await, usual);
    assert_eq!(writes(&server, &carol, &alice).await, usual);
}
