//! What a position says besides its words: actors, addressees, quotation, nesting, answers, what stays open.

use crate::analysis::lexicon::Lexicon;
use crate::analysis::{ActorId, Analysis, Quote, analyze};
use crate::document::plain;

fn read(text: &str) -> Analysis {
    analyze(&plain::read(text.to_owned()), Lexicon::embedded())
}

/// Checks one line a position: act, actors, `>` addressees, `^` the position around it, `~` what it answers and how,
/// `~?` what it may answer.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let analysis = read(text);
    let names = |actors: &[ActorId]| {
        let names: Vec<&str> = actors.iter().map(|actor| analysis.actors[actor.0].id.as_str()).collect();
        names.join("+")
    };
    let found: Vec<String> = analysis
        .positions
        .iter()
        .map(|position| {
            let mut line = format!("{} {}", names(&position.actors), position.act.word());
            if !position.addressees.is_empty() {
                line += &format!(" > {}", names(&position.addressees));
            }
            if let Some(outer) = position.nested_in {
                line += &format!(" ^{}", outer.0 + 1);
            }
            for answer in &position.answers {
                let sure = if answer.certain { "" } else { "?" };
                line += &format!(" ~{sure}{} {}", answer.how.word(), answer.position.0 + 1);
            }
            line
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_demand_and_its_refusal() {
    check(
        "Norway demanded that Iceland open its harbors. Iceland rejected those demands.",
        &["norway demands > iceland", "iceland refuses ~rejects 1"],
    );
    check(
        "Iceland refused to open its harbors, as Norway has demanded.",
        &["iceland refuses ~rejects 2", "norway demands"],
    );
}

#[test]
fn whoever_is_on_no_list_is_named_as_the_text_names_them() {
    check(
        "The hackers said that the tide was late. Norway refused to wait. Hackers demanded a boat.",
        &["hackers says", "norway refuses", "hackers demands"],
    );
    // What is no person and no body takes no position.
    check("The evidence suggests that the tide was late.", &[" says"]);
    check("A report said that the tide was late.", &[" says"]);
}

#[test]
fn a_claim_that_is_denied_is_the_one_before() {
    check(
        "Ana Ruiz urged Norway to wait. Peru accused Norway of hiding losses. Norway denied the claim.",
        &["ana-ruiz asks > norway", "peru accuses > norway", "norway denies ~rejects 2"],
    );
}

#[test]
fn what_is_answered_part_by_part_is_two_positions() {
    check(
        "Norway demanded that Sweden open its harbors and that Sweden release the crew. Sweden refused to open its harbors. On Friday Sweden agreed to release the crew.",
        &[
            "norway demands > sweden",
            "norway demands > sweden",
            "sweden refuses ~rejects 1",
            "sweden accepts ~accepts 2",
        ],
    );
    check(
        "Norway demanded that Sweden open its harbors and that Sweden release the crew. Sweden refused to open its harbors.",
        &["norway demands > sweden", "sweden refuses ~rejects 1"],
    );
}

#[test]
fn strangers_answer_perhaps_at_most() {
    check(
        "Norway demanded that Iceland open its harbors. Peru rejected a treaty on copper.",
        &["norway demands > iceland", "peru refuses ~?rejects 1"],
    );
}

#[test]
fn what_another_must_do_is_a_demand() {
    check("“Iceland has to decide,” said Ana Ruiz.", &["ana-ruiz says", "ana-ruiz demands > iceland ^1"]);
    check("“We have to decide,” said Ana Ruiz.", &["ana-ruiz says"]);
}

#[test]
fn the_share_of_quotation_marks() {
    let quote = |text: &str| read(text).positions[0].quote;
    assert_eq!(quote("“The road is safe,” said Ana Ruiz."), Quote::Direct);
    assert_eq!(quote("Ana Ruiz said that the road was “safe enough for anybody” and open."), Quote::Mixed);
    assert_eq!(quote("Ana Ruiz said that the road was safe."), Quote::Indirect);
}

#[test]
fn what_the_text_leaves_open() {
    let text = "It is unclear whether the road will open. Ana Ruiz did not say when the work would end. She declined to comment on the road.";
    let open: Vec<&str> = read(text).open.iter().map(|span| span.of(text)).collect();
    assert_eq!(open, ["It is unclear whether the road will open", "Ana Ruiz did not say when the work would end"]);
}

#[test]
fn doubt_is_noted() {
    assert!(read("Norway reportedly rejected the plan.").positions[0].hedged);
    assert!(!read("Norway rejected the plan.").positions[0].hedged);
}

#[test]
fn a_verdict_in_a_report_is_a_refusal() {
    check(
        "Norway demanded that Sweden pay 12 percent. Anna Blom, the Swedish negotiator, said that the demand for 12 percent was “a non-starter.”",
        &["norway demands > sweden", "anna-blom refuses ^3 ~rejects 1", "anna-blom says"],
    );
    check("Anna Blom said that the boat was new.", &["anna-blom says"]);
}

#[test]
fn both_governments_are_the_two_states_of_the_text() {
    let text = "Norway and Sweden met in Bergen. The two governments agreed to meet again.";
    check(text, &["sweden+norway accepts"]);
    let text = "Norway, Peru and Sweden met in Bergen. The two governments agreed to meet again.";
    check(text, &["two-governments accepts"]);
}

#[test]
fn the_government_is_the_one_whose_people_were_named() {
    check(
        "Kari Lie, the president of the Norwegian Herring Guild, accused the government of lying.",
        &["kari-lie accuses > norway"],
    );
}

#[test]
fn definite_nouns_point_back() {
    check(
        "Norway proposed a joint survey of the herring. Sweden welcomed the survey. Swedish officials said they would study the idea.",
        &["norway offers", "sweden backs ~accepts 1", "swedish-officials says ~answers 1"],
    );
    check(
        "Norway demanded that Sweden pay. Ole Dahl declined to comment on the demand.",
        &["norway demands > sweden", "ole-dahl withholds ~answers 1"],
    );
}

#[test]
fn a_verb_alone_answers_what_was_just_asked() {
    check(
        "Ana Ruiz asked Ole Dahl to wait. He refused.",
        &["ana-ruiz asks > ole-dahl", "ole-dahl refuses > ana-ruiz ~rejects 1"],
    );
    check(
        "Norway urged Sweden to close the road. Sweden agreed at once.",
        &["norway asks > sweden", "sweden accepts > norway ~accepts 1"],
    );
    check("Ana Ruiz asked Ole Dahl to wait. Norway refused.", &["ana-ruiz asks > ole-dahl"]);
    check("Ole Dahl refused.", &[]);
}

#[test]
fn a_request_is_answered_by_whom_it_was_made_to() {
    check(
        "Norway asked Sweden to pay. Ana Ruiz asked Iceland to pay. Sweden said it was studying the request.",
        &["norway asks > sweden", "ana-ruiz asks > iceland", "sweden says ~answers 1 ~?answers 2"],
    );
    check(
        "Norway asked Sweden to close the road. Sweden said that it would not do so.",
        &["norway asks > sweden", "sweden says ~rejects 1"],
    );
    check(
        "Norway offered Sweden a treaty. Iceland must approve the plan.",
        &["norway offers > sweden", "iceland accepts"],
    );
    check(
        "Norway offered 30 million euros. Sweden turned the bid down.",
        &["norway offers", "sweden refuses ~rejects 1"],
    );
}

#[test]
fn two_are_asked_together() {
    check("Norway met Sweden. Ana Ruiz urged both countries to show restraint.", &["ana-ruiz asks > norway+sweden"]);
}

#[test]
fn the_nearest_idea_is_meant() {
    check(
        "Norway offered to pay. Peru said that ice was thick. Chad said that ice was thin. Ana Ruiz said that ice was cold. Ole Dahl said that ice was warm. Sweden urged Iceland to wait. Finland opposed the idea.",
        &[
            "norway offers",
            "peru says ~?answers 1",
            "chad says",
            "ana-ruiz says",
            "ole-dahl says",
            "sweden asks > iceland",
            "finland opposes ~rejects 6",
        ],
    );
    check("Norway urged Sweden to pay. Sweden ruled that out.", &["norway asks > sweden", "sweden refuses ~rejects 1"]);
}

#[test]
fn a_letter_speaks_for_whoever_wrote_in_it() {
    check(
        "In a letter to the council, Ana Ruiz warned of ice. The letter demanded an inquiry.",
        &["ana-ruiz warns > council", "ana-ruiz demands"],
    );
}

#[test]
fn letters_have_receivers_and_reporters_are_none() {
    check("Ana Ruiz told reporters that the road was safe.", &["ana-ruiz says"]);
    check("In a letter to the council, Ana Ruiz wrote that the road was safe.", &["ana-ruiz says > council"]);
    check("Norway promised to pay whatever Iceland decided.", &["norway commits"]);
}
