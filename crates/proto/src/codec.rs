//! JSON and MessagePack of the same types, with errors that name the field and say what is wrong with it.
//!
//! No input, however deep or torn, makes it panic or recurse without a bound; it knows no operation.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that are not what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not JSON or MessagePack at all, or nested too deep.
    #[error("{0}")]
    Syntax(String),
    /// Well-formed, but a field is missing, unknown or of the wrong type.
    #[error("{0}")]
    Shape(String),
}

impl From<serde_json::Error> for DecodeError {
    fn from(error: serde_json::Error) -> DecodeError {
        match error.classify() {
            serde_json::error::Category::Data => DecodeError::Shape(error.to_string()),
            _ => DecodeError::Syntax(error.to_string()),
        }
    }
}

impl From<rmp_serde::decode::Error> for DecodeError {
    fn from(error: rmp_serde::decode::Error) -> DecodeError {
        match error {
            rmp_serde::decode::Error::Syntax(text) => DecodeError::Shape(text),
            rmp_serde::decode::Error::TypeMismatch(marker) => {
                DecodeError::Shape(format!("a value has the wrong type ({marker:?})"))
            }
            other => DecodeError::Syntax(other.to_string()),
        }
    }
}

/// Reads a value from JSON text.
pub fn json<T: DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
    Ok(serde_json::from_str(text)?)
}

/// Reads a value from a JSON value.
pub fn value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, DecodeError> {
    Ok(serde_json::from_value(value)?)
}

/// Reads a value from MessagePack (maps with named fields).
pub fn msgpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut decoder = rmp_serde::Deserializer::from_read_ref(bytes);
    decoder.set_max_depth(crate::limits::JSON_MAX_DEPTH);
    Ok(T::deserialize(&mut decoder)?)
}

/// Reads a flat value from `name=value` pairs; numbers are read from their text.
pub fn pairs<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T, DecodeError> {
    use serde::de::value::{Error, MapDeserializer};
    let fields = pairs.into_iter().map(|(name, text)| (name, Loose(text)));
    T::deserialize(MapDeserializer::<_, Error>::new(fields))
        .map_err(|error| DecodeError::Shape(error.to_string()))
}

/// The value as JSON. The types of this crate always have one.
pub fn to_value<T: Serialize>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).expect("wire types have string keys and finite numbers")
}

/// Appends the value as JSON.
pub fn write_json<T: Serialize>(value: &T, out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect("writing to memory");
}

/// Appends the value as MessagePack (maps with named fields).
pub fn write_msgpack<T: Serialize>(value: &T, out: &mut Vec<u8>) {
    value.serialize(&mut rmp_serde::Serializer::new(out).with_struct_map()).expect("writing to memory");
}

/// Refuses JSON nested deeper than `JSON_MAX_DEPTH` before anything is built from it.
pub fn check_depth(text: &[u8]) -> Result<(), DecodeError> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > crate::limits::JSON_MAX_DEPTH {
                    return Err(DecodeError::Syntax("nested too deep: at most 16 levels".to_owned()));
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// A text that may stand for a number, a name or several values, as in a query string.
struct Loose(String);

impl serde::de::IntoDeserializer<'_, serde::de::value::Error> for Loose {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> serde::Deserializer<'de> for Loose {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_string(self.0)
    }

    fn deserialize_u64<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0.parse() {
            Ok(number) => visitor.visit_u64(number),
            Err(_) => visitor.visit_string(self.0),
        }
    }

    fn deserialize_u32<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_i64<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0.parse() {
            Ok(number) => visitor.visit_i64(number),
            Err(_) => visitor.visit_string(self.0),
        }
    }

    fn deserialize_bool<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0.as_str() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => visitor.visit_string(self.0),
        }
    }

    /// A name without content.
    fn deserialize_enum<V: serde::de::Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(serde::de::IntoDeserializer::<Self::Error>::into_deserializer(self.0))
    }

    /// Values between commas.
    fn deserialize_seq<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let values = self.0.split(',').filter(|value| !value.is_empty()).map(|value| Loose(value.to_owned()));
        visitor.visit_seq(serde::de::value::SeqDeserializer::new(values))
    }

    fn deserialize_option<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct
        tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GetHistory, ListConversations, ListFilter, LookUpUsers, UserId};

    #[test]
    fn pairs_become_numbers_and_ids_where_the_type_says_so() {
        let conversation = crate::ConversationId::direct(UserId(1), UserId(2));
        let pairs = vec![
            ("conversation_id".to_owned(), conversation.to_string()),
            ("after".to_owned(), "7".to_owned()),
        ];
        let input: GetHistory = super::pairs(pairs).unwrap();
        assert_eq!((input.conversation_id, input.after, input.before), (conversation, Some(7), None));
    }

    #[test]
    fn pairs_become_names_and_lists_where_the_type_says_so() {
        let pair = |name: &str, text: &str| vec![(name.to_owned(), text.to_owned())];
        let list: ListConversations = pairs(pair("filter", "unread")).unwrap();
        assert_eq!(list.filter, Some(ListFilter::Unread));
        assert!(pairs::<ListConversations>(pair("filter", "x")).is_err());
        let users = format!("{},{}", UserId(1), UserId(2));
        let look_up: LookUpUsers = pairs(pair("user_ids", &users)).unwrap();
        assert_eq!(look_up.user_ids, [UserId(1), UserId(2)]);
    }

    #[test]
    fn a_wrong_pair_names_what_is_wrong() {
        let error = pairs::<GetHistory>(vec![("nonsense".to_owned(), "7".to_owned())]).unwrap_err();
        assert!(error.to_string().contains("unknown field `nonsense`"), "{error}");
    }

    #[test]
    fn depth_is_bounded_outside_of_strings() {
        assert!(check_depth(&b"[".repeat(17)).is_err());
        assert!(check_depth(&b"[".repeat(16)).is_ok());
        assert!(check_depth(format!("\"{}\\\"{}\"", "[".repeat(50), "{".repeat(50)).as_bytes()).is_ok());
    }
}
