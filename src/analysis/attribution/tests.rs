//! Marked sentences: what is found, and what is left alone. The examples of the rules themselves stand with the rules.

use super::RULES;
use crate::analysis::analyze;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::markup::{mark, unmark};
use crate::document::plain;

/// Checks that exactly the marked positions are found in a text.
#[track_caller]
fn check(marked: &str) {
    let text = unmark(marked);
    assert_eq!(mark(&text, &analyze(&plain::read(text.clone()), Lexicon::embedded())), marked);
}

#[test]
fn each_rule_finds_its_example() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let text = unmark(rule.finds);
        let analysis = analyze(&plain::read(text.clone()), Lexicon::embedded());
        let found = mark(&text, &analysis);
        let by: Vec<&str> = analysis.positions.iter().map(|position| position.rule).collect();
        if found != rule.finds || by != [rule.name] {
            wrong.push(format!("{} by {by:?}:\n  {found}\n  {}", rule.name, rule.finds));
        }
    }
    assert!(wrong.is_empty(), "found and expected:\n{}", wrong.join("\n"));
}

#[test]
fn each_rule_leaves_its_counterexample() {
    for rule in RULES {
        let analysis = analyze(&plain::read(rule.leaves.to_owned()), Lexicon::embedded());
        let found = analysis.positions.iter().any(|position| position.rule == rule.name);
        assert!(!found, "{}: {}", rule.name, mark(rule.leaves, &analysis));
    }
}

#[test]
fn names_of_rules_differ() {
    for (index, rule) in RULES.iter().enumerate() {
        assert!(RULES[index + 1..].iter().all(|other| other.name != rule.name), "{}", rule.name);
    }
}

#[test]
fn quotations_around_a_cue_and_behind_it() {
    check("«content:“We will not move,”» «source:Ruiz» «cue:said», «content:“not for this price.”»");
    check("«source:Ruiz» «cue:said»: «content:“We will not move.”»");
    check("«content:“We will not move,”» «source:Ruiz» «cue:said». «content:“Not for this price.”»");
}

#[test]
fn what_is_rejected_decides_between_a_refusal_and_a_denial() {
    check("«source:The firm» «cue/denies:rejected» «content:claims that it had lied».");
    check("«source:The union» «cue/denies:dismissed» «content:any suggestion of a strike».");
    check("«source:The bank» «cue/denies:dismissed» «content:claims that it had sold the land».");
    check("«source:The judge» «cue/refuses:dismissed» «content:the claim».");
    check("«source:The minister» «cue/refuses:rejected» «content:the plan».");
    check("«source:The firm» «cue/denies:dismissed» «content:the claim».");
    check("«source:The court» «cue/refuses:rejected» «content:the claim».");
    check("«source:The council» «cue/refuses:rejected» «content:the report».");
    check("«source:The council» «cue/denies:rejected» «content:reports of a sale».");
}

#[test]
fn a_request_names_whom_it_goes_to_and_what_for() {
    check("«source:The ministry» «cue/asks:asked» «content:the city for money».");
    check("The ministry asked the city.");
}

#[test]
fn a_text_may_end_at_any_word() {
    for text in ["With reporting byA?---.Z0", "The firm dismissed the claim", "Ana said", "Ana, who said", "Ana gave"] {
        analyze(&plain::read(text.to_owned()), Lexicon::embedded());
    }
    check("«source:The judge» «cue/refuses:dismissed» «content:the claim»");
}

#[test]
fn a_measure_of_time_gives_no_warning() {
    let analysis = analyze(&plain::read("It had forty minutes’ warning of the vote.".to_owned()), Lexicon::embedded());
    assert!(analysis.actors.is_empty(), "{:?}", analysis.actors);
}

#[test]
fn what_nobody_will_say_is_withheld() {
    check("«source:The minister» «cue/withholds:would not be drawn» «content:on the cost».");
    check("Norway has not been drawn into the war.");
    check("The minister would not be drawn into the quarrel.");
}

#[test]
fn a_cue_without_a_subject_of_its_own() {
    check(
        "«source1,2:The minister» «cue1:said» «content1:that the road was safe», «cue2:adding» «content2:that it would stay open».",
    );
    check(
        "«source1,2:The union» «cue1/opposes:criticized» «content1:the plan» and «cue2/demands:demanded» «content2:a new one».",
    );
}

#[test]
fn negation_changes_the_act() {
    check("«source:The minister» «cue/withholds:did not say» «content:whether the road was safe».");
    check("«source:The union» «cue/opposes:does not support» «content:the plan».");
    check("«source:The union» «cue/refuses:has not moved from its refusal» «content:to end the strike».");
}

#[test]
fn a_quotation_that_stands_for_itself_is_signed_behind_a_dash() {
    check("«content:“We have waited for this road for nine years.”» — «source:Ana Ruiz»");
    check("«content:“Nobody asked us about it, and nobody will.”»― «source:Ole Dahl».");
    check("“The longest road in Leeds” — Ana Ruiz hated the name — is closed.");
    check("The inn had a sign: “No boats after dark or before noon” — Quay House stands on the hill.");
}

#[test]
fn sources_that_are_pointed_at() {
    check("The lawyer, «source:who» «cue:said» «content:that the road was safe», has left the town.");
    check(
        "«content:The road is safe», according to «source:the minister»."
            .replace("according to", "«cue:according to»")
            .as_str(),
    );
}

#[test]
fn titles_and_conditions_are_no_positions() {
    check("The band played “Long Way Home” twice.");
    check("If the union refuses to end the strike, the trains will stop.");
    check("The road was closed on Monday.");
}

#[test]
fn a_quotation_without_a_cue() {
    check("«content:“The road is safe,”» «source:Ms. Ruiz».");
    check("«source:The council» «cue:issued a statement» on Monday. «content:“The work took longer than planned.”»");
}

#[test]
fn a_quotation_ends_where_its_speaker_begins() {
    check(
        "«content:“The water is clean,”» «source:Marit Olsen, the head of the harbor board», «cue:said» at a meeting in Alta.",
    );
    check("«content:“The water is clean,”» «source:its director, Marit Olsen», «cue:said» in a statement.");
    check("«content:“We are not afraid,”» «source:Ruth Abel», who has led the union since May, «cue:said» on Monday.");
    check(
        "«content:“We are not afraid,”» «cue:said» «source:Ruth Abel, a dairy farmer and the deputy leader of the union», on Monday.",
    );
}

#[test]
fn a_quotation_belongs_to_the_cue_of_its_sentence() {
    check(
        "«source1:Ruth Abel» «cue1/demands:called on» «content1:the council to pay, “not to pray.”» «source2:It» «cue2/asks:urged» «content2:the farmers to agree on a price».",
    );
    check(
        "«source1,2:A spokesman for the port, Ivar Moe», «cue1/withholds:declined» «content1:to comment on the price» but «cue2:said» «content2:that the port was “watching the matter closely.”»",
    );
}

#[test]
fn what_describes_a_source_is_no_content() {
    check(
        "«cue:According to» «source:the Port Council», which advises all owners, «content:the water has risen by a third».",
    );
    check("«cue:According to» «source:Ivar Moe, a spokesman for the port», «content:the water has risen by a third».");
}

#[test]
fn a_participle_goes_on_for_the_speaker_of_the_sentence() {
    check(
        "«source1,2:Ruth Abel» «cue1:said» «content1:that «source3:Norway» «cue3/backs:welcomed» «content3:the price» but would not wait for it», «cue2:adding» «content2:that the boats were ready».",
    );
}

#[test]
fn the_subjunctive_is_a_demand_or_an_offer() {
    check("«source:Norway» «cue/demands:has insisted» for a month «content:that the shares be settled».");
    check(
        "«source1,2:Mr. Abel» «cue1/offers:proposed» «content1:that a survey begin in May» and «cue2/offers:suggested» «content2:reopening the books».",
    );
}

#[test]
fn a_colon_leads_to_what_somebody_says() {
    check("«source:Ms. Ruiz» «cue:went» further: «content:“The harbor should smell of fish again.”»");
    check("The sign at the gate was new: “No fishing.”");
}

#[test]
fn a_content_ends_before_the_next_verb_of_the_same_speaker() {
    check(
        "«source1,2:Norway» «cue1/refuses:rejected» «content1:the plan» and «cue2/offers:offered» «content2:to pay for a survey».",
    );
    check(
        "«source1,2:The union» «cue1/demands:called on» «content1:the firm to withdraw the offer» and «cue2/asks:asked for» «content2:talks».",
    );
}

#[test]
fn a_deed_may_stand_behind_a_date() {
    check("«source:The union» «cue/accuses:accused» «content:the firm» on Monday «content:of hiding its losses».");
}

#[test]
fn a_report_may_hold_a_report() {
    check(
        "«content2:«source1:Ms. Ruiz» «cue1:said» «content1:the road was closed»», «cue2:according to» «source2:press reports».",
    );
}

#[test]
fn a_passive_may_name_nobody() {
    check("«content:The storm» «cue/expects:is expected» «content:to reach Alta on Monday».");
    check("«cue/asks:Asked about» «content:the price», Ms. Ruiz left.");
    check("The plan was praised on Monday.");
}

#[test]
fn a_label_may_stand_behind_what_it_labels() {
    check("«source:Ms. Ruiz» «cue:sees» «content:the plan as a threat to the port».");
    check("«source:Ms. Ruiz» «cue:called» «content:herself a friend of the port».");
    check("«source:Critics» «cue:called» «content:him a coward who had left the port».");
}

#[test]
fn verbs_with_a_preposition() {
    check("«source:The union» «cue:pointed to» «content:the price of milk».");
    check("«source:The union» «cue:compared» «content:the offer to a bad joke».");
    check("«source:The union» «cue/demands:called for» «content:the firm to repair the road».");
    check("«source:The council» «cue/warns:expressed concern about» «content:the price».");
    check("The union looked at the port.");
}

#[test]
fn a_participle_has_the_speaker_of_its_clause() {
    check("«source:The union» issued a statement «cue:saying» «content:that the port was safe».");
    check("The vote was close, with half of «source:the owners» «cue:saying» «content:they would sell».");
}

#[test]
fn speakers_the_parser_does_not_know() {
    check("«source:Abelyan» «cue:added», «content:“The port has been open for years, and it will stay open.”»");
    check("«content:“The road is open,”» «source:Sen. Marta Ruiz (D-Ark.)» «cue:said» on Monday.");
    check("«source:Ruiz»: «content:The port is safe and open»");
    check("Note: the port is closed on Monday.");
}

#[test]
fn a_speaker_with_a_role_ends_what_was_said() {
    check(
        "«content2:«source1:Norway» «cue1/wants:wants» «content1:to join the league»», «source2:its envoy, Ivar Moe», «cue2:said».",
    );
}

#[test]
fn what_is_not_ruled_out_is_not_refused() {
    check("«source:The minister» «cue/withholds:did not rule» «content:that» «cue:out».");
    check("«source:The minister» «cue/refuses:ruled» «content:that» «cue:out».");
}

#[test]
fn objects_of_other_shapes() {
    check("«source:The minister» «cue/asks:urged» «content:both sides to settle».");
    check("«source:The firm» «cue/denies:denied» «content:having made any bid».");
    check("The council, «source:which» «cue/backs:backs» «content:the port», met on Monday.");
    check(
        "«source1:The union» «cue1/wants:wants» «content1,2:a vote», which «source2:the firm» «cue2/refuses:has refused» «content2:to do».",
    );
}

#[test]
fn what_is_demanded_is_nobodys_offer() {
    check("«source:The union» «cue/demands:demanded» «content:that Norway offer boats to its members».");
    check(
        "«source:The union» «cue/demands:demanded» «content:that the mayor leave» and «content:that the firm pay the drivers».",
    );
}

#[test]
fn a_clause_goes_on_behind_a_relative_one() {
    check("«source:The union» «cue:said» «content:that Norway, which sold the port in May, has lost its boats».");
    check("The wolves, which «source:herders» «cue:say» «content:killed forty sheep», are gone.");
}

#[test]
fn verbs_that_only_begin_are_no_reports() {
    check("The court began hearing arguments on Monday.");
    check("«source:The firm» «cue/withholds:refused» «content:to discuss the price».");
}
