//! Which message carries which files, and what a picture stands for: rows beside the log, written with the message or the
//! change and erased with it.
//!
//! A file is needed as long as a row says so. When the last one goes, the file is looked at a little later and, if still
//! nobody needs it, its bytes are erased.

pub(crate) mod held;

use bytes::Bytes;
use parlance_domain::Rewrite;
use parlance_proto::{Body, ConversationId, Details, Entry, FileId, StickerPackId, Style};
use parlance_store::{Along, Durability, Level, Put, Write};

use crate::keys::{Holder, ShelfKind};
use crate::node::Node;
use crate::{Error, keys, rows};

/// Rows that go with a commit; the store takes 512.
const ALONG: usize = 500;

/// Notes what new messages carry, and one that says something else from now on: with the commit, or before it if there is
/// no room beside all that goes with it. Then it may have been for nothing, and a file stays that nobody needs.
pub(crate) async fn carry(
    (node, conversation): (&Node, ConversationId),
    entries: &[Entry],
    rewritten: Option<(&Entry, &Rewrite)>,
    along: &mut Along,
) -> Result<(), Error> {
    let new = entries.iter().filter_map(|entry| Some((entry.index, entry.details.as_deref()?)));
    let changed = rewritten.and_then(|(entry, to)| Some((entry.index, to.details.as_deref()?)));
    let says = new.chain(changed);
    let mut writes: Vec<Write> =
        says.flat_map(|(index, details)| of_message(conversation, index, details)).collect();
    writes.extend(rewritten.into_iter().flat_map(|(entry, to)| dropped((node, conversation), entry, to)));
    if along.len() + writes.len() > ALONG {
        node.store.write(writes, Durability::Durable).await?;
    } else {
        along.extend(writes);
    }
    Ok(())
}

/// How many rows `carry` makes of a message, at most.
pub(crate) fn rows_of(details: &Details) -> usize {
    const LISTED: usize = 6;
    let files = details.attachments.iter().map(|one| 1 + usize::from(one.poster.is_some())).sum::<usize>();
    if files > 0 || links(details) { files + LISTED + 1 } else { 0 }
}

/// The rows of a message that says this.
fn of_message(conversation: ConversationId, index: u64, details: &Details) -> Vec<Write> {
    let links = links(details);
    if details.attachments.is_empty() && !links {
        return Vec::new();
    }
    let partition = keys::shelf(conversation);
    let here = |key, value| Write::Put { partition: partition.clone(), put: Put::new(key, value) };
    let files = files_of(details);
    let shelf = rows::ShelfRow { files: files.iter().copied().map(rows::file_id_bytes).collect(), links };
    let mut writes = vec![here(keys::shelf_message(index), rows::encode(&shelf))];
    writes.extend(kinds(details).into_iter().map(|kind| here(keys::shelf_place(kind, index), Bytes::new())));
    writes.extend(files.into_iter().map(|file| Write::Put {
        partition: keys::file(file),
        put: Put::new(keys::carried(conversation, index), Bytes::new()),
    }));
    writes
}

/// The files of a message that says this.
fn files_of(details: &Details) -> Vec<FileId> {
    let attached = details.attachments.iter().flat_map(|one| [Some(one.file_id), one.poster]).flatten();
    attached.chain(card(details)).collect()
}

/// The picture of the card of a message's link.
fn card(details: &Details) -> Option<FileId> {
    Some(details.preview.as_ref()?.picture.as_ref()?.file_id)
}

/// What is to be done about the picture of a card that a message loses, while its text stays.
fn dropped((node, conversation): (&Node, ConversationId), entry: &Entry, to: &Rewrite) -> Vec<Write> {
    let Some(file) = entry.details.as_deref().and_then(card) else { return Vec::new() };
    // Of a message that is gone all files are let go, once it is.
    let stays = matches!(to.body, Body::Gone { .. }) || to.details.as_deref().and_then(card) == Some(file);
    // Who uploaded it matters only to what never became a file.
    if stays { Vec::new() } else { let_go(node, (conversation, entry.index), file, 0) }
}

/// What a message is listed under.
fn kinds(details: &Details) -> Vec<ShelfKind> {
    // A sticker is nobody's picture.
    let listed = details.attachments.iter().filter(|one| one.sticker.is_none());
    let mut kinds: Vec<ShelfKind> = listed.map(|one| ShelfKind::Of(one.kind)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.extend(links(details).then_some(ShelfKind::Link));
    kinds
}

/// Whether a message's text links something on the web.
fn links(details: &Details) -> bool {
    details.spans.iter().any(|span| matches!(&span.style, Style::Link { url, .. } if url.starts_with("http")))
}

/// Erases what a message carried, whose content is gone. Doing it again changes nothing.
pub(crate) async fn erase(node: &Node, conversation: ConversationId, index: u64) -> Result<(), Error> {
    let (partition, key) = (keys::shelf(conversation), keys::shelf_message(index));
    let row = parlance_store::RowKey { family: parlance_store::Family::Blind, partition, key };
    let Some(found) = node.store.get(&row, Level::Serial).await? else { return Ok(()) };
    let shelf: rows::ShelfRow = rows::decode(&found.value)?;
    let mut writes = Vec::new();
    for file in &shelf.files {
        let file = rows::file_id(file)?;
        let owner = uploader(node, file).await?;
        writes.extend(let_go(node, (conversation, index), file, owner));
    }
    let all = [1, 2, 3, 4].map(rows::attachment_kind).into_iter().flatten().map(ShelfKind::Of);
    for kind in all.chain([ShelfKind::Link]) {
        writes.push(Write::Delete { partition: row.partition.clone(), key: keys::shelf_place(kind, index) });
    }
    writes.push(Write::Delete { partition: row.partition, key: row.key });
    writes.push(Write::Erased);
    Ok(node.store.write(writes, Durability::Durable).await?)
}

/// A message no longer needs a file.
fn let_go(node: &Node, (conversation, index): (ConversationId, u64), file: FileId, owner: u64) -> Vec<Write> {
    no_longer(node, keys::carried(conversation, index), file, owner)
}

/// A pack no longer has a sticker.
pub(crate) fn no_sticker(node: &Node, pack: StickerPackId, file: FileId) -> Vec<Write> {
    no_longer(node, keys::in_pack(pack), file, 0)
}

/// A custom emoji is taken away.
pub(crate) fn no_emoji(node: &Node, name: &str, file: FileId) -> Vec<Write> {
    no_longer(node, keys::as_emoji(name), file, 0)
}

/// Who needed a file by this key needs it no longer.
fn no_longer(node: &Node, key: Bytes, file: FileId, owner: u64) -> Vec<Write> {
    let spent = keys::file_spent(file);
    let due_ms = node.clock.now_ms().saturating_add(node.options.file_grace_ms);
    vec![
        Write::Delete { partition: keys::file(file), key },
        Write::Put { partition: spent.partition, put: Put::new(spent.key, Bytes::new()) },
        due(due_ms, file, owner),
    ]
}

/// What goes along when a picture comes to stand for something in another's place; the one before has an uploader, and is
/// looked at then.
pub(crate) fn exchange(
    by: Holder,
    (before, owner): (Option<FileId>, u64),
    now: Option<FileId>,
    due_ms: i64,
) -> Vec<Write> {
    let mut writes = Vec::new();
    if before == now {
        return writes;
    }
    if let Some(file) = before {
        let spent = keys::file_spent(file);
        writes.extend([
            Write::Delete { partition: keys::file(file), key: keys::held(by) },
            Write::Put { partition: spent.partition, put: Put::new(spent.key, Bytes::new()) },
            due(due_ms, file, owner),
        ]);
    }
    writes.extend(
        now.map(|file| Write::Put {
            partition: keys::file(file),
            put: Put::new(keys::held(by), Bytes::new()),
        }),
    );
    writes
}

/// What goes along when entries give a group another photo than it had, or end the group.
pub(crate) async fn photo(
    (node, conversation): (&Node, ConversationId),
    had: &str,
    entries: &[Entry],
) -> Result<Vec<Write>, Error> {
    let named = entries.iter().rev().find_map(|entry| match &entry.body {
        Body::SettingsChanged { changes } => changes.photo.as_deref(),
        Body::Dissolved {} => Some(""),
        _ => None,
    });
    let Some(named) = named else { return Ok(Vec::new()) };
    let before: Option<FileId> = had.parse().ok();
    let owner = match before {
        Some(file) => uploader(node, file).await?,
        None => 0,
    };
    let due_ms = node.clock.now_ms().saturating_add(node.options.file_grace_ms);
    Ok(exchange(Holder::Group(conversation), (before, owner), named.parse().ok(), due_ms))
}

/// Who uploaded a file; nobody if it is collected already.
async fn uploader(node: &Node, file: FileId) -> Result<u64, Error> {
    let found = node.store.get(&keys::file_row(file), Level::Serial).await?;
    found.map_or(Ok(0), |found| Ok(rows::decode::<rows::FileRow>(&found.value)?.owner))
}

/// The row by which a file is looked at then.
pub(crate) fn due(due_ms: i64, file: FileId, owner: u64) -> Write {
    let put = Put::new(keys::due_file(due_ms, file), rows::encode(&rows::DueRow { owner }));
    Write::Put { partition: keys::collection(), put }
}
