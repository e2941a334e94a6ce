//! What a user has begun to write in a conversation, the same on all own devices.
//!
//! The newest wins, by the time it was written; sending takes the draft away. Nobody else can tell that there is one.

use parlance_domain::{Rejection, check_draft};
use parlance_proto::{ConversationSummary, Draft, SetDraft};

use crate::{Caller, Engine, Error, rows};

impl Engine {
    /// Keeps a draft, or takes it away. One older than what is kept changes nothing.
    pub async fn set_draft(&self, caller: Caller, input: SetDraft) -> Result<ConversationSummary, Error> {
        check_draft(&input.text)?;
        let now_ms = self.0.clock.now_ms();
        let changed_ms = input.changed_ms.unwrap_or(now_ms).min(now_ms);
        let own_index = {
            let shared = self.member_of(caller, input.conversation_id).await?;
            let state = shared.state();
            if input.reply_to.is_some_and(|index| !state.may_see(caller.user, index)) {
                return Err(Rejection::NoMessage.into());
            }
            state.member(caller.user).map_or(0, |place| place.own.index)
        };
        let draft = rows::DraftRow {
            text: input.text.clone(),
            reply_to: input.reply_to.unwrap_or_default(),
            changed_ms,
            own_index,
        };
        self.change_view(caller, input.conversation_id, |view| {
            let before = view.draft.as_ref();
            let says_same = before.is_some_and(|before| {
                before.text == draft.text
                    && before.reply_to == draft.reply_to
                    && before.own_index == draft.own_index
            });
            let nothing_to_clear = before.is_none() && draft.text.is_empty();
            if !says_same && !nothing_to_clear && before.is_none_or(|before| before.changed_ms <= changed_ms)
            {
                // An empty one is kept, so that an older text that comes late does not bring it back.
                view.draft = Some(draft.clone());
            }
            Ok(())
        })
        .await
    }
}

/// The draft that a view has, unless its user has written since.
pub(in crate::cases) fn draft_of(view: &rows::ViewRow, own_index: u64) -> Option<Draft> {
    let row = view.draft.as_ref().filter(|row| !row.text.is_empty() && own_index <= row.own_index)?;
    Some(Draft {
        text: row.text.clone(),
        reply_to: Some(row.reply_to).filter(|index| *index != 0),
        changed_ms: row.changed_ms,
    })
}
