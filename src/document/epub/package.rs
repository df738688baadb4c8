//! What a book says of itself: where its package is, its title and authors, its chapters in order and their names.
//!
//! These files are XML, of which tags, their attributes and the words between them are wanted, nothing else; they are
//! cut by what cuts pages, which no file can bring out of step. Entities of their own are not known, so none can grow.

use std::collections::{HashMap, HashSet};

use super::archive::MOST_MEMBERS;
use crate::document::html::cut::{Cutter, Piece};
use crate::document::html::reference;
use crate::document::{Metadata, date, meta};

/// The book's description of itself.
#[derive(Debug, Default)]
pub struct Package {
    pub about: Metadata,
    /// The chapters in reading order, each once: the path of each in the archive, or why there is none, and what is written
    /// for it.
    pub chapters: Vec<Result<String, (&'static str, String)>>,
    /// Where the names of the chapters stand: the table of contents of EPUB 3, and that of EPUB 2.
    pub contents: Option<String>,
    pub old_contents: Option<String>,
}

/// A tag of an XML file with the words after it.
#[derive(Debug)]
struct Tag {
    /// In lower case.
    name: String,
    attributes: Vec<(&'static str, String)>,
    words: String,
}

/// The attributes that are kept.
const ATTRIBUTES: &[&str] = &["algorithm", "full-path", "href", "id", "idref", "media-type", "properties", "src"];

fn tags(source: &str) -> Vec<Tag> {
    const MOST: usize = 500_000;
    let mut tags: Vec<Tag> = Vec::new();
    for piece in Cutter::new(source, true) {
        let words = match piece {
            Piece::Open(tag) if tags.len() < MOST => {
                let attributes = tag.attributes().filter_map(|(name, value)| {
                    let known = ATTRIBUTES.iter().find(|known| known.eq_ignore_ascii_case(name))?;
                    Some((*known, value.into_owned()))
                });
                let (name, attributes) = (tag.name.to_ascii_lowercase(), attributes.collect());
                tags.push(Tag { name, attributes, words: String::new() });
                continue;
            }
            Piece::Words(words) => reference::decode(words, false),
            Piece::Raw(words) => words.into(),
            Piece::Open(_) | Piece::Close(_) => continue,
        };
        tags.last_mut().into_iter().for_each(|tag| tag.words.push_str(&words));
    }
    tags
}

impl Tag {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    fn line(&self) -> String {
        meta::short_line(&self.words)
    }

    /// Returns the name without the prefix of its name space.
    fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }
}

/// Returns where the container says that the package is.
pub fn package_path(container: &str) -> Option<String> {
    let roots = tags(container).into_iter().filter(|tag| tag.local() == "rootfile");
    roots.map(|tag| tag.attribute("full-path").to_owned()).find(|path| !path.is_empty())
}

/// Returns how the parts of a book that cannot be read without a key are encrypted. Fonts that are only disguised do not
/// count.
pub fn encryption(source: &str) -> bool {
    const DISGUISES: &[&str] = &["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
    let tags = tags(source);
    let mut methods = tags.iter().filter(|tag| tag.local() == "encryptionmethod").map(|tag| tag.attribute("algorithm"));
    methods.any(|method| !DISGUISES.contains(&method))
}

/// Reads the package that stands at a path.
pub fn read(source: &str, path: &str) -> Package {
    let tags = tags(source);
    let mut about = Metadata::default();
    let mut authors: Vec<String> = Vec::new();
    let mut items: HashMap<&str, &Tag> = HashMap::new();
    let (mut spine, mut contents, mut old_contents) = (Vec::new(), None, None);
    for tag in &tags {
        let href = || resolve(path, tag.attribute("href"));
        match tag.local() {
            "title" if about.title.is_none() => about.title = Some(tag.line()).filter(|line| !line.is_empty()),
            "creator" if authors.len() < 20 => authors.extend(Some(tag.line()).filter(|line| !line.is_empty())),
            "date" => about.date = about.date.or_else(|| date::only_date(&tag.line())),
            "publisher" if about.source.is_none() => about.source = Some(tag.line()).filter(|line| !line.is_empty()),
            "item" => {
                items.entry(tag.attribute("id")).or_insert(tag);
                if has_word(tag.attribute("properties"), "nav") {
                    contents = href();
                }
                if tag.attribute("media-type") == "application/x-dtbncx+xml" {
                    old_contents = href();
                }
            }
            "itemref" => spine.push(tag.attribute("idref")),
            _ => {}
        }
    }
    about.byline = (!authors.is_empty()).then(|| authors.join(", "));
    let mut known = HashSet::new();
    let chapters = spine.into_iter().filter(|id| {
        // The table of contents is the list of headings; it need not be read as a chapter, too.
        known.insert(*id) && items.get(id).is_none_or(|item| !has_word(item.attribute("properties"), "nav"))
    });
    let chapters = chapters.map(|id| {
        let link = items.get(id).map(|item| item.attribute("href")).ok_or_else(|| ("missing", id.to_owned()))?;
        resolve(path, link).ok_or_else(|| ("outside of the book", link.to_owned()))
    });
    // A book that repeats a chapter, by whatever names, would be as long as it likes.
    let mut paths = HashSet::new();
    let chapters = chapters.filter(|chapter| chapter.as_ref().map_or(true, |path| paths.insert(path.clone())));
    let chapters = chapters.take(MOST_MEMBERS).collect();
    Package { about, chapters, contents, old_contents }
}

fn has_word(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

/// Returns the names of chapters by their paths, as the table of contents has them that stands at a path: EPUB 3 links
/// to them, EPUB 2 names them before it says where they are. Of several names for one chapter the first counts.
pub fn names(source: &str, path: &str) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut label = String::new();
    for tag in tags(source) {
        let (target, name) = match tag.local() {
            "a" => (tag.attribute("href"), tag.line()),
            "text" => {
                label = tag.line();
                continue;
            }
            "content" => (tag.attribute("src"), std::mem::take(&mut label)),
            _ => continue,
        };
        if let Some(target) = resolve(path, target).filter(|_| !name.is_empty()) {
            names.entry(target).or_insert(name);
        }
        if names.len() == MOST_MEMBERS {
            break;
        }
    }
    names
}

/// Returns the path in the archive that a link in one of its files leads to; nothing leads out of the archive.
pub fn resolve(from: &str, link: &str) -> Option<String> {
    let link = decode_link(link.split(['#', '?']).next().unwrap_or_default());
    if link.is_empty() || link.contains(':') || link.contains('\\') || link.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns a link with what it writes in percents as it is.
pub fn decode_link(link: &str) -> String {
    let mut bytes = Vec::with_capacity(link.len());
    let mut rest = link.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = &after[if byte.is_some() { 2 } else { 0 }..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_within_the_archive() {
        let check = |link: &str, expected: Option<&str>| {
            assert_eq!(resolve("OEBPS/text/a.opf", link).as_deref(), expected, "{link}");
        };
        check("b%20c.xhtml#x", Some("OEBPS/text/b c.xhtml"));
        check("../d.xhtml", Some("OEBPS/d.xhtml"));
        check("../../../../etc/passwd", None);
        check("%2e%2e/%2e%2e/%2e%2e/%2e%2e/x", None);
        check("/etc/passwd", None);
        check("file:///etc/passwd", None);
        check("..\\x", None);
        check("#here", None);
    }

    #[test]
    fn fonts_may_be_disguised() {
        let method =
            |algorithm: &str| format!("<encryption><enc:EncryptionMethod Algorithm='{algorithm}'/></encryption>");
        assert!(!encryption(&method("http://www.idpf.org/2008/embedding")));
        assert!(encryption(&method("http://www.w3.org/2001/04/xmlenc#aes128-cbc")));
    }
}
