//! Documents for tests.

use crate::document::Document;

pub fn document(text: &str) -> Document {
    Document::read("article.txt", text.to_owned(), None)
}
