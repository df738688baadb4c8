use super::*;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::{Languages, read};
use crate::document::{Document, Format};

#[track_caller]
fn check(text: &str, expected: &str) {
    let document = Document::read("text", text.as_bytes().to_vec(), Some(Format::Markdown));
    assert_eq!(language(&document).name, expected, "{text}");
}

const ENGLISH: &str = "The ferry union said on Monday that its members would return to work if the council raised \
    their pay by four percent. Council leaders called the offer generous and asked for a week to consider it.";
const FRENCH: &str = "Le syndicat des marins a déclaré lundi que ses membres reprendraient le travail si la mairie \
    augmentait leurs salaires de quatre pour cent. La maire a jugé la demande excessive et a refusé de négocier.";
const GERMAN: &str = "Die Gewerkschaft der Fährleute erklärte am Montag, ihre Mitglieder würden die Arbeit wieder \
    aufnehmen, wenn der Stadtrat die Löhne um vier Prozent erhöhe. Der Bürgermeister lehnte die Forderung ab.";
const SPANISH: &str = "El sindicato de los barqueros dijo el lunes que sus miembros volverían al trabajo si el \
    ayuntamiento subía los salarios un cuatro por ciento. La alcaldesa rechazó la propuesta y pidió una semana.";
const RUSSIAN: &str = "Профсоюз паромщиков заявил в понедельник, что его члены вернутся на работу, если городской \
    совет повысит зарплату на четыре процента. Мэр города отверг это требование.";
const CHINESE: &str = "渡轮工会星期一表示，如果市议会把工资提高百分之四，会员就会复工。市长拒绝了这一要求，并说市政府没有这笔\
    钱。双方定于星期四再次会谈，港口的居民希望渡轮能在节日之前恢复通航，因为岛上的商店已经缺货。";

#[test]
fn prose_is_told_apart() {
    check(ENGLISH, "English");
    check(FRENCH, "French");
    check(GERMAN, "German");
    check(SPANISH, "Spanish");
    check(RUSSIAN, "Russian");
    check(CHINESE, "Mandarin");
    check(&FRENCH.to_uppercase(), "French");
}

#[test]
fn english_in_every_shape_is_english() {
    check(&ENGLISH.to_uppercase(), "English");
    check(
        "The tide came in and took the pier,\nIt took the boats, it took the light,\nAnd all we left behind us here\n\
         Went out upon the selfsame night.\n\nNo bell was rung, no prayer was said,\nNo lantern burned along the bay;\n\
         We counted up the drowned and dead,\nAnd rowed our mother's bones away.",
        "English",
    );
    check(
        "Telegram received. Ship delayed. Cargo intact. Crew healthy. Captain requests coal, water, mail.",
        "English",
    );
    check(
        "| port | boats | crew |\n| --- | --- | --- |\n| Ansa | 12 | 40 |\n| Bergen | 7 | 31 |\n| Esbjerg | 19 | 88 |",
        "English",
    );
    check("1. Harbour dues\n2. Ferry fares\n3. Pilot fees\n4. Storage\n5. Fuel tax\n6. Night work", "English");
}

#[test]
fn what_is_no_prose_is_english() {
    check("", "English");
    check("Bonjour !", "English");
    check("Ana Ruiz\nTom Berg\nIda Holm\nMara Lind\nOle Bakke\nJens Vey\nSiri Moe\nPer Dahl", "English");
    check(
        "fn main() { let mut total = 0; for line in input.lines() { total += line.len(); } println!(\"{total}\"); }",
        "English",
    );
    check(&format!("```\n{FRENCH}\n```\n"), "English");
    check("12.4 0.7 33.1 | 9,000 8,112 | 44 % 3 % | 2031-04-05 11:20:08 | 0x7f3a 0x0010", "English");
}

#[test]
fn the_larger_part_decides() {
    check(&format!("{ENGLISH}\n\n{ENGLISH}\n\n{FRENCH}"), "English");
    check(&format!("{FRENCH}\n\n{ENGLISH}\n\n{FRENCH}\n\n{FRENCH}\n\n{FRENCH}"), "French");
    check(&format!("{ENGLISH} “Nous n’avons pas reçu de réponse de la mairie”, said Anne Morel. {ENGLISH}"), "English");
}

#[test]
fn a_long_text_is_judged_by_samples_of_all_of_it() {
    let long = format!("{ENGLISH}\n\n").repeat(10) + &format!("{GERMAN}\n\n").repeat(2_000);
    check(&long, "German");
}

/// Expects nobody to take a position, however the text is read.
#[track_caller]
fn check_silent(text: &str) {
    for format in [Format::Plain, Format::Markdown] {
        let document = Document::read("text", text.as_bytes().to_vec(), Some(format));
        let analysis = read(&document, Lexicon::embedded(), Languages::English);
        assert_eq!(analysis.positions, [], "{text}");
    }
}

#[test]
fn nothing_is_found_where_nobody_speaks() {
    [FRENCH, GERMAN, SPANISH, RUSSIAN, CHINESE].into_iter().for_each(check_silent);
    check_silent("Ana Ruiz\nTom Berg\nIda Holm\nMara Lind\nOle Bakke\nJens Vey\nSiri Moe\nPer Dahl");
    check_silent("Ana Ruiz, Tom Berg, Ida Holm, Mara Lind, Ole Bakke, Jens Vey, Siri Moe and Per Dahl");
    check_silent("let refusal = council.refuse(&demand)?; if refusal.is_final() { union.strike(days); }");
    check_silent("| port | boats | crew |\n| --- | --- | --- |\n| Ansa | 12 | 40 |\n| Bergen | 7 | 31 |");
    check_silent("12.4 0.7 33.1 | 9,000 8,112 | 44 % 3 % | 2031-04-05 11:20:08 | 0x7f3a 0x0010");
}

#[test]
fn another_language_is_read_when_that_is_asked_for() {
    let document = Document::read("text", FRENCH.as_bytes().to_vec(), None);
    let languages = [Languages::English, Languages::Any];
    let [left, taken] = languages.map(|languages| read(&document, Lexicon::embedded(), languages));
    assert_eq!((left.skipped, left.language.code, left.actors.len()), (true, "fra", 0));
    assert_eq!((taken.skipped, taken.language.code), (false, "fra"));
}
