//! The OpenAPI 3.1 document: a path for every row of the operation table, a schema for every type on the wire.
//! A field of the path is a parameter; other fields are in the query or in the body, by method.

use parlance_proto::{
    Access, AttachmentKind, ErrorCode, Event, FileInfo, Method, Operation, OperationVisitor, PictureSize,
    Problem, frame, visit_operations,
};
use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::files;

/// The whole document.
pub fn document() -> Value {
    let mut parts = Parts::default();
    parts.add::<Problem>();
    parts.add::<ErrorCode>();
    parts.add::<Event>();
    visit_operations(&mut parts);
    parts.add::<FileInfo>();
    parts.add::<AttachmentKind>();
    parts.add::<PictureSize>();
    for (path, methods) in files::paths() {
        parts.add_path(path, methods);
    }
    parts.paths.insert("/api/v1/ws".to_owned(), json!({ "get": socket() }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Parlance",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every operation works over HTTP and, by its name, on the WebSocket at /api/v1/ws. Refusals are \
                problems (RFC 9457) with stable codes.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "paths": parts.paths,
        "components": {
            "schemas": parts.schemas,
            "responses": {
                "Problem": {
                    "description": "Refused; `code` says why.",
                    "headers": {
                        "Retry-After": { "description": "Seconds to wait, if waiting helps.", "schema": { "type": "integer" } },
                    },
                    "content": { "application/problem+json": { "schema": reference("Problem") } },
                },
            },
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "The token of `session.log_in`." },
                "cookie": {
                    "type": "apiKey", "in": "cookie", "name": "__Host-parlance",
                    "description": "Set for browsers on sign-in; `parlance` without TLS. Unsafe methods need `Origin`.",
                },
            },
        },
    })
}

#[derive(Default)]
struct Parts {
    /// Operations by path and method.
    paths: Map<String, Value>,
    /// Types by name.
    schemas: Map<String, Value>,
}

impl Parts {
    /// Keeps a type and every type in it.
    fn add<T: ToSchema + PartialSchema>(&mut self) {
        let mut found: Vec<(String, RefOr<Schema>)> = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut found);
        for (name, schema) in found {
            self.schemas.entry(name).or_insert_with(|| value(&schema));
        }
    }
}

impl Parts {
    /// Adds methods of a path, beside those that it has.
    fn add_path(&mut self, path: &str, methods: Value) {
        let known = self.paths.entry(path).or_insert_with(|| json!({}));
        if let (Some(known), Value::Object(methods)) = (known.as_object_mut(), methods) {
            known.extend(methods);
        }
    }
}

impl OperationVisitor for Parts {
    fn visit<I, O>(&mut self, row: &'static Operation)
    where
        I: ToSchema + 'static,
        O: ToSchema + 'static,
    {
        self.add::<I>();
        self.add::<O>();
        if row.path.is_empty() {
            return;
        }
        let operation = describe(row, &value(&I::schema()));
        self.add_path(row.path, json!({ method(row.method): operation }));
    }
}

fn describe(row: &Operation, input: &Value) -> Value {
    let in_path = path_fields(row.path);
    let body = matches!(row.method, Method::Post | Method::Patch);
    let mut operation = json!({
        "operationId": row.name,
        "tags": [row.name.split('.').next().unwrap_or(row.name)],
        "summary": row.summary,
        "security": security(row.access),
        "responses": {
            "200": {
                "description": "Done.",
                "content": { "application/json": { "schema": reference(row.output) } },
            },
            "default": { "$ref": "#/components/responses/Problem" },
        },
    });
    let parameters = parameters(input, &in_path, body);
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    if let Some(schema) = body.then(|| body_schema(row, input, &in_path)).flatten() {
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    operation
}

/// The fields of the path, and of the query unless there is a body.
fn parameters(input: &Value, in_path: &[&str], body: bool) -> Vec<Value> {
    let required = required(input);
    let fields = input["properties"].as_object().into_iter().flatten();
    let parameter = |(name, schema): (&String, &Value)| {
        let place = if in_path.contains(&name.as_str()) { "path" } else { "query" };
        if place == "query" && body {
            return None;
        }
        let mut schema = schema.clone();
        let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        Some(json!({
            "name": name, "in": place, "required": place == "path" || required.contains(&name.as_str()),
            "description": description, "schema": schema,
        }))
    };
    fields.filter_map(parameter).collect()
}

/// What the body holds: the input without the fields of the path.
fn body_schema(row: &Operation, input: &Value, in_path: &[&str]) -> Option<Value> {
    let mut rest = input.clone();
    let fields = rest["properties"].as_object_mut()?;
    fields.retain(|name, _| !in_path.contains(&name.as_str()));
    if fields.is_empty() {
        return None;
    }
    if in_path.is_empty() {
        return Some(reference(row.input));
    }
    let left: Vec<&str> = required(input).into_iter().filter(|name| !in_path.contains(name)).collect();
    rest["required"] = json!(left);
    Some(rest)
}

fn required(input: &Value) -> Vec<&str> {
    input["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn path_fields(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

fn security(access: Access) -> Value {
    match access {
        Access::Public => json!([]),
        Access::Session | Access::Administrator | Access::Connection => {
            json!([{ "bearer": [] }, { "cookie": [] }])
        }
    }
}

/// The WebSocket, as far as OpenAPI can tell of it; the page at /docs tells the rest.
fn socket() -> Value {
    let encodings = [frame::SUBPROTOCOL_JSON, frame::SUBPROTOCOL_MSGPACK];
    json!({
        "operationId": "socket.open",
        "tags": ["socket"],
        "summary": "Opens the WebSocket, on which every operation can be called by its name and events come in.",
        "security": [{}, { "bearer": [] }, { "cookie": [] }],
        "parameters": [{
            "name": "Sec-WebSocket-Protocol", "in": "header", "required": false,
            "description": "The encoding of frames.", "schema": { "type": "string", "enum": encodings },
        }],
        "responses": {
            "101": { "description": "The connection is a WebSocket; see /docs for its frames." },
            "default": { "$ref": "#/components/responses/Problem" },
        },
    })
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Patch => "patch",
        Method::Delete => "delete",
    }
}

/// A reference to a type.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn value(schema: &RefOr<Schema>) -> Value {
    serde_json::to_value(schema).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::OPERATIONS;
    use serde::Serialize as _;

    /// A line for each value, so that a change shows where it is; indented by one, since the document is deep and kept.
    #[test]
    fn the_document_is_as_it_was_agreed() {
        let mut kept = Vec::new();
        let lines = serde_json::ser::PrettyFormatter::with_indent(b" ");
        document().serialize(&mut serde_json::Serializer::with_formatter(&mut kept, lines)).unwrap();
        insta::assert_snapshot!(String::from_utf8(kept).unwrap());
    }

    #[test]
    fn every_operation_over_http_is_in_it() {
        let document = document();
        for row in OPERATIONS.iter().filter(|row| !row.path.is_empty()) {
            let operation = &document["paths"][row.path][method(row.method)];
            assert_eq!(operation["operationId"], row.name);
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            for field in path_fields(row.path) {
                assert!(parameters.iter().any(|one| one["name"] == field && one["in"] == "path"), "{field}");
            }
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
            match value {
                Value::Object(fields) => {
                    found.extend(fields.get("$ref").and_then(Value::as_str));
                    fields.values().for_each(|field| references(field, found));
                }
                Value::Array(items) => items.iter().for_each(|item| references(item, found)),
                _ => {}
            }
        }
        let document = document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 50);
        for reference in found {
            assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
        }
    }
}
