//! The reader's corrections applied to what the program read: names, mergers, acts, rejections, additions.
//!
//! The analysis is made anew each time and forgets; the notes file keeps what the reader knows better.

use std::collections::HashMap;

use super::{ActorCorrection, Body, Entry, Id, Notes, PositionCorrection, Verdict};
use crate::analysis::answer::{asks, how_of};
use crate::analysis::lexicon::kebab;
use crate::analysis::{
    Act, Actor, ActorId, ActorKind, Analysis, Answer, Form, How, Mention, Position, PositionId, Why,
};
use crate::document::Document;
use crate::text::Span;

/// An analysis as the reader sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    pub analysis: Analysis,
    /// For each position what the reader said of it, with the entry that says so; rejected ones stay in the list.
    pub verdicts: Vec<Option<(Verdict, Id)>>,
    /// For each position the issues of the library that its words suggest; nothing where there is no library.
    pub suggested: Vec<Vec<String>>,
}

/// The rule of a position that the reader added.
pub const READER: &str = "reader";

/// A correction and a position must share this much of what they cover together.
const OVERLAP: f64 = 0.3;
/// What the program finds where the reader added the same is the same.
const SAME: f64 = 0.6;

/// Returns the analysis with the reader's corrections.
pub fn corrected(document: &Document, analysis: &Analysis, notes: &Notes) -> Reading {
    let mut analysis = analysis.clone();
    let corrections = notes.entries().iter().filter_map(|entry| match &entry.body {
        Body::Actor(correction) => Some(correction),
        _ => None,
    });
    for correction in corrections {
        correct_actor(document, &mut analysis, correction);
    }
    let (verdicts, suggested) = (vec![None; analysis.positions.len()], Vec::new());
    let mut reading = Reading { verdicts, analysis, suggested };
    let mut of_entry = HashMap::new();
    let mut answers = Vec::new();
    for entry in notes.entries() {
        let (Body::Position(correction), Some(span)) = (&entry.body, notes.anchor(&entry.id).span()) else { continue };
        if let Some(position) = correct_position(&mut reading, entry, correction, span) {
            of_entry.insert(entry.id.0.as_str(), position);
            answers.extend(correction.answers.iter().map(|answered| (position, answered.as_str())));
        }
    }
    for (position, answered) in answers {
        if let Some(&answered) = of_entry.get(answered) {
            link(&mut reading.analysis.positions[position.0], answered);
        }
    }
    in_reading_order(reading)
}

fn correct_actor(document: &Document, analysis: &mut Analysis, correction: &ActorCorrection) {
    let called = |actor: &Actor, name: &str| actor.name == name || actor.id == name;
    let names = || correction.aka.iter().chain(&correction.split).chain([&correction.name]);
    let same: Vec<usize> = (0..analysis.actors.len())
        .filter(|&index| {
            let actor = &analysis.actors[index];
            actor.id == correction.actor || names().any(|name| called(actor, name))
        })
        .collect();
    let named = same.iter().copied().find(|&index| analysis.actors[index].id == correction.actor);
    let renamed = || (correction.state != Verdict::Added).then(|| actor_named(analysis, &correction.actor)).flatten();
    let Some(into) = named.or(same.first().copied()).or_else(|| renamed().map(|actor| actor.0)) else {
        if correction.state == Verdict::Added {
            analysis.actors.push(added_actor(document, correction));
        }
        return;
    };
    let party = correction.speaks_for.as_ref().and_then(|party| actor_named(analysis, party));
    // What the reader said of an actor goes by the id it had then; from now on it has no other.
    let free = analysis.actors.iter().all(|actor| actor.id != correction.actor);
    let actor = &mut analysis.actors[into];
    if free {
        actor.id.clone_from(&correction.actor);
    }
    if !correction.name.is_empty() && actor.name != correction.name {
        let old = std::mem::replace(&mut actor.name, correction.name.clone());
        actor.aliases.push(old);
    }
    actor.role = correction.role.clone().or(actor.role.take());
    actor.acts_for = party.filter(|party| party.0 != into).or(actor.acts_for);
    actor.aliases.extend(correction.aka.iter().cloned());
    merge(analysis, into, &same);
    tidy_aliases(analysis);
}

/// Makes one actor of several; everything that named one of them names the first.
pub(super) fn merge(analysis: &mut Analysis, into: usize, same: &[usize]) {
    for &index in same.iter().filter(|&&index| index != into) {
        let merged = analysis.actors[index].clone();
        let actor = &mut analysis.actors[into];
        actor.mentions.extend(merged.mentions);
        actor.aliases.push(merged.name);
        actor.aliases.extend(merged.aliases);
        actor.role = actor.role.take().or(merged.role);
        actor.acts_for = actor.acts_for.or(merged.acts_for);
    }
    analysis.actors[into].mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    let gone = |index: usize| index != into && same.contains(&index);
    let mut left = 0;
    let mut places: Vec<ActorId> = Vec::new();
    for index in 0..analysis.actors.len() {
        places.push(ActorId(left));
        left += usize::from(!gone(index));
    }
    let place = |actor: ActorId| if gone(actor.0) { places[into] } else { places[actor.0] };
    let mut index = 0;
    analysis.actors.retain(|_| {
        index += 1;
        !gone(index - 1)
    });
    for (index, actor) in analysis.actors.iter_mut().enumerate() {
        actor.acts_for = actor.acts_for.map(place).filter(|party| party.0 != index);
    }
    for position in &mut analysis.positions {
        for actors in [&mut position.actors, &mut position.speaks_for, &mut position.addressees] {
            actors.iter_mut().for_each(|actor| *actor = place(*actor));
            let mut seen = Vec::new();
            actors.retain(|actor| {
                !seen.contains(actor) && {
                    seen.push(*actor);
                    true
                }
            });
        }
    }
}

pub(super) fn tidy_aliases(analysis: &mut Analysis) {
    for actor in &mut analysis.actors {
        let mut seen = vec![actor.name.clone()];
        actor.aliases.retain(|alias| {
            !seen.contains(alias) && {
                seen.push(alias.clone());
                true
            }
        });
    }
}

/// Returns an actor that the program did not find, with its names' places in the text.
fn added_actor(document: &Document, correction: &ActorCorrection) -> Actor {
    let text = &*document.text;
    let mut mentions = Vec::new();
    for name in correction.aka.iter().chain([&correction.name]).filter(|name| !name.is_empty()) {
        let places = text.match_indices(name.as_str()).map(|(at, _)| Span::new(at, at + name.len()));
        let whole = places.filter(|span| !in_word(text, span.start) && !in_word(text, span.end));
        mentions.extend(whole.map(|span| Mention { span, form: Form::Name }));
    }
    mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    mentions.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    Actor {
        id: correction.actor.clone(),
        name: correction.name.clone(),
        kind: ActorKind::Group,
        role: correction.role.clone(),
        acts_for: None,
        aliases: correction.aka.clone(),
        mentions,
    }
}

fn in_word(text: &str, at: usize) -> bool {
    text[..at].ends_with(char::is_alphanumeric) && text[at..].starts_with(char::is_alphanumeric)
}

/// Returns the actor with an id or a name, or with the id that one of its names would have made: the library gives it
/// another name and id than it had when the notes were written.
pub fn actor_named(analysis: &Analysis, id: &str) -> Option<ActorId> {
    let is = |name: &String| name == id || kebab(name) == id;
    let named = |actor: &Actor| is(&actor.name) || actor.aliases.iter().any(is);
    let exact = analysis.actors.iter().position(|actor| actor.id == id);
    exact.or_else(|| analysis.actors.iter().position(named)).map(ActorId)
}

/// Applies one correction and returns the position it speaks of.
fn correct_position(
    reading: &mut Reading,
    entry: &Entry,
    correction: &PositionCorrection,
    span: Span,
) -> Option<PositionId> {
    let added = correction.state == Verdict::Added;
    let index = match found(reading, correction, span, if added { SAME } else { OVERLAP }) {
        Some(index) => index,
        None if added => {
            reading.analysis.positions.push(added_position(entry, span));
            reading.verdicts.push(None);
            reading.analysis.positions.len() - 1
        }
        None => return None,
    };
    reading.verdicts[index] = Some((correction.state, entry.id.clone()));
    if correction.state == Verdict::Rejected {
        reading.analysis.positions[index].answers.clear();
    } else {
        let party = correction.actor.as_ref().and_then(|id| actor_named(&reading.analysis, id));
        let speaker = correction.via.as_ref().and_then(|id| actor_named(&reading.analysis, id));
        let to: Vec<ActorId> = correction.to.iter().filter_map(|id| actor_named(&reading.analysis, id)).collect();
        correct_act(&mut reading.analysis, index, correction.act);
        let position = &mut reading.analysis.positions[index];
        match (party, speaker) {
            (Some(party), Some(speaker)) => (position.actors, position.speaks_for) = (vec![speaker], vec![party]),
            (Some(one), None) | (None, Some(one))
                if !position.actors.contains(&one) && !position.speaks_for.contains(&one) =>
            {
                (position.actors, position.speaks_for) = (vec![one], Vec::new());
            }
            _ => {}
        }
        if !to.is_empty() {
            position.addressees = to;
        }
        position.confidence = 1.0;
    }
    Some(PositionId(index))
}

/// Gives a position another act; what it is to others as an answer, and they to it, changes with it.
fn correct_act(analysis: &mut Analysis, index: usize, act: Option<Act>) {
    let position = &mut analysis.positions[index];
    let Some(act) = act.filter(|&act| act != position.act) else { return };
    let asked = asks(position);
    position.act = act;
    let how = how_of(act, position.negated);
    position.answers.retain_mut(|answer| {
        answer.how = how.unwrap_or(answer.how);
        how.is_some()
    });
    if asked && !asks(&analysis.positions[index]) {
        for other in &mut analysis.positions {
            other.answers.retain(|answer| answer.position.0 != index);
        }
    }
}

/// Returns the position that a correction speaks of: the one with the reading it corrects, then the best placed.
fn found(reading: &Reading, correction: &PositionCorrection, span: Span, least: f64) -> Option<usize> {
    let expected = |act: Option<Act>, actor: Option<Option<ActorId>>, position: &Position| {
        let mut actors = position.actors.iter().chain(&position.speaks_for);
        let is_theirs = actor.is_none_or(|actor| actors.any(|id| Some(*id) == actor));
        act.is_none_or(|act| act == position.act) && is_theirs
    };
    let named = |id: &Option<String>| id.as_ref().map(|id| actor_named(&reading.analysis, id));
    let actor = named(&correction.actor);
    let was_actor = named(&correction.was_actor).or(actor);
    let mut best: Option<(bool, f64, usize)> = None;
    for (index, position) in reading.analysis.positions.iter().enumerate() {
        let shared = overlap(position, span);
        if shared < least || reading.verdicts[index].is_some() {
            continue;
        }
        let same_reading = expected(correction.was_act.or(correction.act), was_actor, position)
            || expected(correction.act, actor, position);
        if correction.state == Verdict::Added && !same_reading {
            continue;
        }
        if best.is_none_or(|(same, most, _)| (same_reading, shared) > (same, most)) {
            best = Some((same_reading, shared, index));
        }
    }
    best.map(|(_, _, index)| index)
}

/// Returns how much of what a position and a span cover they cover both, by the content or by the whole.
fn overlap(position: &Position, span: Span) -> f64 {
    let content = position.content.iter().copied().reduce(Span::join);
    let share = |other: Span| {
        let both = span.intersect(other).map_or(0, Span::len);
        both as f64 / (span.len() + other.len() - both).max(1) as f64
    };
    content.map_or(0.0, share).max(share(position.extent()))
}

fn added_position(entry: &Entry, span: Span) -> Position {
    Position { rule: READER, ..Position::of(entry.id.0.clone(), Act::Says, vec![span]) }
}

fn link(position: &mut Position, answered: PositionId) {
    match position.answers.iter_mut().find(|answer| answer.position == answered) {
        Some(answer) => (answer.certain, answer.why) = (true, Why::Reader),
        None => {
            position.answers.push(Answer { position: answered, how: How::Answers, certain: true, why: Why::Reader })
        }
    }
}

/// Puts added positions among the others; everything that points to a position follows it.
fn in_reading_order(reading: Reading) -> Reading {
    let Reading { mut analysis, verdicts, suggested } = reading;
    let mut order: Vec<usize> = (0..analysis.positions.len()).collect();
    order.sort_by_key(|&index| analysis.positions[index].extent().start);
    let mut places = vec![PositionId(0); order.len()];
    for (place, &index) in order.iter().enumerate() {
        places[index] = PositionId(place);
    }
    let mut taken: Vec<Option<Position>> = analysis.positions.into_iter().map(Some).collect();
    analysis.positions = order.iter().filter_map(|&index| taken[index].take()).collect();
    for position in &mut analysis.positions {
        position.nested_in = position.nested_in.map(|outer| places[outer.0]);
        position.answers.iter_mut().for_each(|answer| answer.position = places[answer.position.0]);
    }
    Reading { verdicts: order.iter().map(|&index| verdicts[index].clone()).collect(), analysis, suggested }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::correct::{add_position, correct_position, merge_actors, rename_actor};
    use crate::annotation::fixture::document;
    use crate::annotation::{Correction, Edit, Stamp};

    const ARTICLE: &str = "Ada Lind demands a new bridge. The town refuses to pay. Lind warned of a strike.\n";

    fn span(words: &str) -> Span {
        let start = ARTICLE.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    fn actor(id: &str, name: &str, mentions: &[&str]) -> Actor {
        let mention = |words: &&str| Mention { span: span(words), form: Form::Name };
        Actor {
            id: id.into(),
            name: name.into(),
            kind: ActorKind::Person,
            role: None,
            acts_for: None,
            aliases: Vec::new(),
            mentions: mentions.iter().map(mention).collect(),
        }
    }

    fn position(act: Act, actor: usize, words: &str) -> Position {
        let entry = Entry {
            id: Id("p".into()),
            target: None,
            body: Body::Note(Default::default()),
            created: None,
            updated: None,
        };
        Position {
            act,
            actors: vec![ActorId(actor)],
            rule: "verb-cue",
            confidence: 0.5,
            ..added_position(&entry, span(words))
        }
    }

    fn analysis() -> Analysis {
        let actors = vec![
            actor("lind", "Lind", &["Lind warned"]),
            actor("town", "The town", &["The town"]),
            actor("ada-lind", "Ada Lind", &["Ada Lind"]),
        ];
        let refusal = Answer { position: PositionId(0), how: How::Rejects, certain: false, why: Why::LikeMatter };
        let positions = vec![
            position(Act::Demands, 2, "a new bridge"),
            Position {
                answers: vec![refusal],
                addressees: vec![ActorId(0), ActorId(2)],
                ..position(Act::Refuses, 1, "to pay")
            },
            position(Act::Says, 0, "of a strike"),
        ];
        Analysis { actors, positions, ..Analysis::default() }
    }

    /// The notes of the article, and what is read of it with them.
    struct Read {
        document: Document,
        notes: Notes,
        reading: Reading,
    }

    fn read() -> Read {
        let document = document(ARTICLE);
        let notes = Notes::new();
        Read { reading: corrected(&document, &analysis(), &notes), document, notes }
    }

    impl Read {
        /// Makes an edit and reads the article again with the file that comes of it.
        fn with(self, edit: impl FnOnce(&Read) -> Edit) -> Read {
            let edit = edit(&self);
            let Read { document, mut notes, .. } = self;
            notes.change(&document, edit);
            let notes = Notes::parse(&notes.to_toml(), &document).unwrap();
            Read { reading: corrected(&document, &analysis(), &notes), document, notes }
        }

        fn correct(self, position: usize, correction: Correction) -> Read {
            let id = Id(format!("00000{}", self.notes.entries().len()));
            self.with(|read| {
                let stamp = Stamp { id, now: NOW };
                correct_position(&read.document, &read.notes, &read.reading, PositionId(position), correction, stamp)
            })
        }

        fn add(self, words: &str, actor: &str, act: Act) -> Read {
            let stamp = Stamp { id: Id("added0".into()), now: NOW };
            self.with(|read| add_position(&read.document, span(words), actor, act, stamp))
        }

        #[track_caller]
        fn check(&self, expected: &[&str]) {
            let Reading { analysis, verdicts, .. } = &self.reading;
            let told = analysis.positions.iter().zip(verdicts).map(|(position, verdict)| {
                let actor = position.actors.first().map_or("", |actor| analysis.actors[actor.0].id.as_str());
                let verdict = verdict.as_ref().map_or("", |(verdict, _)| verdict.word());
                format!("{actor} {} {verdict}", position.act.word()).trim_end().to_owned()
            });
            assert_eq!(told.collect::<Vec<_>>(), expected);
        }
    }

    const NOW: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

    #[test]
    fn without_corrections_nothing_changes() {
        assert_eq!(read().reading, Reading { analysis: analysis(), verdicts: vec![None; 3], ..Reading::default() });
    }

    #[test]
    fn notes_of_before_the_library_find_the_actor_by_the_id_it_had() {
        let document = document(ARTICLE);
        let notes = "[[actor]]\nid = \"ada-lind\"\nname = \"Ada L.\"\n\n[[position]]\nid = \"aaaaaa\"\nactor = \"town\"\n\
            act = \"warns\"\nquote = \"a new bridge\"\n";
        let notes = Notes::parse(notes, &document).unwrap();
        let mut named = analysis();
        for (actor, name) in named.actors[1..].iter_mut().zip(["Port of Osk", "A. Lind"]) {
            actor.aliases.push(std::mem::replace(&mut actor.name, name.into()));
            actor.id = kebab(name);
        }
        named.actors[1].aliases.push("Town".into());
        let reading = corrected(&document, &named, &notes);
        let actors: Vec<(&str, &str)> =
            reading.analysis.actors.iter().map(|actor| (actor.id.as_str(), actor.name.as_str())).collect();
        assert_eq!(actors[1..], [("port-of-osk", "Port of Osk"), ("ada-lind", "Ada L.")]);
        assert_eq!(reading.analysis.positions[0].actors, [ActorId(1)]);
    }

    #[test]
    fn merged_actors_are_one_everywhere() {
        let actors = analysis().actors;
        let read = read().with(|read| merge_actors(&read.notes, &actors[2], &actors[0], NOW));
        read.check(&["ada-lind demands", "town refuses", "ada-lind says"]);
        let Analysis { actors, positions, .. } = &read.reading.analysis;
        let names: Vec<&str> = actors.iter().map(|actor| actor.name.as_str()).collect();
        assert_eq!(names, ["The town", "Ada Lind"]);
        let mentions: Vec<&str> = actors[1].mentions.iter().map(|mention| mention.span.of(ARTICLE)).collect();
        assert_eq!(mentions, ["Ada Lind", "Lind warned"]);
        assert_eq!(positions[1].addressees, [ActorId(1)]);
    }

    #[test]
    fn a_renamed_actor_keeps_its_old_name_beside() {
        let town = &analysis().actors[1];
        let read = read().with(|read| rename_actor(&read.notes, town, "Town of Osk", NOW));
        let town = &read.reading.analysis.actors[1];
        assert_eq!((town.name.as_str(), town.aliases.as_slice()), ("Town of Osk", ["The town".to_owned()].as_slice()));
    }

    #[test]
    fn positions_are_confirmed_corrected_and_rejected() {
        let read = read().correct(0, Correction::Confirm).correct(1, Correction::Reject);
        let read = read.correct(2, Correction::Act(Act::Warns)).correct(2, Correction::Actor("ada-lind".into()));
        read.check(&["ada-lind demands confirmed", "town refuses rejected", "ada-lind warns corrected"]);
        // What is no position answers nothing.
        assert_eq!(read.reading.analysis.positions[1].answers, []);
        let read = read.correct(0, Correction::Restore).correct(1, Correction::Restore).correct(2, Correction::Restore);
        read.check(&["ada-lind demands", "town refuses", "lind says"]);
        assert!(read.notes.is_empty());
    }

    #[test]
    fn an_answer_follows_the_act() {
        #[track_caller]
        fn check(position: usize, act: Act, expected: Option<How>) {
            let read = read().correct(position, Correction::Act(act));
            let how = read.reading.analysis.positions[1].answers.first().map(|answer| answer.how);
            assert_eq!(how, expected);
        }
        check(1, Act::Accepts, Some(How::Accepts));
        check(1, Act::Says, Some(How::Answers));
        check(1, Act::Demands, None);
        check(0, Act::Offers, Some(How::Rejects));
        check(0, Act::Says, None);
    }

    #[test]
    fn a_second_correction_keeps_what_the_program_read() {
        let read = read().correct(2, Correction::Act(Act::Warns)).correct(2, Correction::Act(Act::Denies));
        read.check(&["ada-lind demands", "town refuses", "lind denies corrected"]);
        let Body::Position(said) = &read.notes.entries()[0].body else { panic!("a position") };
        assert_eq!((said.act, said.was_act, read.notes.entries().len()), (Some(Act::Denies), Some(Act::Says), 1));
    }

    #[test]
    fn an_added_position_stands_in_reading_order() {
        let read = read().add("The town refuses", "town", Act::Denies);
        read.check(&["ada-lind demands", "town denies added", "town refuses", "lind says"]);
        let positions = &read.reading.analysis.positions;
        assert_eq!((positions[1].rule, positions[2].answers[0].position), (READER, PositionId(0)));
        read.correct(1, Correction::Reject).check(&["ada-lind demands", "town refuses", "lind says"]);
    }

    #[test]
    fn what_the_program_finds_by_now_is_not_added_twice() {
        read().add("to pay", "town", Act::Refuses).check(&["ada-lind demands", "town refuses added", "lind says"]);
    }

    #[test]
    fn a_position_that_is_gone_takes_no_correction() {
        let read = read().correct(0, Correction::Reject);
        let mut analysis = analysis();
        analysis.positions[0].content = vec![span("Ada")];
        let reading = corrected(&read.document, &analysis, &read.notes);
        assert_eq!(reading.verdicts, [None, None, None]);
    }
}
