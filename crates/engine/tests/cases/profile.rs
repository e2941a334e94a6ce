//! Profiles: what was changed is told to all devices, also when the rest of the same change is refused.
//! A number or an address is one account's.

use parlance_domain::Rejection;
use parlance_proto::{GetMe, UpdateProfile};

use crate::harness::{Device, Server, refusal};

fn reach(phone: Option<&str>, email: Option<&str>) -> UpdateProfile {
    let (phone, email) = (phone.map(str::to_owned), email.map(str::to_owned));
    UpdateProfile { display_name: None, status_text: None, photo: None, phone, email }
}

async fn phone(device: &Device) -> Option<String> {
    device.engine.get_me(device.caller, GetMe {}).await.unwrap().phone
}

#[tokio::test(start_paused = true)]
async fn what_stands_of_a_change_refused_halfway_is_told() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    bob.engine.update_profile(bob.caller, reach(None, Some("bob@example.org"))).await.unwrap();
    let cursor = alice.cursor().await;
    let both = reach(Some("+491701234567"), Some("bob@example.org"));
    assert_eq!(refusal(alice.engine.update_profile(alice.caller, both).await), Rejection::ReachTaken);
    assert_eq!(phone(&alice).await.as_deref(), Some("+491701234567"));
    assert_ne!(alice.sync(cursor).await.user_index, cursor, "the other devices read it again");
}
