//! Prints the extraction record of each file, one JSON object a line: `cargo run --example record -- article.txt …`

use demarche::analysis::lexicon::Lexicon;
use demarche::analysis::{analyze, record::record};
use demarche::document::Document;

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let document = Document::read(name, std::fs::read(&path)?, None);
        println!("{}", record(&document, &analyze(&document, Lexicon::embedded())));
    }
    Ok(())
}
