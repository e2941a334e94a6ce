//! The routes of files, which are no operations: uploads by tus and by a single POST, content with ranges.
//!
//! Every route of `http::media` stands here; a test compares the two.

use serde_json::{Value, json};

use super::document::reference;

/// Paths and what each answers to.
pub fn paths() -> Vec<(&'static str, Value)> {
    let mut paths = vec![
        ("/api/v1/files", json!({ "post": plain() })),
        ("/api/v1/uploads", json!({ "post": begin(), "options": capabilities("tus.options") })),
        (
            "/api/v1/uploads/{file_id}",
            json!({
                "head": head(), "patch": go_on(), "delete": terminate(), "post": overridden(),
                "options": capabilities("tus.upload_options"),
            }),
        ),
    ];
    paths.extend(CONTENT.iter().map(|content| (content.path, json!({ "get": content.operation() }))));
    paths
}

/// A route that answers with content.
struct Content {
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    /// Whether its signature stands in for a session.
    signed: bool,
}

const CONTENT: [Content; 9] = [
    Content {
        path: "/api/v1/files/{file_id}/content",
        id: "file.content",
        summary: "The content of an own upload that is not sent yet.",
        signed: false,
    },
    Content {
        path: "/api/v1/conversations/{conversation_id}/messages/{index}/files/{file_id}",
        id: "message.file",
        summary: "The content of a file of a message, for whoever is shown the message.",
        signed: false,
    },
    Content {
        path: "/api/v1/media/{conversation_id}/{index}/{file_id}",
        id: "media.get",
        summary: "The same without a session: the path that `file.link` answered, as it is.",
        signed: true,
    },
    Content {
        path: "/api/v1/stickers/{pack_id}/{file_id}",
        id: "sticker.content",
        summary: "A sticker of a pack.",
        signed: false,
    },
    Content { path: "/api/v1/emoji/{name}", id: "emoji.content", summary: "A custom emoji.", signed: false },
    Content {
        path: "/api/v1/admin/holds/{hold_id}/files/{file_id}",
        id: "hold.file",
        summary: "A file that a legal hold keeps, for administrators.",
        signed: false,
    },
    Content {
        path: "/api/v1/users/{user_id}/photo/{file_id}",
        id: "user.photo",
        summary: "A user's photo, for whoever may see it.",
        signed: false,
    },
    Content {
        path: "/api/v1/conversations/{conversation_id}/photo/{file_id}",
        id: "conversation.photo",
        summary: "A group's photo, for its members and for whoever has a link into it.",
        signed: false,
    },
    Content {
        path: "/api/v1/conversations/{conversation_id}/background/{file_id}",
        id: "conversation.background",
        summary: "The picture that one has chosen to stand behind a conversation.",
        signed: false,
    },
];

impl Content {
    fn operation(&self) -> Value {
        let mut parameters: Vec<Value> = self
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .map(|name| {
                parameter(
                    "path",
                    name,
                    "From the message, the user, the conversation, the pack, the emoji or the hold.",
                    true,
                )
            })
            .collect();
        parameters.extend([
            of_type(
                parameter("query", "size", "Which size of a picture; the whole one if not given.", false),
                reference("PictureSize"),
            ),
            parameter("query", "download", "Has a browser save it instead of showing it.", false),
            parameter("header", "Range", "One range of bytes.", false),
            parameter("header", "If-None-Match", "An `ETag`: 304 if it is still the same.", false),
            parameter("header", "If-Range", "An `ETag`: the range only if it is still the same.", false),
        ]);
        if self.id == "conversation.photo" {
            let code = "The code of a link into the group, of whoever is no member.";
            parameters.push(parameter("header", "Parlance-Link-Code", code, false));
        }
        if self.id == "hold.file" {
            let reason = "Why it is read; it stands in the audit log.";
            parameters.push(parameter("query", "reason", reason, true));
        }
        if self.signed {
            let fields = ["user_id", "expires_ms", "signature"];
            parameters
                .extend(fields.map(|name| parameter("query", name, "As `file.link` answered it.", true)));
        }
        let content = json!({ "*/*": { "schema": { "type": "string", "format": "binary" } } });
        let headers = json!({ "ETag": header("Changes with the content."), "Cache-Control": header("`no-cache`: ask before each use.") });
        let mut operation = json!({
            "operationId": self.id,
            "tags": ["file"],
            "summary": self.summary,
            "parameters": parameters,
            "responses": {
                "200": { "description": "The content.", "headers": headers, "content": content },
                "206": { "description": "The range of it.", "headers": headers, "content": content },
                "304": { "description": "What the client has is still it." },
                "416": { "description": "There are no such bytes." },
                "default": refused(),
            },
        });
        operation["security"] = if self.signed { json!([]) } else { security() };
        operation
    }
}

fn plain() -> Value {
    json!({
        "operationId": "file.upload",
        "tags": ["file"],
        "summary": "Uploads a file with one request: the body is the file.",
        "security": security(),
        "parameters": [
            parameter("query", "name", "What the file is called.", false),
            of_type(
                parameter("query", "kind", "What it is to be; by its bytes a picture or a file if not given.", false),
                reference("AttachmentKind"),
            ),
            parameter("header", "Content-Length", "The size in bytes.", true),
        ],
        "requestBody": {
            "required": true,
            "content": { "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } },
        },
        "responses": {
            "200": {
                "description": "The file, durable.",
                "content": { "application/json": { "schema": reference("FileInfo") } },
            },
            "default": refused(),
        },
    })
}

fn begin() -> Value {
    tus(
        "tus.create",
        "Begins a resumable upload (tus 1.0.0); its first bytes may come along.",
        &[
            parameter("header", "Upload-Length", "The size in bytes.", true),
            parameter(
                "header",
                "Upload-Metadata",
                "`filename` and `kind`, each with its value in base64.",
                false,
            ),
        ],
        Some(false),
        &json!({
            "201": {
                "description": "It has begun.",
                "headers": {
                    "Location": header("Where it goes on; it ends in the `file_id`."),
                    "Upload-Offset": header("Bytes that are durable."),
                    "Upload-Expires": header("When it ends by itself."),
                },
            },
        }),
    )
}

fn head() -> Value {
    tus(
        "tus.head",
        "Tells how far an upload is.",
        &[id()],
        None,
        &json!({
            "200": {
                "description": "It is there.",
                "headers": {
                    "Upload-Offset": header("Bytes that are durable: where to go on."),
                    "Upload-Length": header("The size in bytes."),
                    "Upload-Metadata": header("As it was given."),
                    "Upload-Expires": header("When it ends by itself."),
                },
            },
        }),
    )
}

fn go_on() -> Value {
    tus(
        "tus.patch",
        "Goes on with an upload. With its last byte it becomes a file, before the answer.",
        &[
            id(),
            parameter("header", "Upload-Offset", "Where these bytes belong.", true),
            parameter(
                "header",
                "Upload-Checksum",
                "`sha1` or `sha256`, a space, and the sum in base64.",
                false,
            ),
        ],
        Some(true),
        &json!({
            "204": {
                "description": "The bytes are durable.",
                "headers": { "Upload-Offset": header("Bytes that are durable.") },
            },
            "409": problem("It goes on elsewhere; ask with HEAD."),
            "415": problem("Another `Content-Type`."),
            "423": problem("Another request is sending to it."),
            "460": problem("The bytes do not have this checksum; none was kept."),
        }),
    )
}

fn terminate() -> Value {
    let gone = json!({ "204": { "description": "It has ended." } });
    tus("tus.delete", "Ends an upload that is not sent.", &[id()], None, &gone)
}

fn overridden() -> Value {
    let method = parameter("header", "X-HTTP-Method-Override", "PATCH or DELETE.", true);
    let done = json!({ "204": { "description": "As that method answers." } });
    tus(
        "tus.override",
        "PATCH or DELETE for clients that cannot send them.",
        &[id(), method],
        Some(false),
        &done,
    )
}

fn capabilities(id: &str) -> Value {
    json!({
        "operationId": id,
        "tags": ["file"],
        "summary": "Tells what of tus the server can do.",
        "security": [],
        "responses": {
            "204": {
                "description": "In the headers.",
                "headers": {
                    "Tus-Version": header("1.0.0"),
                    "Tus-Extension": header("The extensions."),
                    "Tus-Max-Size": header("Most bytes of a file."),
                    "Tus-Checksum-Algorithm": header("sha1, sha256"),
                },
            },
        },
    })
}

/// A request of the tus protocol; `body` says whether bytes come with it and must.
fn tus(id: &str, summary: &str, parameters: &[Value], body: Option<bool>, answers: &Value) -> Value {
    let version = parameter("header", "Tus-Resumable", "1.0.0", true);
    let mut responses = answers.clone();
    responses["412"] = problem("Another version of the protocol.");
    responses["default"] = refused();
    let parameters = [&[version], parameters].concat();
    let mut operation = json!({
        "operationId": id,
        "tags": ["file"],
        "summary": summary,
        "security": security(),
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(required) = body {
        let schema = json!({ "type": "string", "format": "binary" });
        operation["requestBody"] = json!({
            "required": required,
            "content": { "application/offset+octet-stream": { "schema": schema } },
        });
    }
    operation
}

fn id() -> Value {
    parameter("path", "file_id", "The file that it becomes.", true)
}

fn parameter(place: &str, name: &str, description: &str, required: bool) -> Value {
    json!({
        "name": name, "in": place, "required": required, "description": description,
        "schema": { "type": "string" },
    })
}

fn of_type(mut parameter: Value, schema: Value) -> Value {
    parameter["schema"] = schema;
    parameter
}

fn header(description: &str) -> Value {
    json!({ "description": description, "schema": { "type": "string" } })
}

fn problem(description: &str) -> Value {
    json!({
        "description": description,
        "content": { "application/problem+json": { "schema": reference("Problem") } },
    })
}

fn refused() -> Value {
    json!({ "$ref": "#/components/responses/Problem" })
}

fn security() -> Value {
    json!([{ "bearer": [] }, { "cookie": [] }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_of_files_is_described_and_no_other() {
        let routes = include_str!("../http/media/mod.rs");
        let mut there: Vec<&str> = routes.split('"').filter(|text| text.starts_with("/api/v1/")).collect();
        let mut described: Vec<&str> = paths().into_iter().map(|(path, _)| path).collect();
        there.sort_unstable();
        described.sort_unstable();
        assert_eq!(described, there);
    }
}
