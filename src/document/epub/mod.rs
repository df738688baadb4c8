//! EPUB to a document: one text over all chapters, so that search and notes go across. Nothing is written anywhere.

mod archive;

mod package;

use std::collections::HashMap;

use pulldown_cmark::{HeadingLevel, Tag};

use super::page::Writer;
use super::{Document, Unreadable, decode, html};
use archive::{Archive, Content};
use package::Package;

/// Reads a book, 2 or 3, as a document. What is missing in it, or damaged, is left out with a warning.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    let archive = Archive::open(bytes)?;
    refuse_encrypted(&archive)?;
    let Package { about, chapters, contents, old_contents } = package(&archive)?;
    let mut problems = Problems::default();
    let mut names = HashMap::new();
    for path in [contents, old_contents].into_iter().flatten() {
        if let Ok(content) = archive.read(&path) {
            names = package::names(&text(content), &path);
            break;
        }
    }
    let mut writer = Writer::default();
    html::write_head(&about, &mut writer);
    for path in chapters {
        let content = path.as_deref().ok_or("outside of the book").and_then(|path| archive.read(path));
        let shown = path.as_deref().unwrap_or_default();
        match content {
            Ok(content) => {
                problems.note(content.is_damaged.then_some("damaged"), shown);
                let name = names.get(shown).map(String::as_str);
                write_chapter(&text(content), name, &mut writer);
            }
            Err(reason) => problems.note(Some(reason), shown),
        }
    }
    writer.metadata = about;
    let mut document = writer.finish();
    document.warnings.extend(problems.warning());
    if document.text.is_empty() {
        let reason = document.warnings.pop().unwrap_or_else(|| "the book holds no text".to_owned());
        return Err(Unreadable {
            reason: format!("no text in the book: {reason}"),
            hint: "a book of pictures cannot be read here",
        });
    }
    Ok(document)
}

fn write_chapter(source: &str, name: Option<&str>, writer: &mut Writer) {
    let chapter = html::Page::read(source, true);
    let name = name.filter(|_| !chapter.has_heading());
    if let Some(name) = name {
        let level = HeadingLevel::H2;
        html::write_block(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }, name, writer);
    }
    chapter.write_below(name, writer);
}

/// What was wrong with the chapters: how many, and the first of them.
#[derive(Debug, Default)]
struct Problems {
    count: usize,
    first: Option<(&'static str, String)>,
}

impl Problems {
    fn note(&mut self, reason: Option<&'static str>, path: &str) {
        let Some(reason) = reason else { return };
        self.count += 1;
        self.first.get_or_insert_with(|| (reason, path.to_owned()));
    }

    fn warning(self) -> Option<String> {
        let (reason, path) = self.first?;
        let path = if path.is_empty() { path } else { format!(": {path}") };
        Some(match self.count {
            1 => format!("1 chapter is {reason}{path}"),
            count => format!("{count} chapters cannot be read as they are; the first is {reason}{path}"),
        })
    }
}

fn text(content: Content) -> String {
    decode::decode(content.bytes).text
}

fn package(archive: &Archive) -> Result<Package, Unreadable> {
    let missing = |reason: String| Unreadable { reason, hint: "`unzip -l` lists what is in it" };
    let said = archive.read("META-INF/container.xml").ok().and_then(|content| package::package_path(&text(content)));
    let path = said.filter(|path| archive.has(path)).or_else(|| archive.path_ending(".opf").map(str::to_owned));
    let path = path.ok_or_else(|| missing("no EPUB book: it has no package (.opf)".to_owned()))?;
    let content = archive.read(&path).map_err(|reason| missing(format!("no EPUB book: {path} is {reason}")))?;
    Ok(package::read(&text(content), &path))
}

/// Refuses a book that only its seller's program can open.
fn refuse_encrypted(archive: &Archive) -> Result<(), Unreadable> {
    let listed = archive.read("META-INF/encryption.xml").ok().map(text);
    if !listed.is_some_and(|source| package::encryption(&source)) {
        return Ok(());
    }
    let kinds =
        [("META-INF/license.lcpl", "Readium LCP"), ("META-INF/sinf.xml", "Apple"), ("META-INF/rights.xml", "Adobe")];
    let kind = kinds.iter().find(|(path, _)| archive.has(path)).map_or("unknown DRM", |(_, kind)| kind);
    Err(Unreadable {
        reason: format!("encrypted ({kind})"),
        hint: "only the program it was bought for opens it; demarche reads books without copy protection",
    })
}

#[cfg(test)]
mod tests;
