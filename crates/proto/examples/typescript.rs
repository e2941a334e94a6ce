//! Writes the TypeScript side of the protocol: `wire.gen.ts` (every type), `operations.gen.ts` (the typed operation
//! table), `api.gen.ts` (a method for each operation) and `limits.gen.ts`. The one argument is the folder to write to.
//!
//! The files are committed; `cargo xtask types --check` runs this and compares.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use parlance_proto::{
    Access, Event, Hello, Method, OPERATIONS, Operation, OperationVisitor, Problem, limits, visit_operations,
};
use ts_rs::{Config, TS, TypeVisitor};

const HEAD: &str = "// Generated from crates/proto. Do not edit.\n\n";

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("usage: typescript FOLDER"));
    std::fs::create_dir_all(&folder)?;
    // Numbers of the protocol stay below 2^53, and JSON.parse makes no other kind.
    let config = Config::new().with_large_int("number");

    let mut types = Types { config: &config, seen: HashSet::new(), declared: BTreeMap::new() };
    let mut table = Table { config: &config, types: String::new(), routes: String::new() };
    visit_operations(&mut types);
    visit_operations(&mut table);
    types.add::<Event>();
    types.add::<Hello>();
    types.add::<Problem>();

    std::fs::write(folder.join("wire.gen.ts"), types.file())?;
    std::fs::write(folder.join("operations.gen.ts"), table.file())?;
    std::fs::write(folder.join("api.gen.ts"), api_file())?;
    std::fs::write(folder.join("limits.gen.ts"), limits_file())
}

/// Collects the declarations of all types reachable from the operations and events.
struct Types<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    /// Declaration by type name, so that the file's order does not depend on the table's.
    declared: BTreeMap<String, String>,
}

impl Types<'_> {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Types of std have no declaration of their own, only those made by the derive have a file.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let text = format!("{docs}export {}\n", T::decl(self.config));
            self.declared.insert(T::ident(self.config), text);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }

    fn file(&self) -> String {
        let declarations: Vec<&str> = self.declared.values().map(String::as_str).collect();
        format!("{HEAD}{}", declarations.join("\n"))
    }
}

impl TypeVisitor for Types<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

impl OperationVisitor for Types<'_> {
    fn visit<I, O>(&mut self, _operation: &'static Operation)
    where
        I: utoipa::ToSchema + TS + 'static,
        O: utoipa::ToSchema + TS + 'static,
    {
        self.add::<I>();
        self.add::<O>();
    }
}

/// Writes the operation table: types for the compiler, routes for the HTTP transport.
struct Table<'a> {
    config: &'a Config,
    types: String,
    routes: String,
}

impl OperationVisitor for Table<'_> {
    fn visit<I, O>(&mut self, operation: &'static Operation)
    where
        I: utoipa::ToSchema + TS + 'static,
        O: utoipa::ToSchema + TS + 'static,
    {
        let (input, output) = (<I as TS>::name(self.config), <O as TS>::name(self.config));
        let Operation { name, summary, path, access, .. } = operation;
        writeln!(
            self.types,
            "  /** {summary} */\n  \"{name}\": {{ input: wire.{input}; output: wire.{output} }};"
        )
        .expect("writing to memory");
        if *access != Access::Connection {
            let method = method(operation.method);
            writeln!(self.routes, "  \"{name}\": {{ method: \"{method}\", path: \"{path}\" }},")
                .expect("writing to memory");
        }
    }
}

impl Table<'_> {
    fn file(&self) -> String {
        format!(
            "{HEAD}import type * as wire from \"./wire.gen.ts\";\n\n\
             /** Every operation with the types of its input and output. */\n\
             export interface Operations {{\n{}}}\n\n\
             /** The HTTP routes; operations about a connection itself have none. */\n\
             export const ROUTES = {{\n{}}} as const satisfies \
             Partial<Record<keyof Operations, {{ method: string; path: string }}>>;\n",
            self.types, self.routes
        )
    }
}

/// A method for each operation, by noun: `api(call).message.send(input)`.
fn api_file() -> String {
    let mut nouns: BTreeMap<&str, String> = BTreeMap::new();
    for Operation { name, summary, .. } in OPERATIONS {
        let (noun, verb) = name.split_once('.').unwrap_or(("", name));
        let (verb, indent) = (camel(verb), if noun.is_empty() { "    " } else { "      " });
        writeln!(
            nouns.entry(noun).or_default(),
            "{indent}/** {summary} */\n{indent}{verb}: (input: Input<\"{name}\">, options?: CallOptions) => \
             call(\"{name}\", input, options),"
        )
        .expect("writing to memory");
    }
    let alone = nouns.remove("").unwrap_or_default();
    let nouns = nouns.iter().fold(String::new(), |mut text, (noun, methods)| {
        writeln!(text, "    {}: {{\n{methods}    }},", camel(noun)).expect("writing to memory");
        text
    });
    format!(
        "{HEAD}import type {{ Call, CallOptions, Input }} from \"../transport/call.ts\";\n\n\
         /** A method for each operation, by noun. */\n\
         export function api(call: Call) {{\n  return {{\n{alone}{nouns}  }};\n}}\n\n\
         export type Api = ReturnType<typeof api>;\n"
    )
}

fn camel(name: &str) -> String {
    let mut upper = false;
    let letters = name.chars().filter_map(|letter| {
        let letter_or_none =
            (letter != '_').then(|| if upper { letter.to_ascii_uppercase() } else { letter });
        upper = letter == '_';
        letter_or_none
    });
    letters.collect()
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

fn limits_file() -> String {
    let (username, password) = (limits::USERNAME_CHARS, limits::PASSWORD_CHARS);
    let rows: [(&str, u64); 12] = [
        ("TEXT_MAX_CHARS", limits::TEXT_MAX_CHARS as u64),
        ("GROUP_NAME_MAX_CHARS", limits::GROUP_NAME_MAX_CHARS as u64),
        ("USERNAME_MIN_CHARS", *username.start() as u64),
        ("USERNAME_MAX_CHARS", *username.end() as u64),
        ("PASSWORD_MIN_CHARS", *password.start() as u64),
        ("PASSWORD_MAX_CHARS", *password.end() as u64),
        ("DISPLAY_NAME_MAX_CHARS", limits::DISPLAY_NAME_MAX_CHARS as u64),
        ("STATUS_TEXT_MAX_CHARS", limits::STATUS_TEXT_MAX_CHARS as u64),
        ("MEMBERS_PER_REQUEST", limits::MEMBERS_PER_REQUEST as u64),
        ("PAGE_MAX", u64::from(limits::PAGE_MAX)),
        ("HEARTBEAT_MS", limits::HEARTBEAT_MS),
        ("LONG_POLL_MAX_MS", u64::from(limits::LONG_POLL_MAX_MS)),
    ];
    let lines = rows.map(|(name, value)| format!("export const {name} = {value};\n"));
    format!("{HEAD}{}", lines.concat())
}
