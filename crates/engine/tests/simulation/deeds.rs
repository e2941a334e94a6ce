//! What a device does beside writing and reading: it takes messages back and arranges its own view.
//! Each deed is repeated while its outcome is unknown, as a client would, and written down for the checker.

use parlance_engine::Error;
use parlance_proto::{
    Accepted, DisappearAfter, Disappearing, EditMessage, LikeMessage, MarkUnread, Personalize, RecallMessage,
    ScheduleMessage, SetDisappearing, UnlikeMessage,
};

use crate::device::{Device, PATIENCE, outcome_of};
use crate::history::{Outcome, Touch, TouchKind};

/// What scheduled messages say first; each says something else behind it.
pub const SCHEDULED: &str = "scheduled ";
/// How often a deed of unknown outcome is asked for again.
const TRIES: u32 = 4;

impl Device {
    /// Takes back one of the own messages, or tries to take back somebody's.
    pub(crate) async fn recall(&self) {
        let acknowledged = self.world.history.acknowledged(self.me().user);
        let Some(send) = self.world.dice.pick(&acknowledged) else { return };
        let Outcome::Ok(own) = send.outcome else { return };
        let foreign = self.world.dice.per_mille(200);
        let index = if foreign { self.world.dice.between(1, 40) } else { own };
        let touch = Touch {
            conversation: send.conversation,
            index,
            kind: TouchKind::Recall,
            invoked: self.world.history.tick(),
            ended: u64::MAX,
            outcome: Outcome::Unknown,
        };
        let place = self.world.history.touch(touch);
        let input = RecallMessage { conversation_id: send.conversation, index };
        let outcome = self
            .persist(|| {
                let (engine, _) = self.engine();
                let (me, input) = (self.me(), input.clone());
                async move { engine.recall_message(me, input).await }
            })
            .await;
        self.world.history.touched(place, outcome);
    }

    /// Gives one of the own messages another text.
    pub(crate) async fn edit(&self) {
        let acknowledged = self.world.history.acknowledged(self.me().user);
        let Some(send) = self.world.dice.pick(&acknowledged) else { return };
        let Outcome::Ok(index) = send.outcome else { return };
        let text = format!("{} edited {}", send.client_message_id, self.world.dice.below(1_000_000));
        let touch = Touch {
            conversation: send.conversation,
            index,
            kind: TouchKind::Edit(text.clone()),
            invoked: self.world.history.tick(),
            ended: u64::MAX,
            outcome: Outcome::Unknown,
        };
        let place = self.world.history.touch(touch);
        let input =
            EditMessage { conversation_id: send.conversation, index, text, format: None, spans: None };
        let outcome = self
            .persist(|| {
                let (engine, _) = self.engine();
                let (me, input) = (self.me(), input.clone());
                async move { engine.edit_message(me, input).await }
            })
            .await;
        self.world.history.touched(place, outcome);
    }

    /// Likes a message, or takes a like back; what stands there in the end is for the log to say.
    pub(crate) async fn like(&self) {
        let Some(conversation_id) = self.any_conversation() else { return };
        let dice = &self.world.dice;
        let index = dice.between(1, 40);
        let emoji = ["👍", "🎉", "❤️"][dice.below(3) as usize].to_owned();
        let back = dice.per_mille(400);
        let outcome = self
            .persist(|| {
                let (engine, _) = self.engine();
                let (me, emoji) = (self.me(), emoji.clone());
                async move {
                    if back {
                        engine.unlike_message(me, UnlikeMessage { conversation_id, index, emoji }).await
                    } else {
                        engine.like_message(me, LikeMessage { conversation_id, index, emoji }).await
                    }
                }
            })
            .await;
        self.world.history.note(&format!("like {back} {outcome:?}"));
    }

    /// Arranges the own view of a conversation: what was answered must be there on reading again.
    pub(crate) async fn settle_own(&self) {
        let Some(conversation_id) = self.any_conversation() else { return };
        let (engine, _) = self.engine();
        let dice = &self.world.dice;
        if dice.per_mille(500) {
            let input = MarkUnread { conversation_id, unread: dice.per_mille(500) };
            let answer = engine.mark_unread(self.me(), input).await.map(|row| row.marked_unread);
            self.world.history.note(&format!("mark {:?}", answer.map_err(|error| outcome_of(&error))));
            return;
        }
        let until_ms = dice.below(1_000) as i64;
        let input = Personalize {
            conversation_id,
            muted_until_ms: Some(until_ms),
            archived: None,
            background: None,
            notify: None,
        };
        let answer = engine.personalize(self.me(), input).await;
        self.world.history.note(&format!("mute {}", answer.is_ok()));
        if let Ok(row) = answer {
            let muted = row.personal.and_then(|personal| personal.muted_until_ms).unwrap_or_default();
            if self.world.users.first() != Some(&self.me().user) && muted != until_ms {
                let wrong = format!("{conversation_id} was muted until {until_ms}, and is until {muted}");
                self.world.history.violation(wrong);
            }
        }
    }

    /// Has a message sent in a moment, or another in place of one that waits: each may be there once in the end.
    pub(crate) async fn schedule(&self) {
        let Some(conversation_id) = self.any_conversation() else { return };
        let dice = &self.world.dice;
        let input = ScheduleMessage {
            scheduled_id: format!("s{}", dice.below(3)),
            send_at_ms: self.world.now_ms() + dice.between(50, 3_000) as i64,
            conversation_id,
            text: format!("{SCHEDULED}{} {}", self.number, dice.below(1_000_000_000)),
            reply_to: None,
        };
        let (engine, _) = self.engine();
        let done = engine.schedule_message(self.me(), input).await;
        self.world.history.note(&format!("schedule {}", done.is_ok()));
    }

    /// Has the messages of a conversation disappear from now on, or no longer.
    pub(crate) async fn set_disappearing(&self) {
        let Some(conversation_id) = self.any_conversation() else { return };
        let dice = &self.world.dice;
        let after = if dice.per_mille(500) { DisappearAfter::Sending } else { DisappearAfter::Reading };
        // Jumps of the clock make it due now and then, the end does; what is sent or read only then is not due any more.
        let ms = dice.between(600_000, 3_600_000);
        let disappearing = dice.per_mille(700).then_some(Disappearing { after, ms });
        let outcome = self
            .persist(|| {
                let (engine, _) = self.engine();
                let (me, input) = (self.me(), SetDisappearing { conversation_id, disappearing });
                async move { engine.set_disappearing(me, input).await }
            })
            .await;
        self.world.history.note(&format!("disappearing {disappearing:?} {outcome:?}"));
    }

    /// Asks until the outcome is known or patience ends.
    pub(crate) async fn persist<F>(&self, ask: impl Fn() -> F) -> Outcome
    where
        F: Future<Output = Result<Accepted, Error>>,
    {
        let mut last = Outcome::Failed(None);
        for _ in 0..TRIES {
            match tokio::time::timeout(PATIENCE, ask()).await {
                Ok(Ok(accepted)) => return Outcome::Ok(accepted.index),
                Ok(Err(error)) => match outcome_of(&error) {
                    Outcome::Failed(Some(code)) if last != Outcome::Unknown => {
                        return Outcome::Failed(Some(code));
                    }
                    Outcome::Unknown => last = Outcome::Unknown,
                    _ => {}
                },
                Err(_) => last = Outcome::Unknown,
            }
            let pause_ms = self.world.dice.between(20, 400);
            tokio::time::sleep(std::time::Duration::from_millis(pause_ms)).await;
        }
        last
    }
}
