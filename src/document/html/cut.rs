//! HTML and XML cut into tags and text, by the rules of browsers as far as they matter to a reader. One pass; any text
//! has a cut.
//!
//! Of the libraries compared, html5gum does this by all of the rules, and adds 0.4 MB to the program.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::reference;

/// What a page is made of.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Open(Tag<'a>),
    /// The end of an element, by its name as written.
    Close(&'a str),
    /// Text as it is written, with its references.
    Words(&'a str),
    /// Text in which nothing is a reference.
    Raw(&'a str),
}

/// A start tag, its names as they are written.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    pub name: &'a str,
    /// At most so many as [`MOST_ATTRIBUTES`].
    attributes: Vec<(&'a str, &'a str)>,
    /// Whether it ends its element itself: `<br/>`.
    pub is_closed: bool,
}

/// No element has more; what follows them in a tag is passed over.
const MOST_ATTRIBUTES: usize = 64;
/// What is longer, such as a picture written into its own address, is cut off.
const LONGEST_VALUE: usize = 4096;

impl<'a> Tag<'a> {
    /// Returns the names and values of the attributes, references decoded.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let cut = |value: &'a str| &value[..value.floor_char_boundary(LONGEST_VALUE)];
        self.attributes.iter().map(move |(name, value)| (*name, reference::decode(cut(value), true)))
    }
}

/// Cuts a page, piece by piece.
#[derive(Debug)]
pub struct Cutter<'a> {
    rest: &'a str,
    /// Whether `<![CDATA[` holds text; in HTML it is a comment.
    is_xml: bool,
}

impl<'a> Cutter<'a> {
    pub fn new(page: &'a str, is_xml: bool) -> Cutter<'a> {
        Cutter { rest: page, is_xml }
    }

    /// Takes the inside of an element in which there are no tags, to where it ends.
    pub fn inside(&mut self, name: &str) -> &'a str {
        let bytes = self.rest.as_bytes();
        let is_end = |at: &usize| {
            let after = &bytes[at + 2..];
            let is_named = after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()));
            is_named && after.get(name.len()).is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))
        };
        let end = memmem::find_iter(bytes, b"</").find(is_end).unwrap_or(bytes.len());
        self.take(end)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Passes over all up to a mark, and the mark; over the rest if there is none.
    fn skip_past(&mut self, mark: &str) -> &'a str {
        let length = memmem::find(self.rest.as_bytes(), mark.as_bytes());
        let taken = self.take(length.unwrap_or(self.rest.len()));
        self.take(mark.len().min(self.rest.len()));
        taken
    }

    fn tag(&mut self) -> Option<Tag<'a>> {
        self.take(1);
        let name = self.take_until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        let mut tag = Tag { name, attributes: Vec::new(), is_closed: false };
        loop {
            let between = self.take_until(|byte| !byte.is_ascii_whitespace() && byte != b'/');
            match self.rest.as_bytes().first()? {
                b'>' => {
                    tag.is_closed = between.ends_with('/');
                    self.take(1);
                    return Some(tag);
                }
                _ => {
                    let attribute = self.attribute()?;
                    if tag.attributes.len() < MOST_ATTRIBUTES {
                        tag.attributes.push(attribute);
                    }
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        // A sign of equality that comes first is part of the name.
        let first = usize::from(self.rest.starts_with('='));
        let is_end = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
        let length = self.rest.as_bytes()[first..].iter().position(|&byte| is_end(byte))? + first;
        let name = self.take(length);
        self.take_until(|byte| !byte.is_ascii_whitespace());
        if !self.rest.starts_with('=') {
            return Some((name, ""));
        }
        self.take(1);
        self.take_until(|byte| !byte.is_ascii_whitespace());
        let value = match self.rest.as_bytes().first()? {
            quote @ (b'"' | b'\'') => {
                self.take(1);
                let length = memchr(*quote, self.rest.as_bytes())?;
                let value = self.take(length);
                self.take(1);
                value
            }
            _ => self.take_until(|byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        Some((name, value))
    }

    /// Takes all before the first byte that is so; such a byte is always ASCII, or follows on what is.
    fn take_until(&mut self, is_end: impl Fn(u8) -> bool) -> &'a str {
        let length = self.rest.bytes().position(is_end).unwrap_or(self.rest.len());
        self.take(length)
    }

    /// Passes over what is no text: a comment, a declaration, an instruction.
    fn skip_aside(&mut self) -> Option<Piece<'a>> {
        if self.is_xml && self.rest.starts_with("<![CDATA[") {
            self.take("<![CDATA[".len());
            return Some(Piece::Raw(self.skip_past("]]>"))).filter(|piece| *piece != Piece::Raw(""));
        }
        if self.rest.starts_with("<!--") {
            self.take("<!--".len());
            // `<!-->` and `<!--->` are whole comments.
            let is_short = self.rest.starts_with('>') || self.rest.starts_with("->");
            self.skip_past(if is_short { ">" } else { "-->" });
        } else {
            self.skip_past(">");
        }
        None
    }
}

impl<'a> Iterator for Cutter<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while !self.rest.is_empty() {
            let bytes = self.rest.as_bytes();
            match bytes {
                [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => {
                    self.take(1);
                    return self.tag().map(|tag| Piece::Close(tag.name));
                }
                [b'<', letter, ..] if letter.is_ascii_alphabetic() => return self.tag().map(Piece::Open),
                [b'<', b'/', b'>', ..] => drop(self.take(3)),
                [b'<', b'!' | b'?', ..] | [b'<', b'/', _, ..] => {
                    if let Some(piece) = self.skip_aside() {
                        return Some(piece);
                    }
                }
                _ => {
                    let is_tag =
                        |at: &usize| bytes.get(at + 1).is_some_and(|c| c.is_ascii_alphabetic() || b"!/?".contains(c));
                    let end = memchr::memchr_iter(b'<', bytes).find(|at| *at > 0 && is_tag(at)).unwrap_or(bytes.len());
                    return Some(Piece::Words(self.take(end)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Writes the pieces of a page on one line each.
    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let pieces = Cutter::new(page, true).map(|piece| match piece {
            Piece::Open(tag) => {
                let attributes = tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect::<String>();
                format!("<{}{attributes}{}>", tag.name, if tag.is_closed { "/" } else { "" })
            }
            Piece::Close(name) => format!("</{name}>"),
            Piece::Words(words) | Piece::Raw(words) => words.to_owned(),
        });
        assert_eq!(pieces.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn tags_and_text() {
        check("<p>a</p >b", &["<p>", "a", "</p>", "b"]);
        check("<A HREF='x>y' id=z checked>", &["<A HREF=x>y id=z checked=>"]);
        check("<a href = \"b&amp;c&copy=d\" / ><br/>", &["<a href=b&c&copy=d>", "<br/>"]);
        check("<a href=/b/>", &["<a href=/b/>"]);
        check("1 < 2 <3 <", &["1 < 2 <3 <"]);
        check("<p a='b", &[]);
        check("<p =a>é", &["<p =a=>", "é"]);
    }

    #[test]
    fn of_many_attributes_the_first_are_kept() {
        let attributes: String = (0..20_000).map(|number| format!(" a{number}=x")).collect();
        let page = format!("<p{attributes}>");
        let Some(Piece::Open(tag)) = Cutter::new(&page, false).next() else { panic!("no tag") };
        assert_eq!((tag.attributes().count(), tag.attributes().last()), (MOST_ATTRIBUTES, Some(("a63", "x".into()))));
    }

    #[test]
    fn what_is_no_text_is_passed_over() {
        check("a<!-- <b> -- > -->b<!DOCTYPE html>c<?xml?>d</ >e</>f", &["a", "b", "c", "d", "e", "f"]);
        check("<!-->a<!--->b<!---->c<!-- no", &["a", "b", "c"]);
        check("<![CDATA[<b>]]>", &["<b>"]);
        assert_eq!(Cutter::new("<![CDATA[<b>]]>", false).next(), Some(Piece::Words("]]>")));
    }

    #[test]
    fn the_inside_of_a_script_is_one_piece() {
        let mut cutter = Cutter::new("if (a</b/) '</scripts>'</SCRIPT >x", false);
        assert_eq!(cutter.inside("script"), "if (a</b/) '</scripts>'");
        assert_eq!(cutter.next(), Some(Piece::Close("SCRIPT")));
        assert_eq!(cutter.inside("script"), "x");
    }

    proptest! {
        #[test]
        fn any_text_is_cut(page in "([<>/!?='\" -]|[a-c]|\\PC){0,60}") {
            let length: usize = Cutter::new(&page, false).map(|piece| match piece {
                Piece::Words(words) | Piece::Raw(words) => words.len(),
                Piece::Open(tag) => tag.name.len(),
                Piece::Close(name) => name.len(),
            }).sum();
            prop_assert!(length <= page.len());
        }
    }
}
