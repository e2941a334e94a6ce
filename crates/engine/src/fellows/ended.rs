//! Who may not hear any more, found in the store: for the time in which a message that says so may have been lost.
//!
//! It only ever takes away; whatever cannot be looked up stays as it is and is looked up again.

use std::time::Duration;

use parlance_proto::EndReason;
use parlance_store::{Family, Level, RowKey};

use crate::hub::{Live, goodbye};
use crate::{Caller, Engine, Error, keys};

/// Sessions looked up at once.
const AT_ONCE: usize = 256;
/// Between two of these: 5,000 a second, since all of it may be looked up just when many come back.
const PACE: Duration = Duration::from_millis(50);

impl Engine {
    /// Says goodbye to the connections of this node whose sessions have ended.
    pub(crate) async fn end_ended_sessions(&self) -> Result<(), Error> {
        let live = Live::new(goodbye(EndReason::SessionEnded));
        for callers in self.0.hub.callers().chunks(AT_ONCE) {
            let device = |caller: &Caller| RowKey {
                family: Family::Blind,
                partition: keys::devices(caller.user),
                key: keys::device(caller.session),
            };
            let wanted: Vec<RowKey> = callers.iter().map(device).collect();
            let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
            for (caller, _) in callers.iter().zip(found).filter(|(_, row)| row.is_none()) {
                self.0.hub.end(*caller, &live);
            }
            tokio::time::sleep(PACE).await;
        }
        Ok(())
    }

    /// Closes conversations on this node for those who are not in them any more.
    pub(crate) async fn close_to_strangers(&self) -> Result<(), Error> {
        for (conversation, caller) in self.0.hub.opened() {
            match self.check_member(caller, conversation).await {
                Ok(()) => {}
                Err(Error::Rejected(_)) => self.0.hub.close_for(conversation, caller.user),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
