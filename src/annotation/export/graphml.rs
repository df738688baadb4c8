//! Actors and their positions towards each other, as a directed graph in GraphML.
//!
//! A node is an actor. An edge is a position, from who takes it to whom it addresses, or to those whose position it
//! answers. Positions towards nobody are counted at their actor and are no edges.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::code::code_of;
use super::contents::{Contents, Statement};
use crate::analysis::ActorId;
use crate::annotation::quoting::visible;

/// What is known of nodes and edges: the name, what has it, its type.
const KEYS: [(&str, &str, &str); 12] = [
    ("name", "node", "string"),
    ("kind", "node", "string"),
    ("positions", "node", "int"),
    ("position", "edge", "string"),
    ("act", "edge", "string"),
    ("issue", "edge", "string"),
    ("gist", "edge", "string"),
    ("polarity", "edge", "string"),
    ("para", "edge", "int"),
    ("via", "edge", "string"),
    ("state", "edge", "string"),
    ("answers", "edge", "string"),
];

/// Returns the graph.
pub fn write(contents: &Contents) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // What is written to memory does not fail.
    let _ = graph(contents, &mut writer);
    String::from_utf8(writer.into_inner()).unwrap_or_default() + "\n"
}

fn graph(contents: &Contents, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer.create_element("graphml").with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
    root.write_inner_content(|writer| {
        for (name, of, kind) in KEYS {
            let key = writer.create_element("key").with_attributes([("id", name), ("for", of)]);
            key.with_attributes([("attr.name", name), ("attr.type", kind)]).write_empty()?;
        }
        let graph = writer.create_element("graph").with_attribute(("edgedefault", "directed"));
        graph.write_inner_content(|writer| elements(contents, writer)).map(|_| ())
    })?;
    Ok(())
}

fn elements(contents: &Contents, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let mut counts: BTreeMap<ActorId, usize> = BTreeMap::new();
    for statement in &contents.statements {
        statement.parties.iter().for_each(|id| *counts.entry(*id).or_default() += 1);
        addressees(statement).iter().for_each(|id| *counts.entry(*id).or_default() += 0);
    }
    for (id, count) in counts {
        let actor = &contents.analysis.actors[id.0];
        let node = writer.create_element("node").with_attribute(("id", node(id).as_str()));
        let data = [("name", actor.name.clone()), ("kind", actor.kind.word().into()), ("positions", count.to_string())];
        node.write_inner_content(|writer| put(writer, data))?;
    }
    let mut number = 0;
    for statement in &contents.statements {
        for from in &statement.parties {
            for to in addressees(statement).iter().filter(|to| *to != from) {
                number += 1;
                let ends = [("id", format!("e{number}")), ("source", node(*from)), ("target", node(*to))];
                let edge = writer.create_element("edge");
                let edge = edge.with_attributes(ends.iter().map(|(key, value)| (*key, value.as_str())));
                edge.write_inner_content(|writer| put(writer, data(contents, statement)))?;
            }
        }
    }
    Ok(())
}

fn data(contents: &Contents, statement: &Statement) -> [(&'static str, String); 9] {
    let position = statement.position;
    [
        ("position", statement.id.to_owned()),
        ("act", position.act.word().to_owned()),
        ("issue", statement.issues.join(", ")),
        ("gist", statement.what()),
        ("polarity", code_of(position).polarity.to_owned()),
        ("para", contents.paragraph(statement.span.start).to_string()),
        ("via", contents.names(&statement.speakers)),
        ("state", statement.state().to_owned()),
        ("answers", statement.answers.join(" ")),
    ]
}

fn put<const N: usize>(writer: &mut Writer<Vec<u8>>, data: [(&str, String); N]) -> io::Result<()> {
    for (key, value) in data.iter().filter(|(_, value)| !value.is_empty()) {
        let element = writer.create_element("data").with_attribute(("key", *key));
        element.write_text_content(BytesText::new(&legal(value)))?;
    }
    Ok(())
}

fn node(id: ActorId) -> String {
    format!("n{}", id.0)
}

/// Returns to whom a position goes: those it addresses, else those whose positions it answers.
fn addressees(statement: &Statement) -> Vec<ActorId> {
    let addressees = &statement.position.addressees;
    let mut to = if addressees.is_empty() { statement.answered.clone() } else { addressees.clone() };
    to.sort_unstable();
    to.dedup();
    to
}

/// Returns text without the characters that XML has no way to write.
fn legal(text: &str) -> String {
    visible(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
