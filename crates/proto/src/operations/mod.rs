//! The operation table: every operation's name, route, input, output and who may call it, in one place.
//!
//! The rows are in `table`; here is what is made of them. A door that serves what is not in the table, or leaves out a
//! row of it, does not compile.

use serde::de::DeserializeOwned;

/// How a route is called over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; the input is in the path and the query.
    Get,
    /// Creates or acts; the input is in the path and a JSON body.
    Post,
    /// Changes; as `Post`.
    Patch,
    /// Removes; the input is in the path.
    Delete,
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// A signed-in user.
    Session,
    /// An administrator of the server; for others there is no such operation.
    Administrator,
    /// A WebSocket only: it is about the connection itself.
    Connection,
}

/// One row of the table.
#[derive(Debug)]
pub struct Operation {
    /// The operation.
    pub op: Op,
    /// Its name on the WebSocket and in the documentation: `noun.verb`.
    pub name: &'static str,
    /// How it is called over HTTP.
    pub method: Method,
    /// Its route; `{…}` are fields of the input. Empty for operations of `Access::Connection`.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// The name of its input's schema.
    pub input: &'static str,
    /// The name of its output's schema.
    pub output: &'static str,
}

/// The input type of one operation, for typed calls.
pub trait Input: Into<Request> {
    /// The operation it belongs to.
    const OP: Op;
    /// What the operation answers.
    type Output: DeserializeOwned;
}

/// What a visitor of the table is shown for each operation: the types behind the names.
pub trait OperationVisitor {
    /// Called once an operation, in the order of the table.
    fn visit<I, O>(&mut self, operation: &'static Operation)
    where
        I: utoipa::ToSchema + ts_rs::TS + 'static,
        O: utoipa::ToSchema + ts_rs::TS + 'static;
}

macro_rules! operations {
    ($(#[doc = $doc:literal] $op:ident $name:literal $method:ident $path:literal $access:ident -> $output:ident;)*) => {
        /// The operations, for an exhaustive match. Each is named like its input type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Op { $(#[doc = $doc] $op),* }

        /// The table, in the order of `Op`.
        pub static OPERATIONS: &[Operation] = &[$(Operation {
            op: Op::$op, name: $name, method: Method::$method, path: $path, access: Access::$access,
            summary: $doc.trim_ascii(), input: stringify!($op), output: stringify!($output),
        }),*];

        /// Shows a visitor every operation with its types.
        pub fn visit_operations(visitor: &mut impl OperationVisitor) {
            $(visitor.visit::<$op, $output>(Op::$op.row());)*
        }

        /// An operation with its input.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Request { $(#[doc = $doc] $op($op)),* }

        /// An operation's output.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Response { $(#[doc = $doc] $op($output)),* }

        impl Op {
            /// The operation of this name.
            pub fn named(name: &str) -> Option<Op> {
                match name { $($name => Some(Op::$op),)* _ => None }
            }
        }

        impl Request {
            /// Which operation this is.
            pub fn op(&self) -> Op { match self { $(Request::$op(_) => Op::$op),* } }

            /// Reads the input of `op` from JSON text.
            pub fn from_json(op: Op, input: &str) -> Result<Request, DecodeError> {
                match op { $(Op::$op => codec::json(input).map(Request::$op)),* }
            }

            /// Reads the input of `op` from MessagePack.
            pub fn from_msgpack(op: Op, input: &[u8]) -> Result<Request, DecodeError> {
                match op { $(Op::$op => codec::msgpack(input).map(Request::$op)),* }
            }

            /// Reads the input of `op` from a JSON value.
            pub fn from_value(op: Op, input: serde_json::Value) -> Result<Request, DecodeError> {
                match op { $(Op::$op => codec::value(input).map(Request::$op)),* }
            }

            /// Reads the input of `op` from `name=value` pairs, where every value is text.
            pub fn from_pairs(op: Op, pairs: Vec<(String, String)>) -> Result<Request, DecodeError> {
                match op { $(Op::$op => codec::pairs(pairs).map(Request::$op)),* }
            }

            /// The input as a JSON value.
            pub fn input_value(&self) -> serde_json::Value {
                match self { $(Request::$op(input) => codec::to_value(input)),* }
            }

            /// Appends the input as MessagePack.
            pub fn write_msgpack(&self, out: &mut Vec<u8>) {
                match self { $(Request::$op(input) => codec::write_msgpack(input, out)),* }
            }
        }

        impl Response {
            /// Reads the output of `op`.
            pub fn decode(op: Op, encoding: Encoding, output: &[u8]) -> Result<Response, DecodeError> {
                match op { $(Op::$op => decode_output::<$output>(encoding, output).map(Response::$op)),* }
            }
        }

        $(
            impl From<$op> for Request {
                fn from(input: $op) -> Request { Request::$op(input) }
            }
            impl Input for $op {
                const OP: Op = Op::$op;
                type Output = $output;
            }
        )*
    };
}

mod table;

pub use table::{OPERATIONS, Op, Request, Response, visit_operations};

impl Op {
    /// Its row of the table.
    pub fn row(self) -> &'static Operation {
        &OPERATIONS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_op_and_its_name() {
        for row in OPERATIONS {
            assert_eq!(row.op.row().name, row.name);
            assert_eq!(Op::named(row.name), Some(row.op));
            assert_eq!(row.path.is_empty(), row.access == Access::Connection, "{}", row.name);
        }
    }

    #[test]
    fn no_two_operations_share_a_route() {
        let mut routes: Vec<_> = OPERATIONS
            .iter()
            .filter(|row| !row.path.is_empty())
            .map(|row| (row.path, row.method as u8))
            .collect();
        let all = routes.len();
        routes.sort_unstable();
        routes.dedup();
        assert_eq!(routes.len(), all);
    }
}
