//! Every export of one article with notes of every kind: what it looks like, and that it can be read back.
//!
//! `UPDATE=1 cargo test --test exports` writes the recorded files; the review reads the difference.

mod support;

use std::path::PathBuf;
use std::{env, fs};

use demarche::annotation::export::{Contents, Filter, Format, Kind, State, write};
use demarche::annotation::{Notes, Reading, corrected};
use demarche::document::Document;
use proptest::prelude::*;
use serde_json::Value;
use support::reading;

const ARTICLE: &str = include_str!("exports/ferry.txt");
const READING: &str = include_str!("exports/ferry.reading");
const NOTES: &str = include_str!("exports/ferry.notes.toml");

/// A document with its notes and what is read of it.
struct Read {
    document: Document,
    notes: Notes,
    reading: Reading,
}

impl Read {
    fn new(article: &str, analysis: &str, notes: &str) -> Read {
        let document = Document::read("ferry.txt", article.as_bytes().to_vec(), None);
        let notes = Notes::parse(notes, &document).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(notes.problems(), []);
        let analysis = reading::analysis(&document.text, analysis);
        let reading = corrected(&document, &analysis, &notes);
        Read { document, notes, reading }
    }

    fn export(&self, format: Format, filter: &Filter) -> String {
        write(format, &Contents::new(&self.document, &self.notes, &self.reading, filter))
    }
}

/// Returns the export of the sample.
fn export(format: Format) -> String {
    Read::new(ARTICLE, READING, NOTES).export(format, &Filter::default())
}

fn rows(written: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(written.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// Returns the cells of a column that has a name.
fn column(written: &str, delimiter: u8, name: &str) -> Vec<String> {
    let rows = rows(written, delimiter);
    let at = rows[0].iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

fn json(written: &str) -> Value {
    serde_json::from_str(written).unwrap_or_else(|error| panic!("{error}: {written}"))
}

fn characters(from: &Value, to: &Value) -> String {
    let (from, to) = (from.as_u64().expect("an offset") as usize, to.as_u64().expect("an offset") as usize);
    ARTICLE.chars().skip(from).take(to - from).collect()
}

#[test]
fn exports_are_as_recorded() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/exports"));
    for &format in Format::ALL {
        let path = folder.join(format!("ferry.{}", format.sheet().ending.replace("notes.", "export.")));
        let written = export(format);
        if env::var_os("UPDATE").is_some() {
            fs::write(&path, &written).unwrap();
        }
        let recorded = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(written, recorded, "{}: UPDATE=1 cargo test --test exports writes it", path.display());
    }
}

#[test]
fn nothing_in_an_export_moves_a_terminal() {
    for &format in Format::ALL {
        let written = export(format);
        let written = written.strip_prefix('\u{feff}').unwrap_or(&written);
        let is_obeyed = |c: char| c.is_control() && c != '\n' && c != '\t' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!written.contains(is_obeyed), "{format:?}: {written:?}");
    }
}

#[test]
fn statements_are_a_table() {
    let written = export(Format::Csv);
    assert!(written.starts_with('\u{feff}'));
    assert_eq!(column(&written, b',', "act"), ["demands", "refuses", "refuses", "offers", "warns", "accuses"]);
    assert_eq!(column(&written, b',', "state"), ["confirmed", "corrected", "auto", "auto", "auto", "added"]);
    assert_eq!(column(&written, b',', "via"), ["", "Tomas Brekke", "", "", "Ida Lunde", "Ida Lunde"]);
    assert_eq!(column(&written, b',', "answers"), ["", "t8w4kd", "t8w4kd", "t8w4kd", "", ""]);
    assert_eq!(column(&written, b',', "issue")[5], "'=passengers");
    let spans = column(&written, b',', "start").into_iter().zip(column(&written, b',', "end"));
    for ((start, end), quote) in spans.zip(column(&written, b',', "quote")) {
        let (start, end) = (start.parse::<u64>().unwrap(), end.parse::<u64>().unwrap());
        assert_eq!(characters(&start.into(), &end.into()), quote);
    }
}

#[test]
fn the_matrix_has_actors_by_issues() {
    let rows = rows(&export(Format::Matrix), b',');
    assert_eq!(rows[0], ["actor", "new ferries", "'=passengers", "no issue"]);
    assert_eq!(rows[1], ["Pilots’ Guild", "demands ¶1", "accuses ¶4", "warns ¶3"]);
    assert_eq!(rows[2], ["the county", "refuses ¶2; offers ¶2", "", ""]);
}

#[test]
fn events_say_who_agrees_with_what() {
    let written = export(Format::Dna);
    assert_eq!(column(&written, b';', "organization")[..2], ["Pilots’ Guild", "the county"]);
    assert_eq!(column(&written, b';', "person")[1], "Tomas Brekke");
    assert_eq!(column(&written, b';', "concept")[4], "that no boat would sail after Sunday");
    assert_eq!(column(&written, b';', "agreement"), ["1", "0", "0", "1", "0", "0"]);
    assert!(column(&written, b';', "time").iter().all(|time| time == "2024-11-05 00:00:00"));
}

#[test]
fn highlights_keep_every_word_of_the_notes() {
    let notes = column(&export(Format::Readwise), b',', "Note");
    assert_eq!(notes[0], ".money .check-later Costs? Compare with the budget.");
    assert!(notes.iter().any(|note| note.contains("=HYPERLINK(\"http://example.org\";\"a\") ]]> ")), "{notes:?}");
    assert!(notes.iter().any(|note| note.ends_with("\"quoted\", \\ and more\nnext line")), "{notes:?}");
}

/// What the W3C Web Annotation Data Model requires of a page, of an annotation and of what is in it.
#[test]
fn annotations_are_as_the_model_requires() {
    let page = json(&export(Format::Jsonld));
    assert_eq!(page["@context"][0], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(page["type"], "AnnotationPage");
    check_iri(&page["id"]);
    check_iri(&page["partOf"]["id"]);
    let items = page["items"].as_array().expect("items");
    assert_eq!(page["partOf"]["total"], items.len());
    // Five notes and three positions; the correction of an actor and the rejection annotate nothing.
    assert_eq!(items.len(), 8);
    for item in items {
        check_annotation(item);
    }
    let mut ids: Vec<&str> = items.iter().filter_map(|item| item["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), items.len());
    let corrected = items.iter().find(|item| item["id"] == "urn:demarche:h5r1sq").expect("the corrected position");
    let body = &corrected["body"][0];
    assert_eq!((&body["sp:act"], &body["sp:via"]), (&"refuses".into(), &"brekke".into()));
}

#[track_caller]
fn check_annotation(item: &Value) {
    check_iri(&item["id"]);
    assert_eq!(item["type"], "Annotation");
    const MOTIVATIONS: [&str; 13] = [
        "assessing",
        "bookmarking",
        "classifying",
        "commenting",
        "describing",
        "editing",
        "highlighting",
        "identifying",
        "linking",
        "moderating",
        "questioning",
        "replying",
        "tagging",
    ];
    assert!(item["motivation"].as_str().is_some_and(|motivation| MOTIVATIONS.contains(&motivation)), "{item}");
    for time in ["created", "modified"].iter().filter_map(|key| item.get(key)) {
        let time = time.as_str().expect("a time");
        assert!(time.ends_with('Z') && time.parse::<jiff::Timestamp>().is_ok(), "{time}");
    }
    for body in item.get("body").map_or(&[][..], |body| body.as_array().expect("a list of bodies")) {
        assert!(body["type"].is_string(), "{body}");
        if body["type"] == "TextualBody" {
            assert!(body["value"].is_string(), "{body}");
            assert!(["commenting", "tagging"].iter().any(|purpose| body["purpose"] == *purpose), "{body}");
        }
    }
    check_target(&item["target"]);
}

#[track_caller]
fn check_target(target: &Value) {
    check_iri(&target["source"]);
    assert!(target["state"]["sourceDate"].as_str().is_some_and(|date| date.parse::<jiff::Timestamp>().is_ok()));
    let selectors = target["selector"].as_array().expect("selectors");
    let of_type = |kind: &str| selectors.iter().filter(|selector| selector["type"] == kind).collect::<Vec<_>>();
    let [quote] = of_type("TextQuoteSelector")[..] else { panic!("one quote: {target}") };
    let part = |key: &str| quote[key].as_str().unwrap_or_else(|| panic!("{key}: {quote}"));
    let (prefix, exact, suffix) = (part("prefix"), part("exact"), part("suffix"));
    assert!(!exact.is_empty());
    match of_type("TextPositionSelector")[..] {
        [place] => {
            assert_eq!(characters(&place["start"], &place["end"]), exact);
            assert!(ARTICLE.contains(&format!("{prefix}{exact}{suffix}")));
        }
        [] => assert_eq!((exact, prefix), ("a bridge to the island", "by May.\nNobody spoke of ")),
        _ => panic!("more than one place: {target}"),
    }
}

#[track_caller]
fn check_iri(value: &Value) {
    let iri = value.as_str().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    assert!(iri.starts_with("urn:") && iri.chars().all(is_plain), "{value}");
}

#[test]
fn notes_are_annotations_of_hypothesis() {
    let export = json(&export(Format::Hypothesis));
    let annotations = export["annotations"].as_array().expect("annotations");
    // The notes, and the position with a text of its own.
    assert_eq!(annotations.len(), 6);
    for annotation in annotations {
        for key in ["id", "created", "updated", "user", "uri", "text"] {
            assert!(annotation[key].is_string(), "{key}: {annotation}");
        }
        assert!(annotation["tags"].is_array() && annotation["document"]["title"][0].is_string());
        assert_eq!(annotation["target"][0]["source"], annotation["uri"]);
    }
    let hostile = annotations.iter().find(|annotation| annotation["id"] == "z9d4ww").expect("the hostile note");
    assert!(hostile["text"].as_str().is_some_and(|text| text.contains("\u{1b}[31mred") && text.contains('\u{202e}')));
    let place = &hostile["target"][0]["selector"][1];
    assert!(characters(&place["start"], &place["end"]).starts_with("=SUM(A1)"));
}

#[test]
fn the_graph_is_well_formed_and_of_known_nodes() {
    let graph = graph(&export(Format::Graphml));
    assert_eq!(graph.names, ["Pilots’ Guild", "the county"]);
    let edges: Vec<&str> = graph.edges.iter().map(String::as_str).collect();
    assert_eq!(edges, ["n0 demands n1", "n1 refuses n0", "n1 refuses n0", "n1 offers n0", "n0 accuses n1"]);
}

#[derive(Default)]
struct Graph {
    names: Vec<String>,
    /// Each as its source, its act and its target.
    edges: Vec<String>,
}

/// Reads a graph; an edge to a node that is not there, and data of an unknown key, are errors.
#[track_caller]
fn graph(written: &str) -> Graph {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(written);
    let (mut graph, mut keys, mut nodes) = (Graph::default(), Vec::new(), Vec::new());
    let (mut ends, mut key, mut text) = ((String::new(), String::new()), String::new(), String::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {written}")) {
            Event::Eof => return graph,
            Event::Start(tag) | Event::Empty(tag) => {
                let attribute = |name: &str| {
                    let found = tag.try_get_attribute(name).expect("good attributes");
                    found.map_or_else(String::new, |found| found.value.to_string())
                };
                text.clear();
                match tag.name().as_ref() {
                    "key" => keys.push(attribute("id")),
                    "node" => nodes.push(attribute("id")),
                    "edge" => ends = (attribute("source"), attribute("target")),
                    "data" => key = attribute("key"),
                    _ => {}
                }
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) => text.push_str(&format!("&{};", &*name)),
            Event::End(tag) if tag.name().as_ref() == "data" => {
                assert!(keys.contains(&key), "{key}");
                match key.as_str() {
                    "name" => graph.names.push(text.clone()),
                    "act" => graph.edges.push(format!("{} {text} {}", ends.0, ends.1)),
                    _ => {}
                }
            }
            Event::End(tag) if tag.name().as_ref() == "edge" => {
                assert!(nodes.contains(&ends.0) && nodes.contains(&ends.1), "{ends:?}");
            }
            _ => {}
        }
    }
}

#[test]
fn the_article_is_a_source() {
    let source = &json(&export(Format::Csl))[0];
    assert_eq!((&source["id"], &source["type"]), (&"ferry".into(), &"article-newspaper".into()));
    assert_eq!(source["title"], "Ferry talks stall in Oddhavn");
    assert_eq!(source["author"][0]["literal"], "Maren Holt");
    assert_eq!(source["container-title"], "The Oddhavn Post");
    assert_eq!(source["issued"]["date-parts"], json("[[2024, 11, 5]]"));
    assert!(source["note"].as_str().is_some_and(|note| note.starts_with("¶1: “two new ferries” Costs?")), "{source}");
}

#[track_caller]
fn check_filter(filter: Filter, positions: &[&str], entries: &[&str]) {
    let read = Read::new(ARTICLE, READING, NOTES);
    assert_eq!(column(&read.export(Format::Csv, &filter), b',', "id"), positions);
    let list = json(&read.export(Format::Json, &filter));
    let ids: Vec<&str> = list.as_array().unwrap().iter().filter_map(|entry| entry["id"].as_str()).collect();
    assert_eq!(ids, entries);
}

#[test]
fn filters_hold_for_positions_and_notes() {
    use demarche::analysis::Act;
    let any = Filter::default;
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    check_filter(Filter { kinds: vec![Kind::Question, Kind::Actor], ..any() }, &[], &["guild", "m3p9xa"]);
    check_filter(Filter { tags: words(&["RED-LINE"]), ..any() }, &["t8w4kd"], &["t8w4kd", "m3p9xa"]);
    // A member's position is its party's; a note is of the position that it stands on.
    let of_the_guild = ["t8w4kd", "p6", "n0b0dy"];
    check_filter(
        Filter { actors: words(&["pilots’ guild"]), ..any() },
        &of_the_guild,
        &["guild", "k7q2mz", "t8w4kd", "x4c7jf", "b4k1st", "n0b0dy"],
    );
    check_filter(Filter { acts: vec![Act::Refuses], ..any() }, &["h5r1sq", "p4"], &["h5r1sq", "m3p9xa"]);
    check_filter(Filter { states: vec![State::Rejected], ..any() }, &["x4c7jf"], &["x4c7jf"]);
    check_filter(Filter { states: vec![State::Auto], ..any() }, &["p4", "p5", "p6"], &[]);
    check_filter(Filter { states: vec![State::Lost], ..any() }, &[], &["x0x0st"]);
    check_filter(
        Filter { states: vec![State::Added, State::Corrected], ..any() },
        &["h5r1sq", "n0b0dy"],
        &["h5r1sq", "n0b0dy"],
    );
    check_filter(Filter { acts: vec![Act::Says], ..any() }, &[], &[]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_note_holds_can_be_read_back(
        text in "[a=+@;,\"'\\\\<>&\\]|*#:`\n\r\t\u{0}\u{1b}\u{9b}\u{202e}\u{2028}\u{feff}\u{ffff}\u{e0041}é-]{0,40}",
        tag in "[a =+;,\"<&\\]|:\u{202e}]{0,8}",
    ) {
        // The same in the article, where a note quotes it.
        let article = format!("{ARTICLE}\n{text}\n");
        let string = |value: &str| toml::Value::String(value.to_owned()).to_string();
        let notes = format!(
            "[article]\ntitle = {0}\nsource = {0}\n\n[[note]]\nid = {0}\nquote = \"two new ferries\"\ntext = {0}\ntags = [{1}]\n\n\
            [[note]]\nid = \"quoted\"\nquote = {0}\n\n[[actor]]\nid = \"county\"\nname = {0}\n\n[[position]]\nid = \"zzzzzz\"\nquote = \"two new ferries\"\n\
            actor = \"guild\"\nact = \"demands\"\nissue = [{0}]\ngist = {0}\ntext = {0}\n",
            string(&text), string(&tag),
        );
        let read = Read::new(&article, READING, &notes);
        for &format in Format::ALL {
            let written = read.export(format, &Filter::default());
            match format {
                Format::Json | Format::Jsonld | Format::Hypothesis | Format::Csl => {
                    json(&written);
                }
                Format::Csv | Format::Matrix | Format::Readwise => {
                    let cells = rows(&written, b',').concat();
                    let for_spreadsheets = format != Format::Readwise;
                    let is_formula = |cell: &String| cell.len() > 1 && cell.starts_with(['=', '+', '-', '@']);
                    prop_assert!(!for_spreadsheets || !cells.iter().any(is_formula), "{written}");
                }
                Format::Dna => {
                    rows(&written, b';');
                }
                Format::Graphml => {
                    graph(&written);
                }
                Format::Text | Format::Markdown | Format::Org => {}
            }
        }
        let json = json(&read.export(Format::Hypothesis, &Filter::default()));
        let text = text.replace("\r\n", "\n");
        prop_assert_eq!(json["annotations"][0]["text"].as_str(), Some(text.trim_end()));
    }
}
