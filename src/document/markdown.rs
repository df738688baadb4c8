//! Markdown to a document: the text as a reader sees it, unwrapped, with its mark-up as spans; see [`super::page`]. Of
//! HTML within a paragraph only the words stay; HTML between paragraphs is read as a page is.

use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag};

use super::Document;
use super::page::Writer;

/// Reads Markdown as a document.
pub fn read(source: &str) -> Document {
    let (front_matter, words) = source.split_at(end_of_front_matter(source));
    let mut writer = Writer::default();
    Parser::new_ext(front_matter, FRONT_MATTER).for_each(|event| writer.event(event));
    Parser::new_ext(words, OPTIONS).for_each(|event| writer.event(event));
    writer.finish()
}

/// Returns where the front matter ends that a text begins with. The parser finds such blocks anywhere, so that the words
/// between two rules would be missing.
fn end_of_front_matter(source: &str) -> usize {
    if !may_begin_with_front_matter(source) {
        return 0;
    }
    match Parser::new_ext(source, FRONT_MATTER).into_offset_iter().next() {
        // A line between two rules, which says nothing of the article, is a line of it.
        Some((Event::Start(Tag::MetadataBlock(_)), block)) if source[block.clone()].contains([':', '=']) => block.end,
        _ => 0,
    }
}

fn may_begin_with_front_matter(source: &str) -> bool {
    ["---", "+++"].iter().any(|fence| source.starts_with(fence))
}

/// Returns whether the beginning of a text reads the same whatever follows: it ends with a paragraph, there are no
/// footnotes in it, which stand at the end of the whole, no link that may say further on where it leads, and no front
/// matter that may end further on.
pub fn stands_alone(source: &str) -> bool {
    let mut is_open = may_begin_with_front_matter(source) && end_of_front_matter(source) == 0;
    let mut note = |_: BrokenLink| {
        is_open = true;
        None
    };
    Parser::new_with_broken_link_callback(source, OPTIONS, Some(&mut note)).for_each(drop);
    !is_open && source.ends_with("\n\n") && !source.contains("[^")
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_TASKLISTS);

const FRONT_MATTER: Options =
    Options::ENABLE_YAML_STYLE_METADATA_BLOCKS.union(Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);

/// Returns whether a text without a name is clearly Markdown: it starts with a heading or front matter, or links.
pub fn is_obvious(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(16 * 1024)];
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    };
    let starts = head.lines().find(|line| !line.trim().is_empty()).is_some_and(is_heading);
    let has_front_matter = head.starts_with("---\n") && head.contains("\n---\n") && head.contains("title:");
    let marks = head.matches("](http").count() + head.lines().filter(|line| is_heading(line)).count();
    starts || has_front_matter || marks >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Compares the text, with the kind of each block before it and its mark-up in braces after it.
    #[track_caller]
    fn check(source: &str, expected: &str) {
        let document = read(source);
        let mut found = String::new();
        for block in &document.blocks {
            found.push_str(&format!("{:?}: {}\n", block.kind, block.span.of(&document.text)));
        }
        for (span, inline) in &document.styles {
            found.push_str(&format!("{{{inline:?}: {}}}\n", span.of(&document.text)));
        }
        assert_eq!(found.trim_end(), expected.trim_end(), "{:?}", document.text);
    }

    #[test]
    fn paragraphs_are_unwrapped() {
        check(
            "# A *title*\n\nOne line\nand another.  \nThird &amp; `last`.\n",
            "Heading(1): A title\nParagraph: One line and another.\nThird & last.\n{Emphasis: title}\n{Code: last}",
        );
        assert_eq!(read("# Title\n\nText.").text, "Title\n\nText.");
    }

    #[test]
    fn lists_have_their_markers() {
        check(
            "- one\n- two\n  1. deep\n  2. deeper\n\n     more\n- [x] done\n\n> said\n",
            "ListItem { depth: 0, number: None }: • one\nListItem { depth: 0, number: None }: • two\n\
             ListItem { depth: 1, number: Some(1) }: 1. deep\nListItem { depth: 1, number: Some(2) }: 2. deeper\n\
             Paragraph: more\nListItem { depth: 0, number: None }: • ☑ done\nQuotation: said",
        );
        assert_eq!(read("- one\n- two\n\nEnd.").text, "• one\n• two\n\nEnd.");
    }

    #[test]
    fn links_keep_their_targets() {
        check(
            "See [the **note**](https://example.org/a) ~~now~~.",
            "Paragraph: See the note now.\n{Link(\"https://example.org/a\"): the note}\n{Strong: note}\n{Strikethrough: now}",
        );
    }

    #[test]
    fn tables_are_padded() {
        check(
            "| State | Votes |\n|---|---|\n| Peru | 7 |\n| 日本 | 12 |\n",
            "Preformatted: State  Votes\n─────  ─────\nPeru   7\n日本   12",
        );
    }

    #[test]
    fn code_footnotes_rules_and_captions() {
        check(
            "A[^n].\n\n[^n]: The *note*.\n\n```\n  code\n\n  more\n```\n\n---\n\n![A harbour](a.png)\n",
            "Paragraph: A[n].\nPreformatted:   code\n\n  more\nRule: * * *\nCredit: A harbour\n\
             Paragraph: [n] The note.\n{Note(45): [n]}\n{Emphasis: note}",
        );
    }

    #[test]
    fn html_is_read_as_a_page_is() {
        check(
            "<div class=x>\n<!-- no --><b>Yes</b> &amp; 1 < 2<script>no()</script></div>\n",
            "Paragraph: Yes & 1 < 2\n{Strong: Yes}",
        );
        check(
            "- a\n\n<ul><li>b</ul>\n\nc",
            "ListItem { depth: 0, number: None }: • a\nListItem { depth: 0, number: None }: • b\nParagraph: c",
        );
        check("a<br>b <i>c</i>", "Paragraph: a\nb c");
        check("<div", "");
    }

    #[test]
    fn words_between_rules_are_no_front_matter() {
        check(
            "One two.\n\n---\nThree four.\n\n---\n\nFive.",
            "Paragraph: One two.\nRule: * * *\nParagraph: Three four.\nRule: * * *\nParagraph: Five.\n",
        );
        check("+++\nOne\n+++\n\nTwo.", "Paragraph: +++ One +++\nParagraph: Two.\n");
    }

    #[test]
    fn front_matter_is_metadata() {
        let document = read("---\ntitle: Talks\nauthor: Ana Silva\n---\n\nLIMA (AP) — The talks ended.\n");
        assert_eq!(document.text, "LIMA (AP) — The talks ended.");
        assert_eq!(document.metadata.title.as_deref(), Some("Talks"));
        assert_eq!(document.metadata.dateline.map(|(place, _)| place).as_deref(), Some("LIMA"));
    }

    #[test]
    fn what_is_clearly_markdown() {
        assert!(is_obvious("# Title\n\nText"));
        assert!(!is_obvious("#1 in the polls\n"));
        assert!(!is_obvious("A plain text."));
    }

    proptest! {
        #[test]
        fn any_text_is_read(source in "([-*>#`\\[\\]()<|~_!0-9.: \\n]|[a-c]|\\PC){0,80}") {
            let document = read(&source);
            crate::document::check_blocks(&document);
        }
    }
}
