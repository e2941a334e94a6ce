//! smoke
use parlance_store::*;
use std::sync::Arc;

fn commit(key: u32, value: usize) -> Commit {
    let key: bytes::Bytes = key.to_be_bytes().to_vec().into();
    Commit {
        partition: "p".into(),
        guard: Guard::Absent(key.clone()),
        puts: vec![Put::new(key, vec![7u8; value])],
        deletes: vec![],
        token: [1; 16],
        along: vec![],
        durability: Durability::Durable,
    }
}
#[tokio::test]
async fn smoke() {
    let dir = tempfile::tempdir().unwrap();
    let store = Arc::new(Embedded::open(dir.path(), EmbeddedOptions::default()).unwrap());
    let t = std::time::Instant::now();
    for (i, v) in [0usize, 10, 3400, 3600, 40_000].into_iter().enumerate() {
        assert_eq!(store.commit(commit(i as u32, v)).await.unwrap(), Outcome::Applied);
        assert!(matches!(store.commit(commit(i as u32, v)).await.unwrap(), Outcome::Conflict(Some(_))));
    }
    println!("{:?}", t.elapsed());
    let r = store.range(Range::prefix(Family::Fenced, "p", b"", 100), Level::Local).await.unwrap();
    assert_eq!(r.iter().map(|r| r.value.len()).collect::<Vec<_>>(), [0, 10, 3400, 3600, 40_000]);
    store.close().await.unwrap();
    println!("{:?}", t.elapsed());
    drop(store);
    let store = Embedded::open(dir.path(), EmbeddedOptions::default()).unwrap();
    println!("{:?}", t.elapsed());
    let r = store.range(Range::prefix(Family::Fenced, "p", b"", 100), Level::Local).await.unwrap();
    assert_eq!(r.iter().map(|r| r.value.len()).collect::<Vec<_>>(), [0, 10, 3400, 3600, 40_000]);
    store.commit(commit(9, 9)).await.unwrap();
    drop(store);
    let store = Embedded::open(dir.path(), EmbeddedOptions::default()).unwrap();
    let r = store.range(Range::prefix(Family::Fenced, "p", b"", 100), Level::Local).await.unwrap();
    assert_eq!(r.len(), 6);
}
