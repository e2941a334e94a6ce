//! Folders of conversations, kept by the server for all of a user's devices.
//!
//! They change as a whole, from a version: two devices that change them at once cannot undo each other unseen.

use parlance_domain::{Rejection, check_folders};
use parlance_proto::{ArrangeFolders, Folder, Folders, ListFolders, Topic, UserId};

use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// The caller's folders.
    pub async fn list_folders(&self, caller: Caller, _: ListFolders) -> Result<Folders, Error> {
        let row: rows::FoldersRow = self.own_row(caller.user, keys::FOLDERS).await?;
        let folders = row.folders.into_iter().map(rows::folder).collect::<Result<_, _>>()?;
        Ok(Folders { version: row.version, folders })
    }

    /// Sets the caller's folders, if they still have the version that the change was made from.
    pub async fn arrange_folders(&self, caller: Caller, input: ArrangeFolders) -> Result<Folders, Error> {
        check_folders(&input.folders)?;
        let folders: Vec<rows::FolderRow> = input.folders.iter().map(rows::folder_row).collect();
        self.change_own_row(caller.user, keys::FOLDERS, Topic::Folders, |before: rows::FoldersRow| {
            // A repeat of the change that made what stands there is no conflict.
            if before.folders == folders {
                return Ok(None);
            }
            if before.version != input.version {
                return Err(Rejection::FoldersChanged);
            }
            Ok(Some(rows::FoldersRow { version: before.version + 1, folders: folders.clone() }))
        })
        .await?;
        self.list_folders(caller, ListFolders {}).await
    }

    /// One of a user's folders.
    pub(in crate::cases) async fn folder(&self, user: UserId, folder_id: &str) -> Result<Folder, Error> {
        let row: rows::FoldersRow = self.own_row(user, keys::FOLDERS).await?;
        let found = row.folders.into_iter().find(|folder| folder.folder_id == folder_id);
        rows::folder(found.ok_or(Rejection::NoFolder)?)
    }
}
