//! What is carried between a node that was asked and the one that comes first: sends of one conversation, and what became of
//! them.
//!
//! A send travels as the row of the log that it is to become, without its place and time. Its retry key goes with it,
//! which is what makes doing it twice the same message.

use bytes::Bytes;
use parlance_domain::{Command, Draft};
use parlance_proto::{Accepted, ConversationId, Details, Entry, SessionId, UserId};
use prost::Message;

use crate::owner::{Ask, RetryKey};
use crate::{Caller, Error, rows};

/// Sends of one conversation, in their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asks {
    pub conversation: ConversationId,
    pub sends: Vec<rows::LogRow>,
}

/// What became of them; none if that node does nothing for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answers(pub Option<Vec<Outcome>>);

/// What became of a send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is durable.
    Done(Accepted),
    /// It was refused. Whoever was asked first decides it again and says why.
    Undone,
    /// Nobody knows.
    Unknown,
}

impl Outcome {
    pub(super) fn of(result: Result<Accepted, Error>) -> Outcome {
        match result {
            Ok(accepted) => Outcome::Done(accepted),
            Err(Error::Rejected(_) | Error::Busy | Error::Store(parlance_store::Error::Full)) => {
                Outcome::Undone
            }
            Err(Error::Unknown | Error::Store(_)) => Outcome::Unknown,
        }
    }
}

/// The row that an ask travels as; none if it has no retry key, so that doing it twice might be something else.
pub(super) fn row_of(ask: &Ask) -> Option<rows::LogRow> {
    let (Command::Send(draft), Some(key)) = (&ask.command, &ask.key) else { return None };
    let entry = Entry {
        index: 0,
        ordinal: 0,
        time_ms: 0,
        sender: ask.caller.user,
        session: ask.caller.session,
        client_message_id: Some(key.id.clone()),
        body: draft.body.clone(),
        details: (draft.details != Details::default()).then(|| Box::new(draft.details.clone())),
    };
    Some(rows::log_row(&entry, &key.payload_hash))
}

/// Whether an ask may travel.
pub(super) fn travels(ask: &Ask) -> bool {
    matches!(ask.command, Command::Send(_)) && ask.key.is_some()
}

/// Whose send it is, its retry key, and what is to be done.
pub(super) fn send_of(row: &rows::LogRow) -> Result<(Caller, RetryKey, Command), Error> {
    let caller = Caller { user: UserId(row.sender), session: SessionId(row.session) };
    let payload_hash = <[u8; 16]>::try_from(row.payload_hash.as_ref());
    let payload_hash = payload_hash.map_err(|_| Error::corrupt("a retry key of another node"))?;
    let entry = rows::entry(0, row.clone())?;
    let id = entry.client_message_id.ok_or_else(|| Error::corrupt("a send without a retry key"))?;
    let details = entry.details.map(|details| *details).unwrap_or_default();
    let command = Command::Send(Draft { body: entry.body, details });
    Ok((caller, RetryKey { id, payload_hash }, command))
}

/// Asks as bytes.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AsksRow {
    #[prost(string, tag = "1")]
    conversation: String,
    /// Rows of the log, each as it would be stored.
    #[prost(bytes = "bytes", repeated, tag = "2")]
    sends: Vec<Bytes>,
}

/// Answers as bytes.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AnswersRow {
    #[prost(bool, tag = "1")]
    refused: bool,
    #[prost(message, repeated, tag = "2")]
    outcomes: Vec<OutcomeRow>,
}

/// An outcome as bytes. Without an index it is not done.
#[derive(Clone, PartialEq, Message)]
struct OutcomeRow {
    #[prost(uint64, tag = "1")]
    index: u64,
    #[prost(uint64, tag = "2")]
    ordinal: u64,
    #[prost(int64, tag = "3")]
    time_ms: i64,
    /// Whether it is certain that it is not done.
    #[prost(bool, tag = "4")]
    undone: bool,
}

impl AsksRow {
    pub(crate) fn of(asks: &Asks) -> AsksRow {
        let sends = asks.sends.iter().map(rows::encode).collect();
        AsksRow { conversation: asks.conversation.to_string(), sends }
    }

    pub(crate) fn asks(&self) -> Option<Asks> {
        let sends: Result<_, Error> = self.sends.iter().map(|bytes| rows::decode(bytes)).collect();
        Some(Asks { conversation: self.conversation.parse().ok()?, sends: sends.ok()? })
    }
}

impl AnswersRow {
    pub(crate) fn of(answers: &Answers) -> AnswersRow {
        let outcomes = answers.0.iter().flatten().map(OutcomeRow::of).collect();
        AnswersRow { refused: answers.0.is_none(), outcomes }
    }

    pub(crate) fn answers(&self) -> Answers {
        Answers((!self.refused).then(|| self.outcomes.iter().map(OutcomeRow::outcome).collect()))
    }
}

impl OutcomeRow {
    fn of(outcome: &Outcome) -> OutcomeRow {
        match outcome {
            Outcome::Done(Accepted { index, ordinal, time_ms }) => {
                OutcomeRow { index: *index, ordinal: *ordinal, time_ms: *time_ms, undone: false }
            }
            Outcome::Undone => OutcomeRow { undone: true, ..OutcomeRow::default() },
            Outcome::Unknown => OutcomeRow::default(),
        }
    }

    fn outcome(&self) -> Outcome {
        match *self {
            OutcomeRow { undone: true, .. } => Outcome::Undone,
            OutcomeRow { index: 0, .. } => Outcome::Unknown,
            OutcomeRow { index, ordinal, time_ms, .. } => Outcome::Done(Accepted { index, ordinal, time_ms }),
        }
    }
}

#[cfg(test)]
mod tests {
    use parlance_domain::Rejection;
    use parlance_proto::{Body, GoneReason, GroupId, Origin, Style, TextSpan};
    use tokio::sync::oneshot;

    use super::*;

    fn ask(command: Command, key: Option<RetryKey>) -> Ask {
        let (answer, _) = oneshot::channel();
        Ask { caller: Caller { user: UserId(3), session: SessionId(u64::MAX) }, key, command, answer }
    }

    fn key() -> RetryKey {
        RetryKey { id: "k-1".to_owned(), payload_hash: [7; 16] }
    }

    #[test]
    fn a_send_arrives_as_it_was_sent() {
        let spans = vec![TextSpan { from: 0, to: 2, style: Style::Bold }];
        let forwarded = Some(Origin { sender: UserId(9), time_ms: -5 });
        let rich =
            Details { reply_to: Some(4), deliver_by_ms: Some(8), spans, forwarded, ..Details::default() };
        let text = |text: &str| Body::Text { text: text.to_owned() };
        for (body, details) in [
            (text("plain"), Details::default()),
            (text("rich"), rich),
            (Body::Gone { reason: GoneReason::Recalled }, Details::default()),
        ] {
            let command = Command::Send(Draft { body, details });
            let sent = row_of(&ask(command.clone(), Some(key()))).unwrap();
            let group = ConversationId::Group(GroupId(5));
            let asks = Asks { conversation: group, sends: vec![sent.clone(), sent] };
            let arrived = AsksRow::of(&asks).asks().unwrap();
            assert_eq!(arrived, asks);
            let (caller, key, got) = send_of(&arrived.sends[1]).unwrap();
            assert_eq!((caller.user, caller.session), (UserId(3), SessionId(u64::MAX)));
            assert_eq!((key.id.as_str(), key.payload_hash), ("k-1", [7; 16]));
            assert_eq!(got, command);
        }
    }

    #[test]
    fn what_has_no_retry_key_stays_here() {
        for ask in
            [ask(Command::text("x"), None), ask(Command::Leave, Some(key())), ask(Command::Recall(1), None)]
        {
            assert!(!travels(&ask) && row_of(&ask).is_none());
        }
        let without = rows::LogRow::default();
        assert!(send_of(&without).is_err(), "of another version");
    }

    #[test]
    fn outcomes_arrive_as_they_were() {
        let accepted = Accepted { index: 1, ordinal: 0, time_ms: -1 };
        let outcomes = vec![Outcome::Done(accepted), Outcome::Undone, Outcome::Unknown];
        for answers in [Answers(None), Answers(Some(outcomes)), Answers(Some(Vec::new()))] {
            assert_eq!(AnswersRow::of(&answers).answers(), answers);
        }
        assert_eq!(Outcome::of(Err(Rejection::NeedsAdmin.into())), Outcome::Undone);
        assert_eq!(Outcome::of(Err(Error::Unknown)), Outcome::Unknown);
    }
}
