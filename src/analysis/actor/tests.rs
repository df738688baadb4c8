//! Who is meant by which words, article by article.

use super::super::{Form, parse, tokens};
use super::*;
use crate::analysis::mention::find_mentions;
use crate::document::Document;
use crate::text::Span;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_run_of_words_is_survived(
        words in prop::collection::vec("Anna|Blom|Mr\\.|J\\.|U\\.S\\.|the|The|of|for|and|’s|'|-|,|\\.|“|”|Norwegian|Oslo|Sea|ministry|Ministry|spokesman|Secretary|state|officials|his|it|who|letter|said|to|van|&|\\(|é|\n", 0..40),
        glue in "[ ]?",
    ) {
        let (text, cast) = read(&words.join(&glue), Some("Anna"));
        for actor in &cast.actors {
            prop_assert!(!actor.id.is_empty() && !actor.name.is_empty());
            prop_assert!(actor.mentions.windows(2).all(|two| two[0].span.start <= two[1].span.start));
            prop_assert!(actor.mentions.iter().all(|mention| text.get(mention.span.start..mention.span.end).is_some()));
            prop_assert!(actor.acts_for.is_none_or(|party| party.0 < cast.actors.len()));
        }
        prop_assert!(!cast.settle(&mut []).iter().any(|actor| actor.mentions.is_empty()));
    }
}

/// The direct speech of a text: every quotation belongs to the given source.
fn read(text: &str, speaker: Option<&str>) -> (String, Cast) {
    let document = Document::read("-", text.as_bytes().to_vec(), None);
    let sentences: Vec<Span> = (0..document.blocks.len()).flat_map(|block| document.sentences_in(block)).collect();
    let text = document.text.to_string();
    let tokens = tokens(&text, &sentences);
    let parse = parse(&text, &tokens);
    let lexicon = Lexicon::embedded();
    let mut cast = find_actors(&text, lexicon, &find_mentions(&document, &tokens, &parse, lexicon));
    let span = |from: usize, to: usize| Span::new(from, to);
    let source = speaker.and_then(|name| text.find(name).map(|at| span(at, at + name.len())));
    let quotes = text.match_indices('“').zip(text.match_indices('”')).filter(|((from, _), (to, _))| from < to);
    let speeches: Vec<Speech> =
        quotes.filter_map(|((from, _), (to, _))| Some(Speech { source: source?, content: span(from, to) })).collect();
    cast.resolve_pronouns(&text, &tokens, &parse, &speeches);
    (text, cast)
}

/// Checks that each `«words|id»` is a mention of that actor, and `«words|-»` of none.
#[track_caller]
fn check(marked: &str) {
    check_speech(marked, None);
}

#[track_caller]
fn check_speech(marked: &str, speaker: Option<&str>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    for piece in marked.split('«') {
        let Some((mark, rest)) = piece.split_once('»') else {
            text.push_str(piece);
            continue;
        };
        let (words, id) = mark.split_once('|').expect("«words|id»");
        marks.push((Span::new(text.len(), text.len() + words.len()), id));
        text.push_str(words);
        text.push_str(rest);
    }
    let (read, cast) = read(&text, speaker);
    assert_eq!(read, text, "the text is read as it is");
    for (span, id) in marks {
        let at = |mention: &crate::analysis::Mention| match id {
            "-" => mention.span.overlaps(span),
            _ => mention.span == span,
        };
        let found: Vec<&str> =
            cast.actors.iter().filter(|actor| actor.mentions.iter().any(at)).map(|actor| actor.id.as_str()).collect();
        let expected: Vec<&str> = if id == "-" { Vec::new() } else { vec![id] };
        assert_eq!(found, expected, "'{}' in {:#?}", span.of(&text), show(&cast, &text));
    }
}

fn show(cast: &Cast, text: &str) -> Vec<String> {
    let words = |actor: &crate::analysis::Actor| {
        actor.mentions.iter().map(|mention| mention.span.of(text).to_owned()).collect::<Vec<_>>()
    };
    cast.actors.iter().map(|actor| format!("{} {:?}", actor.id, words(actor))).collect()
}

/// Checks kind, role and party of an actor: `person, mayor, for norway`.
#[track_caller]
fn check_actor(text: &str, id: &str, expected: &str) {
    let (text, cast) = read(text, None);
    let actors = cast.settle(&mut []);
    let Some(actor) = actors.iter().find(|actor| actor.id == id) else {
        panic!("no actor {id} in {:?}", actors.iter().map(|actor| &actor.id).collect::<Vec<_>>())
    };
    let mut found = actor.kind.word().to_owned();
    if let Some(role) = &actor.role {
        found += &format!(", {role}");
    }
    if let Some(party) = actor.acts_for {
        found += &format!(", for {}", actors[party.0].id);
    }
    assert_eq!(found, expected, "in {text}");
}

#[track_caller]
fn check_no_actor(text: &str, id: &str) {
    let (_, cast) = read(text, None);
    let actors = cast.settle(&mut []);
    assert!(actors.iter().all(|actor| actor.id != id), "{id} is an actor");
}

/// Checks that nothing in a text is taken for a name.
#[track_caller]
fn check_not_named(text: &str, id: &str) {
    let (_, cast) = read(text, None);
    assert!(cast.actors.iter().all(|actor| actor.id != id), "{id} is named");
}

#[test]
fn saints_and_numbers_belong_to_a_name() {
    let id = "st-brannocs-hospital";
    check_actor("St. Brannoc’s Hospital said that it was full. Nobody came.", id, "organisation");
    check("Staff met in the town. «St. Brannoc’s Hospital|st-brannocs-hospital» closed.");
    check_actor("On Monday St. Paul Mayor Anna Blom left.", "anna-blom", "person, St. Paul Mayor");
    check_actor("Kanal 6 said that it was true. Nobody else did.", "kanal-6", "organisation");
    check_actor("On Monday St Paul Mayor Anna Blom left.", "anna-blom", "person, St Paul Mayor");
    check_not_named("In Brannoc 6 people said that it was true.", "brannoc-6");
}

#[test]
fn a_seldom_name_is_one_where_nothing_else_has_a_capital() {
    check_actor("The chairman, Per Holm, left.", "per-holm", "person, chairman");
    check_not_named("Per Holm, a fee is due.", "per-holm");
}

#[test]
fn whoever_speaks_for_nobody_speaks_for_the_body_named_before() {
    let text = "Norvik Shipping denied it. A spokesman, Ole Dahl, said that it would appeal.";
    check_actor(text, "ole-dahl", "person, spokesman, for norvik-shipping");
    let text = "Norvik Shipping denied it. It rained. The sun came out. A fog fell. A spokesman, Ole Dahl, said no.";
    check_actor(text, "ole-dahl", "person, spokesman");
    let text = "Kanal Nord accused the hospital. Its chairman, Karl Holm, left.";
    check_actor(text, "karl-holm", "person, chairman, for kanal-nord");
    check_actor("Karl Lie accused the hospital. Its chairman left.", "karl-lie", "person");
}

#[test]
fn whoever_says_something_about_a_name_has_another_one() {
    check("«Anna Blom|anna-blom» left. «Eva Lund|eva-lund» was a good mayor, «she|anna-blom» said.");
    check("«Eva Lund|eva-lund» waited. «Anna Blom|anna-blom» was late; «she|anna-blom» had missed a train.");
    check("«Anna Blom|anna-blom» left. Her party was old, «she|anna-blom» said.");
}

#[test]
fn letters_in_brackets_are_those_of_the_body_before_them() {
    let text = "The National Bank of Carvenia (NBC) left the rate. A spokesman for the NBC, Ole Dahl, said so.";
    check_actor(text, "ole-dahl", "person, spokesman for the NBC, for national-bank-of-carvenia");
    check_actor("A spokesman for NBC, Ole Dahl, said so.", "ole-dahl", "person, spokesman for NBC, for nbc");
    check("«The Harbour Council|harbour-council» (US) said so. «The US|united-states» agreed.");
    check("The Nordic Transport Authority, «NATO|nato») said so. «NATO|nato» agreed.");
}

#[test]
fn an_adjective_of_a_named_land_is_not_short_for_a_body() {
    let chamber = "The Carvenian Chamber of Industry left.";
    let text = format!("{chamber} Her Carvenian counterpart, Ole Dahl, said no. The envoy of Carvenia agreed.");
    check_actor(&text, "ole-dahl", "person, Carvenian counterpart, for carvenia");
    check("«Marian|marian» said no, and «Maria|maria» said yes.");
    check("«Luis Mora|luis-mora» said no. «Ana Moran|ana-moran» said yes. «Mora|luis-mora» left.");
}

#[test]
fn states_are_named_in_many_ways() {
    check(
        "«Norway|norway» closed «its|norway» ports. «Norwegian|norway» boats stayed out, and «the Norwegians|norway» cheered.",
    );
    check(
        "Talks with «Britain|united-kingdom» failed after «Downing Street|united-kingdom» refused «the U.K.|united-kingdom» text.",
    );
}

#[test]
fn a_capital_is_the_state_only_where_a_party_can_stand() {
    check("«Oslo|norway» rejected the plan, and nobody heeded «Oslo|norway»’s appeal.");
    check("The ministers met at a hotel in «Oslo|-» on Friday.");
    check("«The Danish ambassador to Oslo|holger-friis», «Holger Friis|holger-friis», pressed «Oslo|norway».");
}

#[test]
fn last_names_find_their_people() {
    check(
        "«Anna Blom|anna-blom» spoke first. «Nils Blom|nils-blom» spoke later. «Ms. Blom|anna-blom» left, and «Mr. Blom|nils-blom» stayed.",
    );
    check(
        "«Prime Minister Ragnhild Stensland|ragnhild-stensland» agreed. «Ms. Stenslnd|ragnhild-stensland» did not say why.",
    );
    check("«Blom|anna-blom» had warned of it. “No,” «Anna Blom|anna-blom» said.");
    check("«Lars Wong-Hansen|lars-wong-hansen» and «Kim Dae-ho|kim-dae-ho» met; «Kim|kim-dae-ho» paid.");
}

#[test]
fn titles_and_appositions_name_the_role_and_the_party() {
    check_actor("Prime Minister Anna Blom of Norway resigned.", "anna-blom", "person, Prime Minister, for norway");
    check_actor(
        "Jens Holm, the NATO secretary general, said no.",
        "jens-holm",
        "person, NATO secretary general, for nato",
    );
    check_actor(
        "He met his Danish counterpart, Holger Friis.",
        "holger-friis",
        "person, Danish counterpart, for denmark",
    );
    check_actor(
        "Sweden objected. The deputy foreign minister, A. B. Celik, told the Turkish ambassador to Stockholm, Ali Demir.",
        "ali-demir",
        "person, Turkish ambassador to Stockholm, for turkey",
    );
    check_actor(
        "Ole Dahl, a spokesman for the Finnish army, said so.",
        "ole-dahl",
        "person, spokesman for the Finnish army, for finnish-army",
    );
    check_actor(
        "Anna Blom, mayor and treasurer of Bergen Shipping Group, said so.",
        "anna-blom",
        "person, treasurer of Bergen Shipping Group, for bergen-shipping-group",
    );
}

#[test]
fn a_private_person_speaks_for_nobody() {
    check_actor("The Norwegian farmer Ole Dahl complained to Norway.", "ole-dahl", "person, Norwegian farmer");
    check_actor("Anna Blom was there. Her sister, Kari Lie, said no.", "kari-lie", "person, sister");
}

#[test]
fn a_ministry_goes_by_several_names() {
    check(
        "«The Finnish foreign ministry|finnish-foreign-ministry» replied. «Finland’s foreign ministry|finnish-foreign-ministry» was calm, «the ministry|finnish-foreign-ministry» said in a short «ministry|finnish-foreign-ministry» statement.",
    );
    check_actor(
        "The Finnish foreign ministry replied to Finland.",
        "finnish-foreign-ministry",
        "organisation, for finland",
    );
}

#[test]
fn organisations_go_on_by_noun_and_acronym() {
    check(
        "«The Harbour Workers’ Union|harbour-workers-union» struck. «The union|harbour-workers-union» wants more. «HWU|harbour-workers-union» members cheered.",
    );
    check("«NATO|nato» answered, and «the alliance|nato» sent «its|nato» reply; «alliance|nato» members agreed.");
    check(
        "«The Museum of Flight and Sea|museum-of-flight-and-sea» opened. «The museum|museum-of-flight-and-sea» is new.",
    );
}

#[test]
fn common_nouns_point_back_to_the_body_of_their_kind() {
    check(
        "«Norvik Airways|norvik-airways» grounded its jets. «The pilots|pilots» sued «the airline|norvik-airways», and «the company|norvik-airways» paid.",
    );
    check("«The Harbour Guild|harbour-guild» struck, and «the union|harbour-guild» wants more.");
    check(
        "«Lund Rovers|lund-rovers» won. Later «Rovers|lund-rovers» sold him, and «the club|lund-rovers» was glad of it.",
    );
    check(
        "«Keldorf|keldorf», which plays in blue, met «Lund Rovers|lund-rovers». «The German club|keldorf» lost, as «Keldorf|keldorf» feared.",
    );
    // Two banks fit equally well.
    check("«Norvik Bank|norvik-bank» and «Lund Bank|lund-bank» merged. «The company|-» paid.");
    check("«Lund Rovers|lund-rovers» beat Sweden. «The national team|national-team» paid.");
    check(
        "«Ole Dahl|ole-dahl», «Lund Rovers|lund-rovers»’ coach, paid. «Norvik Rovers|norvik-rovers» won. «His club|lund-rovers» lost.",
    );
}

#[test]
fn a_noun_set_off_beside_a_name_is_one_for_it() {
    check(
        "«The Dockers’ Alliance|dockers-alliance», «the union|dockers-alliance» that runs the harbour, paid. «The union|dockers-alliance» left.",
    );
    check("«The Danish group|lund-oil-ag» «Lund Oil AG|lund-oil-ag» paid, and «the group|lund-oil-ag» paid.");
    check("«Abyss Metals|abyss-metals», «a Danish company|abyss-metals», paid.");
    check("After talks with «Abyss Metals|abyss-metals», «the council|council» paid.");
}

#[test]
fn what_a_name_owns_tells_what_it_is() {
    check_actor("Lund Adler closed. The Lund Adler workers paid Lund Adler.", "lund-adler", "organisation");
    check_actor("Lund Adler, which makes boats, closed. Lund Adler paid.", "lund-adler", "organisation");
    check_actor("Ole Dahl closed its door. The Ole Dahl workers paid. Ole Dahl left.", "ole-dahl", "person");
}

#[test]
fn two_of_a_kind_are_named_together() {
    #[track_caller]
    fn check(text: &str, pair: &str, expected: &[&str]) {
        let (text, cast) = read(text, None);
        let at = text.find(pair).unwrap();
        let ids = cast.actors_of(Span::new(at, at + pair.len()));
        let mut ids: Vec<&str> = ids.iter().map(|id| cast.actors[id.0].id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids, expected);
    }
    let clubs = "Lund Rovers met Norvik Rovers.";
    check(&format!("{clubs} Both clubs paid."), "Both clubs", &["lund-rovers", "norvik-rovers"]);
    check(&format!("{clubs} Bergen Rovers won. The two clubs paid."), "two clubs", &[]);
    let strike = "The Harbour Guild struck. Norvik Shipping paid. Mayor Anna Blom left.";
    check(&format!("{strike} Both sides paid."), "sides", &["harbour-guild", "norvik-shipping"]);
    let men = "Anna Blom met Nils Lie and Ole Dahl.";
    check(&format!("{men} The two men paid."), "The two men", &["nils-lie", "ole-dahl"]);
    let two = "Anna Blom met Nils Lie. Ole Dahl left.";
    check(&format!("{two} The two leaders agreed."), "two leaders", &["anna-blom", "nils-lie"]);
    check("Both sides paid.", "sides", &[]);
}

#[test]
fn a_body_goes_by_what_its_name_says_it_is() {
    check("«Lund Medical Center|lund-medical-center» closed. «The hospital|lund-medical-center» paid.");
    check("«Lund Brewery|lund-brewery» closed. «The brewer|lund-brewery» paid.");
    check("«The Teamsters|teamsters» left, and «the union|teamsters» paid.");
    check(
        "Norway sold «the Danish|denmark» carmaker «Hansen|hansen». «The company|hansen» agreed, and «Hansen|hansen» left.",
    );
    check("«Lund Rovers|lund-rovers» won. «Rival club|-» Norvik Valley lost.");
}

#[test]
fn whose_office_it_is() {
    check("«Gov. Anna Blom|anna-blom» left. «Her office|bloms-office» agreed.");
    check_actor("Gov. Anna Blom left. Her office agreed.", "bloms-office", "organisation, for anna-blom");
    check_actor("The miners left. Their leader, Ole Dahl, agreed.", "ole-dahl", "person, leader, for miners");
    let text = "The miners left. Ole Dahl, a lawyer for the miners, agreed.";
    check_actor(text, "ole-dahl", "person, lawyer for the miners, for miners");
    check("«The city attorney|ole-dahl» agreed. «The city attorney|ole-dahl», «Ole Dahl|ole-dahl», left.");
    check("«Faisal al-Harbi|faisal-al-harbi» left. «Mr. al-Harbi|faisal-al-harbi» agreed.");
    check("«Arjun Blom|arjun-blom» said «he|arjun-blom» saw «Ingrid Lie|ingrid-lie». «She|ingrid-lie» agreed.");
}

#[test]
fn age_and_country_tell_who_is_meant() {
    check("«Ole Dahl|ole-dahl», 54, met Nils Lie. «The 54-year-old|ole-dahl» said no.");
    check(
        "«Ole Dahl|ole-dahl» ran to Nils Lie. «The 24-year-old Swede|ole-dahl» won. «Nils Lie|nils-lie» saw «the Swede|ole-dahl».",
    );
    check("«Ole Dahl|ole-dahl» ran, and «Nils Lie|nils-lie» ran. «The 24-year-old|24-year-old» said no.");
    check("«A 54-year-old miner|54-year-old-miner» said no.");
}

#[test]
fn what_a_person_is_called_is_no_party() {
    check("«Anna Blom|anna-blom», «a Democrat|-», and «Nils Lie|nils-lie», «Republican|-» of Ohio, left.");
    check("«Democrats|democratic-party» left.");
    check("«Hugh Dahl KC|hugh-dahl-kc» rose. «Dahl|hugh-dahl-kc» sat.");
    check("«Forty-two farmers|forty-two-farmers» left «Forty|-» years ago.");
    check("The council heard «Council member Roy Lie|roy-lie», and «Lie|roy-lie» paid.");
}

#[test]
fn groups_hold_positions_together() {
    check_actor("Several Danish officials said so to Denmark.", "several-danish-officials", "group, for denmark");
    check_actor("Danish voters were angry with Denmark.", "danish-voters", "group");
    check(
        "«Danish officials|danish-officials» left. «They|danish-officials» were tired, «the officials|danish-officials» said.",
    );
    check_actor(
        "President Blom and other Norwegian officials agreed with Norway.",
        "blom",
        "person, President, for norway",
    );
}

#[test]
fn pronouns_find_the_subject_before_them() {
    check(
        "«Anna Blom|anna-blom» met «Nils Lie|nils-lie» at the harbour. «She|anna-blom» gave «him|nils-lie» a letter.",
    );
    check("«Norway|norway» told «Sweden|sweden» that «it|norway» would close «its|norway» ports.");
    check("It is raining in Bergen, so «it|-» is unclear whether «Norway|norway» plays.");
    check("«Norway|norway» wants more cod. «It|norway» has demanded that the council drop a tax.");
    check("«Anna Blom|anna-blom», «who|anna-blom» runs the harbour, agreed.");
}

#[test]
fn they_are_several_people_rather_than_one_body() {
    check(
        "In a note to «skippers|skippers», the owner of «Norvik Shipping|norvik-shipping» was blunt. He urged «them|skippers» to wait.",
    );
    check("«Norvik Shipping|norvik-shipping» lost money, and «they|norvik-shipping» closed the line.");
}

#[test]
fn they_may_be_two_people_named_together() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (text, cast) = read(text, None);
        let at = text.to_lowercase().rfind(" they ").unwrap() + 1;
        let ids = cast.actors_of(Span::new(at, at + "they".len()));
        let mut ids: Vec<&str> = ids.iter().map(|id| cast.actors[id.0].id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids, expected);
    }
    check("Anna Blom and Nils Lie said that they agreed.", &["anna-blom", "nils-lie"]);
    check("Anna Blom, Ole Dahl and Nils Lie said that they agreed.", &["anna-blom", "nils-lie", "ole-dahl"]);
    check("Anna Blom met Nils Lie, and they agreed.", &[]);
    check("Norway met Sweden. Both governments said that they agreed.", &["norway", "sweden"]);
}

#[test]
fn i_is_the_speaker_and_we_the_party() {
    check_speech(
        "«Anna Blom|anna-blom», the Norwegian foreign minister, said: “«I|anna-blom» know what «we|norway» want, and «our|norway» ports stay shut.” We went home. «Norway|norway» paid.",
        Some("Anna Blom"),
    );
}

#[test]
fn capitals_alone_make_no_actor() {
    check("«However|-», the talks failed on «Monday|-», «Christmas|-» or not.");
    check_no_actor("The Blue Heron sank off Bergen.", "blue-heron");
    check_no_actor("American officials met. Teams came.", "teams");
    check_no_actor("American officials met. Teams came.", "american");
    check_no_actor("Anna Blom lives at Karl Johan Square.", "karl-johan-square");
}

#[test]
fn credits_name_no_actors_and_headings_only_known_ones() {
    let text = "Blom Rejects Harbour Plan\n\nBy Kari Lie\n\nAnna Blom rejected the plan of the harbour on Monday, and the boats went home without a word.\n";
    check_no_actor(text, "kari-lie");
    check_no_actor(text, "blom");
}

#[test]
fn who_speaks_for_a_person_is_named_beside_the_role() {
    let text =
        "Gov. Marta Silvain left. A spokesman for Ms. Silvain, Piet Harlow, said no. The governor’s office agreed.";
    check_actor(text, "piet-harlow", "person, spokesman for Ms. Silvain, for marta-silvain");
    check_actor(text, "governors-office", "organisation, for marta-silvain");
    check(
        "«Gov. Marta Silvain|marta-silvain» left. «The governor|marta-silvain» was tired. «A miner|olga-weiss», «Olga Weiss|olga-weiss», waved.",
    );
    check(
        "Vermont «Sen. Anna Blom|anna-blom» met «Sen. Nils Lie|nils-lie». «The Vermont senator|anna-blom» left; «the senator|anna-blom» wept.",
    );
    check("«Sen. Nils Lie|nils-lie» stayed. «The Vermont senator|vermont-senator» left.");
    check("«The governor|governor» met «a miner|miner», Berlin, and a farmer.");
}

#[test]
fn its_ministry_is_the_ministry_of_the_subject() {
    let text = "Chad closed the border. Its envoy, Idris Saleh, left Sudan. Its foreign ministry gave no reason.";
    check_actor(text, "chads-foreign-ministry", "organisation, for chad");
    check_actor(text, "idris-saleh", "person, envoy, for chad");
    // What is said of the harbour is said inside the council's sentence.
    let text = "The Harbour Council said that Norway knew that the quay was leaking. Its lawyer, Olga Weiss, agreed.";
    check_actor(text, "olga-weiss", "person, lawyer, for harbour-council");
    let text = "Oslo rejected the plan. Bergen and its envoy, Olga Weiss, agreed.";
    check_actor(text, "olga-weiss", "person, envoy");
}

#[test]
fn the_government_is_that_of_the_only_seat_named() {
    check("The judges met in Lusaka. «The government|zambia» lost the case.");
    check("The judges met in Lusaka and in Harare. «The government|government» lost the case.");
}

#[test]
fn an_office_belongs_to_the_body_that_acted_last() {
    let text = "Norvik Shipping lost money. Chief executive Greta Olsen told analysts so.";
    check_actor(text, "greta-olsen", "person, Chief executive, for norvik-shipping");
    let text = "Norway lost money. Chief executive Greta Olsen told analysts so.";
    check_actor(text, "greta-olsen", "person, Chief executive");
    let text = "The Lund School Board voted. Superintendent Ann Cole agreed.";
    check_actor(text, "ann-cole", "person, Superintendent, for lund-school-board");
}

#[test]
fn a_heading_names_whom_the_body_names() {
    check(
        "«Norvik Shipping|norvik-shipping» Says No\n\n«Norvik Shipping|norvik-shipping» said so on Monday, and the boats went home without a word.",
    );
    check(
        "«Governor|anna-blom» signs bill\n\n«Gov. Anna Blom|anna-blom» signed the bill on Monday, and the boats went home without a word.",
    );
    check(
        "«Norvik|norvik-shipping» Rejects «Lund|lund-oil» Bid\n\nNorvik Shipping rejected Lund Oil on Monday, and the boats of Lund went home without a word from «Lund Oil|lund-oil».",
    );
    check("Hear Anna Blom\n\n«Anna Blom|anna-blom» spoke, and the boats went home without a word.");
}

#[test]
fn a_journal_and_a_minister_are_known_later_on() {
    check(
        "The paper stood in «Ice Letters|ice-letters». The editor of «Ice Letters|ice-letters» left, and «the journal|ice-letters» agreed.",
    );
    check(
        "«Minister|sports-minister» rules out cash\n\n«The sports minister|sports-minister» ruled it out on Monday, and the boats went home without a word.",
    );
}

#[test]
fn people_without_a_name_are_called_what_the_text_calls_them() {
    check(
        "«Two people familiar with the matter|two-people-familiar-with-the-matter» agreed. «People briefed on the talks|people-briefed-on-the-talks» did not.",
    );
    check(
        "«A person close to the talks|person-close-to-the-talks» agreed. «One of the envoys|one-of-the-envoys» wept.",
    );
    check("Many «people|-» swim in the lake.");
}

#[test]
fn groups_are_told_by_their_endings() {
    check("«Shepherds|shepherds» left. «The ropemakers|ropemakers» stayed, and «they|ropemakers» were glad.");
    check("«The ropemakers’ association|ropemakers-association» accepted the offer.");
    check("«Lena Sanders|lena-sanders» spoke. «Sanders|lena-sanders» says no.");
    check("The «numbers|-» fell, and the «offers|-» came late.");
}

#[test]
fn a_noun_beside_a_name_says_that_it_is_a_body() {
    check_actor("The group Blue Coast objected.", "blue-coast", "organisation");
    check_actor("A consumer group, Faire Preise, objected.", "faire-preise", "organisation");
    check_actor("Faire Preise, a consumer group, objected.", "faire-preise", "organisation");
    check_actor("The party that Anna Blom founded lost. Anna Blom wept.", "anna-blom", "person");
    check("«The group|group» objected. «The party|party» Macron created lost.");
}

#[test]
fn a_source_is_one_actor_or_several() {
    #[track_caller]
    fn check(text: &str, source: &str, expected: &[&str]) {
        let (text, cast) = read(text, None);
        let at = text.find(source).unwrap();
        let ids = cast.actors_of(Span::new(at, at + source.len()));
        let ids: Vec<&str> = ids.iter().map(|id| cast.actors[id.0].id.as_str()).collect();
        assert_eq!(ids, expected);
    }
    let both = "Both Mayor Anna Blom and the Finnish foreign ministry";
    check(&format!("{both} said no."), both, &["anna-blom", "finnish-foreign-ministry"]);
    check("Jens Holm, the NATO secretary general, said no.", "Jens Holm, the NATO secretary general", &["jens-holm"]);
    check("Norway’s coach Nils Lie said no.", "Norway’s coach Nils Lie", &["nils-lie"]);
    check("The document says no.", "The document", &[]);
    check("The lawsuit, filed in Lundby, says no.", "The lawsuit, filed in Lundby,", &[]);
    check(
        "Norway sent a letter to Anna Blom. It was Norway’s letter, and the letter says no.",
        "the letter",
        &["norway"],
    );
    check(
        "The report’s authors met. Norway’s letter was lost. The report says no.",
        "The report says",
        &["reports-authors"],
    );
    check("A spokesman for the mayor, Anna Blom, said no.", "the mayor, Anna Blom", &["anna-blom"]);
    check(
        "Two miners, Anna Blom and Nils Lie, said no.",
        "Two miners, Anna Blom and Nils Lie",
        &["anna-blom", "nils-lie"],
    );
    check("Miners and Anna Blom said no.", "Miners and Anna Blom", &["miners", "anna-blom"]);
    check("The nurses met. One of them, Anna Blom, said no.", "One of them, Anna Blom", &["anna-blom"]);
    check("Nils Lie of the Finnish army said no.", "Nils Lie of the Finnish army", &["nils-lie"]);
}

#[test]
fn what_holds_no_position_after_all_is_left_out() {
    let (_, cast) = read("The Blue Heron sank. Anna Blom wept, and Norway paid. Norway was poor.", None);
    let heron = cast.actors.iter().position(|actor| actor.id == "blue-heron");
    assert!(heron.is_some(), "it may hold a position");
    let settled = cast.settle(&mut []);
    assert_eq!(settled.iter().map(|actor| actor.id.as_str()).collect::<Vec<_>>(), ["norway", "anna-blom"]);
}

#[test]
fn adjectives_are_marked_as_such() {
    let (_, cast) = read("The Norwegian army left Norway.", None);
    let norway = cast.actors.iter().find(|actor| actor.id == "norway").unwrap();
    assert_eq!(norway.mentions.iter().map(|mention| mention.form).collect::<Vec<_>>(), [Form::Adjective, Form::Name]);
}
