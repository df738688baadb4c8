//! EPUB to a document: one text over all chapters, so that search and notes go across. Nothing is written anywhere.

mod archive;

mod package;

use bytestring::ByteString;

use super::page::Writer;
use super::{BlockKind, Document, Unreadable, decode, html, warnings_of_encoding};
use archive::{Archive, Content};
use package::Package;
pub(super) use package::{decode_link, resolve};

/// Reads a book, 2 or 3, as a document. What is missing in it, or damaged, is left out with a warning.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    let archive = Archive::open(bytes)?;
    refuse_encrypted(&archive)?;
    let (path, is_said) = package_path(&archive)?;
    let Package { about, chapters, contents, old_contents } = package(&archive, &path)?;
    let names = [contents, old_contents].into_iter().flatten().find_map(|path| {
        let content = archive.read(&path).ok()?;
        Some(package::names(&text(content), &path))
    });
    let names = names.unwrap_or_default();
    let mut problems = Problems::default();
    let mut writer = Writer::default();
    html::write_head(&about, &mut writer);
    writer.places.number_parts(chapters.iter().flatten().cloned());
    let head = writer.length();
    for chapter in chapters {
        let content = chapter.and_then(|path| match archive.read(&path) {
            Ok(content) => Ok((path, content)),
            Err(reason) => Err((reason, path)),
        });
        match content {
            Ok((path, Content { bytes, is_damaged })) => {
                let decoded = decode::decode(bytes);
                writer.places.begin_part(&path);
                write_chapter(&decoded.text, names.get(&path).map(String::as_str), &mut writer);
                let doubt = warnings_of_encoding(&decoded).into_iter().next();
                let reason = is_damaged.then(|| "damaged".to_owned()).or(doubt);
                problems.note(reason.map(|reason| (reason, path)));
            }
            Err((reason, path)) => problems.note(Some((reason.to_owned(), path))),
        }
    }
    if writer.length() == head {
        let reason = problems.warning().map_or_else(String::new, |warning| format!(": {warning}"));
        let hint = "`unzip -l` lists what is in it; a book of pictures cannot be read here";
        return Err(Unreadable { reason: format!("no text in the book{reason}"), hint });
    }
    writer.metadata = about;
    let mut document = writer.finish();
    let unmarked = unmarked(&archive).map(|how| format!("the book is not marked as one: its mimetype is {how}"));
    let unsaid = (!is_said).then(|| format!("where the book's package is, is missing: {path} is taken"));
    document.warnings.extend(unmarked.into_iter().chain(unsaid));
    document.warnings.extend(problems.warning());
    Ok(document)
}

fn write_chapter(source: &str, name: Option<&str>, writer: &mut Writer) {
    let chapter = html::Page::read(source, true);
    let name = name.filter(|_| !chapter.has_heading());
    if let Some(name) = name {
        writer.whole(BlockKind::Heading(2), name);
    }
    chapter.write_below(name, writer);
}

/// What was wrong with the chapters: how many, and the first of them.
#[derive(Debug, Default)]
struct Problems {
    count: usize,
    first: Option<(String, String)>,
}

impl Problems {
    fn note(&mut self, problem: Option<(String, String)>) {
        self.count += usize::from(problem.is_some());
        self.first = self.first.take().or(problem);
    }

    fn warning(self) -> Option<String> {
        let (reason, path) = self.first?;
        Some(match self.count {
            1 => format!("1 chapter cannot be read as it is: {reason}: {path}"),
            count => format!("{count} chapters cannot be read as they are; the first: {reason}: {path}"),
        })
    }
}

fn text(content: Content) -> ByteString {
    decode::decode(content.bytes).text
}

/// Returns where the book's package is, and whether the book itself says so.
fn package_path(archive: &Archive) -> Result<(String, bool), Unreadable> {
    let said = archive.read("META-INF/container.xml").ok().and_then(|content| package::package_path(&text(content)));
    if let Some(path) = said.filter(|path| archive.has(path)) {
        return Ok((path, true));
    }
    let found = archive.path_ending(".opf").map(|path| (path.to_owned(), false));
    found.ok_or_else(|| no_package("it has no package (.opf)"))
}

fn package(archive: &Archive, path: &str) -> Result<Package, Unreadable> {
    let content = archive.read(path).map_err(|reason| no_package(&format!("{path} is {reason}")))?;
    Ok(package::read(&text(content), path))
}

fn no_package(reason: &str) -> Unreadable {
    Unreadable { reason: format!("no EPUB book: {reason}"), hint: "`unzip -l` lists what is in it" }
}

/// Returns what the first member of the archive is instead of the mark of a book, if it is none.
fn unmarked(archive: &Archive) -> Option<&'static str> {
    match archive.read("mimetype") {
        // Some tools end it with a line end, which no reader minds.
        Ok(content) if content.bytes.trim_ascii() == b"application/epub+zip" => None,
        Ok(_) => Some("invalid"),
        Err(reason) => Some(reason),
    }
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
