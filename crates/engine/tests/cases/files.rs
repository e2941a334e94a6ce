//! The books of files: what they take up is exact, what nobody finished or sent goes after a day, and whatever a crash cuts
//! short is done by the next round.

use std::time::Duration;

use parlance_domain::{FileLimits, FileRefusal, FilesHeld, Rejection};
use parlance_engine::{Due, Error, Made, NewUpload, Options, Piece};
use parlance_proto::{
    Accepted, AttachmentKind, ConversationId, DeleteFile, DissolveGroup, FileId, NewAttachment, Personalize,
    RecallMessage, SendMessage,
};

use crate::harness::{Device, Server, refusal};

const DAY_MS: i64 = 24 * 3_600_000;
const LIMITS: FileLimits = FileLimits { file_max_bytes: 100, quota_bytes: 250 };

async fn begin(device: &Device, length: u64) -> Result<FileId, Error> {
    let new = NewUpload { length, name: "a.txt".to_owned(), ..NewUpload::default() };
    device.engine.begin_upload(device.caller, new, LIMITS).await.map(|upload| upload.file_id)
}

async fn finish(device: &Device, file: FileId, digest: u8, size: u64) -> Result<FileId, Error> {
    finish_as(AttachmentKind::File, device, file, (digest, size)).await
}

async fn finish_as(
    kind: AttachmentKind,
    device: &Device,
    file: FileId,
    (digest, size): (u8, u64),
) -> Result<FileId, Error> {
    device.engine.claim_bytes(file, &[digest; 32]).await?;
    let whole = Piece { digest: [digest; 32], size, media_type: "application/octet-stream".to_owned() };
    let made =
        Made { kind, whole, small: None, large: None, sides: None, animated: false, placeholder: None };
    device.engine.finish_upload(device.caller, file, made).await.map(|info| info.file_id)
}

async fn file(device: &Device, digest: u8) -> FileId {
    let begun = begin(device, 50).await.unwrap();
    finish(device, begun, digest, 50).await.unwrap()
}

async fn send(device: &Device, to: ConversationId, key: &str, file: FileId) -> Result<Accepted, Error> {
    let message =
        SendMessage { attachments: Some(vec![NewAttachment::of(file)]), ..SendMessage::text(to, key, "") };
    device.engine.send_message(device.caller, message).await?.await
}

async fn held(device: &Device) -> (u64, u32) {
    let FilesHeld { bytes, uploads } = device.engine.files_held(device.caller).await.unwrap();
    (bytes, uploads)
}

async fn due(server: &Server) -> Vec<Due> {
    server.engine.due_files(None).await.unwrap()
}

/// Collects as the server does; the first byte of each digest whose bytes are to be erased.
async fn collect(server: &Server) -> Vec<u8> {
    let (engine, mut erased) = (&server.engine, Vec::new());
    for one in due(server).await {
        for digest in engine.release(&one).await.unwrap() {
            if engine.begin_erasing(&one, &digest).await.unwrap() {
                erased.push(digest[0]);
                engine.end_erasing(&digest).await.unwrap();
            }
            engine.released(&one, &digest).await.unwrap();
        }
        engine.looked_at(&one).await.unwrap();
    }
    erased
}

#[tokio::test(start_paused = true)]
async fn what_uploads_take_up_is_exact_to_the_byte() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let first = begin(&alice, 100).await.unwrap();
    let second = begin(&alice, 100).await.unwrap();
    assert_eq!(held(&alice).await, (200, 2));
    let refused = begin(&alice, 51).await;
    assert!(matches!(refusal(refused), Rejection::File(FileRefusal::QuotaExceeded(250))));
    let refused = begin(&bob, 101).await;
    assert!(matches!(refusal(refused), Rejection::File(FileRefusal::TooLarge(100))));
    begin(&alice, 50).await.unwrap();
    // A picture made anew has another size than what was uploaded.
    finish(&alice, first, 1, 130).await.unwrap();
    assert_eq!(held(&alice).await, (280, 2));
    for _ in 0..2 {
        server.engine.end_upload(alice.caller.user, second).await.unwrap();
        assert_eq!(held(&alice).await, (180, 1));
    }
    // Whoever comes late finds nothing to finish, and changes nothing.
    assert!(finish(&alice, first, 1, 130).await.is_err() && finish(&alice, second, 1, 9).await.is_err());
    assert_eq!(held(&alice).await, (180, 1));
}

#[tokio::test(start_paused = true)]
async fn what_was_not_finished_or_not_sent_goes_after_a_day() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let begun = begin(&alice, 20).await.unwrap();
    // Bytes were kept, and the server crashed before the file was in the books.
    server.engine.claim_bytes(begun, &[9; 32]).await.unwrap();
    let (unsent, sent) = (file(&alice, 1).await, file(&alice, 2).await);
    send(&alice, chat, "k", sent).await.unwrap();
    server.clock.pass(DAY_MS - 120_000);
    assert!(due(&server).await.is_empty());
    assert!(alice.engine.upload(alice.caller, begun).await.is_ok());
    server.clock.pass(120_000);
    // From here on it can neither go on nor be sent, and soon nothing of it is left.
    assert!(alice.engine.upload(alice.caller, begun).await.is_err());
    let refused = send(&alice, chat, "k2", unsent).await;
    assert!(matches!(refusal(refused), Rejection::File(FileRefusal::NoFile)));
    server.clock.pass(120_000);
    let before = due(&server).await;
    assert_eq!(before.len(), 3);
    // A round that is cut short anywhere is done again.
    for one in &before {
        server.engine.release(one).await.unwrap();
    }
    server.crash();
    let alice = server.again(&alice);
    let mut erased = collect(&server).await;
    erased.sort_unstable();
    assert_eq!(erased, [1, 9]);
    assert_eq!(held(&alice).await, (50, 0));
    assert!(due(&server).await.is_empty());
    assert!(alice.engine.attached_content(alice.caller, (chat, 1), sent, None).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn bytes_stay_as_long_as_one_file_needs_them() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let (mine, theirs) = (file(&alice, 1).await, file(&bob, 1).await);
    send(&alice, chat, "k1", mine).await.unwrap();
    send(&alice, chat, "k2", mine).await.unwrap();
    send(&bob, chat, "k3", theirs).await.unwrap();
    // Nobody sends what somebody else uploaded.
    assert!(send(&bob, chat, "k4", mine).await.is_err());
    for (index, device) in [(1, &alice), (2, &alice), (3, &bob)] {
        let recall = RecallMessage { conversation_id: chat, index };
        device.engine.recall_message(device.caller, recall).await.unwrap();
        assert!(device.engine.attached_content(device.caller, (chat, index), mine, None).await.is_err());
        server.clock.pass(120_000);
        let expected: &[u8] = if index == 3 { &[1] } else { &[] };
        assert_eq!(collect(&server).await, expected, "{index}");
        let left = [(50, 50), (0, 50), (0, 0)][index as usize - 1];
        assert_eq!((held(&alice).await.0, held(&bob).await.0), left);
    }
    let unsent = file(&alice, 4).await;
    alice.engine.delete_file(alice.caller, DeleteFile { file_id: unsent }).await.unwrap();
    assert!(send(&alice, chat, "k5", unsent).await.is_err());
    assert!(alice.engine.own_content(alice.caller, unsent, None).await.is_err());
    server.clock.pass(120_000);
    assert_eq!(collect(&server).await, [4]);
}

#[tokio::test(start_paused = true)]
async fn no_node_erases_what_another_keeps_anew_at_that_moment() {
    let server = Server::with(Options { alone: false, ..Options::default() });
    let other = server.rival();
    let [alice] = server.users(["alice"]).await;
    let unsent = file(&alice, 1).await;
    alice.engine.delete_file(alice.caller, DeleteFile { file_id: unsent }).await.unwrap();
    server.clock.pass(120_000);
    let one = due(&server).await.pop().unwrap();
    let digest = server.engine.release(&one).await.unwrap()[0];
    // Whoever keeps the same bytes anew waits until they are erased.
    let anew = begin(&alice, 50).await.unwrap();
    assert!(server.engine.begin_erasing(&one, &digest).await.unwrap());
    let mut keeping = std::pin::pin!(other.claim_bytes(anew, &digest));
    assert!(tokio::time::timeout(Duration::from_secs(30), &mut keeping).await.is_err());
    server.engine.end_erasing(&digest).await.unwrap();
    tokio::time::timeout(Duration::from_secs(1), &mut keeping).await.unwrap().unwrap();
    // And whoever comes to erase them afterwards finds that they are needed.
    assert!(!server.engine.begin_erasing(&one, &digest).await.unwrap());
    // A node that ends in the middle holds nobody up for long.
    other.begin_erasing(&one, &[7; 32]).await.unwrap();
    other.crash();
    let claimed = server.engine.claim_bytes(anew, &[7; 32]);
    tokio::time::timeout(Duration::from_secs(61), claimed).await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn who_leaves_many_conversations_at_once_leaves_every_background_behind() {
    const GROUPS: u8 = 20;
    let server = Server::with(Options { flush_ms: 60_000, ..Options::default() });
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let mut groups = Vec::new();
    for digest in 1..=GROUPS {
        let group = alice.group(&format!("group{digest}"), &[&bob]).await;
        let begun = begin(&bob, 10).await.unwrap();
        let picture = finish_as(AttachmentKind::Picture, &bob, begun, (digest, 10)).await.unwrap();
        let wish = Personalize {
            conversation_id: group,
            muted_until_ms: None,
            archived: None,
            background: Some(picture.to_string()),
            notify: None,
        };
        bob.engine.personalize(bob.caller, wish).await.unwrap();
        groups.push(group);
    }
    settle().await;
    for group in groups {
        alice.engine.dissolve_group(alice.caller, DissolveGroup { conversation_id: group }).await.unwrap();
    }
    settle().await;
    server.clock.pass(120_000);
    let mut erased = collect(&server).await;
    erased.sort_unstable();
    assert_eq!(erased, (1..=GROUPS).collect::<Vec<u8>>());
    assert_eq!(held(&bob).await.0, 0);
}

/// Until inboxes have been brought up to date.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(200)).await;
}
