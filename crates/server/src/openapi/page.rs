//! The description of the API as a page: operations, the WebSocket, types, refusals. No script, no style inline.
//! It is made from the same table and schemas as the OpenAPI document, once at start.

use std::fmt::Write as _;

use parlance_proto::{Access, ErrorCode, Method, OPERATIONS, Operation, frame, limits};
use serde_json::Value;

use super::files;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Parlance API</title>\n\
    <link rel=\"stylesheet\" href=\"/docs.css\">\n</head>\n<body>\n";
const FOOT: &str = "</body>\n</html>\n";

/// The page that describes the document.
pub fn page(document: &Value) -> String {
    let mut out = String::from(HEAD);
    intro(&mut out);
    operations(&mut out);
    routes(&mut out, document);
    socket(&mut out, document);
    types(&mut out, document);
    refusals(&mut out);
    out.push_str(FOOT);
    out
}

fn intro(out: &mut String) {
    let version = env!("CARGO_PKG_VERSION");
    _ = write!(
        out,
        "<h1>Parlance API</h1>\n<p class=\"quiet\">Version {version}</p>\n<nav><a href=\"#operations\">Operations</a>\
         <a href=\"#files\">Files</a><a href=\"#socket\">WebSocket</a><a href=\"#types\">Types</a><a href=\"#refusals\">Refusals</a>\
         <a href=\"/openapi.json\">openapi.json</a></nav>\n\
         <p>Sign in with <code>session.log_in</code>. Programs send the token as <code>Authorization: Bearer …</code>; \
         browsers have the cookie that the same answer sets. Fields of <code>GET</code> and <code>DELETE</code> are in \
         the path and the query, others in the path and a JSON body. Unknown fields are refused.</p>\n\
         <pre>curl -H 'Content-Type: application/json' -d '{{\"username\":\"alice\",\"password\":\"…\"}}' \
         http://127.0.0.1:8080/api/v1/login</pre>\n"
    );
}

fn operations(out: &mut String) {
    out.push_str(
        "<h2 id=\"operations\">Operations</h2>\n<table>\n<tr><th>Name</th><th>HTTP</th><th>Who</th>",
    );
    out.push_str("<th>What</th><th>Input</th><th>Output</th></tr>\n");
    for row in OPERATIONS {
        operation(out, row);
    }
    out.push_str("</table>\n");
}

fn operation(out: &mut String, row: &Operation) {
    let route = if row.path.is_empty() {
        "WebSocket only".to_owned()
    } else {
        format!("<code>{} {}</code>", method(row.method), text(row.path))
    };
    let who = match row.access {
        Access::Public => "anybody",
        Access::Session => "signed in",
        Access::Administrator => "administrator",
        Access::Connection => "a connection",
    };
    _ = writeln!(
        out,
        "<tr><td><code>{}</code></td><td>{route}</td><td>{who}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        text(row.name),
        text(row.summary),
        link(row.input),
        link(row.output),
    );
}

/// What is there beside operations: files on their way in and out.
fn routes(out: &mut String, document: &Value) {
    out.push_str("<h2 id=\"files\">Files</h2>\n<table>\n<tr><th>HTTP</th><th>What</th></tr>\n");
    for (path, methods) in files::paths() {
        for name in methods.as_object().into_iter().flat_map(|methods| methods.keys()) {
            let summary = document["paths"][path][name]["summary"].as_str().unwrap_or_default();
            let (name, path) = (name.to_uppercase(), text(path));
            _ = writeln!(out, "<tr><td><code>{name} {path}</code></td><td>{}</td></tr>", text(summary));
        }
    }
    out.push_str("</table>\n");
}

fn socket(out: &mut String, document: &Value) {
    _ = write!(
        out,
        "<h2 id=\"socket\">WebSocket</h2>\n\
         <p>Connect to <code>/api/v1/ws</code> with the subprotocol <code>{json}</code> (text frames) or \
         <code>{msgpack}</code> (binary frames of the same content). Sign in with the token or the cookie in the \
         upgrade, and the event <code>hello</code> comes first; or send <code>session.resume</code> within \
         {sign_in} seconds. A frame has at most {frame_max} KiB ({small} KiB before signing in); at most {in_flight} \
         requests are under way, further ones wait.</p>\n\
         <pre>→ {{\"id\":7,\"op\":\"message.send\",\"in\":{{…}}}}\n← {{\"id\":7,\"out\":{{…}}}}\n\
         ← {{\"id\":7,\"error\":{{\"code\":\"…\", …}}}}\n← {{\"event\":\"entry\",\"data\":{{…}}}}</pre>\n\
         <p>In MessagePack: <code>[7, \"message.send\", {{…}}]</code>, answered by <code>[0, 7, {{…}}]</code> or \
         <code>[1, 7, {{…}}]</code>; events are <code>[2, 0, {{\"event\":…, \"data\":…}}]</code>. Send \
         <code>session.ping</code> every {beat} seconds; a connection silent for {dead} seconds is closed. Close codes: \
         1001 the server stops, come back; 1009 too large; 4401 sign in.</p>\n<h3>Events</h3>\n",
        json = frame::SUBPROTOCOL_JSON,
        msgpack = frame::SUBPROTOCOL_MSGPACK,
        sign_in = limits::SIGN_IN_MS / 1_000,
        frame_max = limits::FRAME_MAX_BYTES / 1_024,
        small = limits::FRAME_BEFORE_SIGN_IN_MAX_BYTES / 1_024,
        in_flight = limits::REQUESTS_IN_FLIGHT,
        beat = limits::HEARTBEAT_MS / 1_000,
        dead = limits::DEAD_AFTER_MS / 1_000,
    );
    variants(out, &document["components"]["schemas"]["Event"]);
}

fn types(out: &mut String, document: &Value) {
    out.push_str("<h2 id=\"types\">Types</h2>\n");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let about = schema["description"].as_str().unwrap_or_default();
        _ = writeln!(
            out,
            "<h3 id=\"{name}\"><code>{name}</code></h3>\n<p>{}</p>",
            text(about),
            name = text(name)
        );
        if schema["oneOf"].is_array() {
            variants(out, schema);
        } else if let Some(values) = schema["enum"].as_array() {
            let values: Vec<String> = values.iter().filter_map(Value::as_str).map(code).collect();
            _ = writeln!(out, "<p>One of {}.</p>", values.join(", "));
        } else {
            fields(out, schema);
        }
    }
}

/// The kinds of a type that has several.
fn variants(out: &mut String, schema: &Value) {
    for variant in schema["oneOf"].as_array().into_iter().flatten() {
        if let Some(about) = variant["description"].as_str() {
            _ = writeln!(out, "<p>{}</p>", text(about));
        }
        fields(out, variant);
    }
}

fn fields(out: &mut String, schema: &Value) {
    let Some(fields) = schema["properties"].as_object().filter(|fields| !fields.is_empty()) else { return };
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    out.push_str("<table>\n");
    for (name, field) in fields {
        let optional =
            if required.contains(&name.as_str()) { "" } else { "<span class=\"quiet\">optional</span> " };
        let about = field["description"].as_str().unwrap_or_default();
        _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{optional}{}</td></tr>",
            code(name),
            kind(field),
            text(about)
        );
        if field["properties"].is_object() {
            out.push_str("<tr><td></td><td colspan=\"2\">");
            self::fields(out, field);
            out.push_str("</td></tr>\n");
        }
    }
    out.push_str("</table>\n");
}

/// A field's type, in words.
fn kind(field: &Value) -> String {
    if let Some(name) = field["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return link(name);
    }
    let several = field["oneOf"].as_array().or(field["allOf"].as_array()).into_iter().flatten();
    let several: Vec<String> = several.filter(|one| one["type"] != "null").map(kind).collect();
    if !several.is_empty() {
        return several.join(" or ");
    }
    if let Some(values) = field["enum"].as_array() {
        return values.iter().filter_map(Value::as_str).map(code).collect::<Vec<_>>().join(" or ");
    }
    let name = |kind: &Value| kind.as_str().filter(|kind| *kind != "null").map(str::to_owned);
    let names: Vec<String> = match &field["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    };
    if names.iter().any(|name| name == "array") {
        return format!("list of {}", kind(&field["items"]));
    }
    text(&names.join(" or "))
}

fn refusals(out: &mut String) {
    out.push_str(
        "<h2 id=\"refusals\">Refusals</h2>\n<p>Branch on <code>code</code>, never on the sentence. ",
    );
    out.push_str("<code>retry_after_ms</code> tells when to try again.</p>\n<table>\n");
    for refusal in ErrorCode::ALL {
        _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            code(refusal.as_str()),
            refusal.status(),
            text(refusal.title())
        );
    }
    out.push_str("</table>\n");
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

fn link(name: &str) -> String {
    format!("<a href=\"#{name}\"><code>{name}</code></a>", name = text(name))
}

fn code(content: &str) -> String {
    format!("<code>{}</code>", text(content))
}

/// Text that may stand in HTML.
fn text(content: &str) -> String {
    content.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_type_and_refusal_is_on_the_page() {
        let document = super::super::document::document();
        let page = page(&document);
        assert!(OPERATIONS.iter().all(|row| page.contains(&code(row.name))));
        assert!(ErrorCode::ALL.iter().all(|refusal| page.contains(&code(refusal.as_str()))));
        for row in OPERATIONS {
            for name in [row.input, row.output] {
                assert!(page.contains(&format!("<h3 id=\"{name}\">")), "{name}");
            }
        }
        assert!(!page.contains("<script") && !page.contains("style="));
    }

    #[test]
    fn content_cannot_become_markup() {
        assert_eq!(text("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }
}
