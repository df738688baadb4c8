//! What an actor is called where there is little room: in the article's own words, never by an abbreviation of ours.

use std::collections::HashMap;

use super::exchange::party;
use crate::analysis::{Actor, ActorId, ActorKind, Analysis, Form};
use crate::document::Document;

/// Returns the short name of every actor.
pub fn short_names(document: &Document, analysis: &Analysis) -> Vec<String> {
    let mut own_words = HashMap::new();
    let mut names = Vec::new();
    for (index, actor) in analysis.actors.iter().enumerate() {
        let above = party(analysis, ActorId(index));
        names.push(match actor.kind {
            ActorKind::Person => person(document, actor),
            _ if above.0 != index => {
                let party = &analysis.actors[above.0];
                let words = own_words.entry(above).or_insert_with(|| words_for(document, party));
                without_party(&actor.name, words)
            }
            _ => abbreviation(actor).unwrap_or(&actor.name).to_owned(),
        });
    }
    names
}

/// A person by the word of the name that the article ends its mentions with most often ("Mr. Kim"), else by the last;
/// a misspelt mention counts for none. Who has no name is called as the article does.
fn person(document: &Document, actor: &Actor) -> String {
    let words: Vec<&str> = actor.name.split_whitespace().collect();
    let is_name = |word: &&&str| word.starts_with(char::is_uppercase) && !word.ends_with('.');
    let mut names: Vec<(usize, &str)> = words.iter().filter(is_name).map(|word| (0, *word)).collect();
    if words.last().is_none_or(|last| !last.starts_with(char::is_uppercase)) {
        return actor.name.clone();
    }
    for mention in &actor.mentions {
        let last = mention.span.of(&document.text).split_whitespace().next_back().map(without_possessive);
        if let Some((count, _)) = names.iter_mut().find(|(_, name)| Some(*name) == last) {
            *count += 1;
        }
    }
    // Of equals the last: a family name as a rule.
    names.iter().max_by_key(|(count, _)| *count).map_or_else(|| actor.name.clone(), |(_, name)| (*name).to_owned())
}

/// A body or group of a party without the party's name before it: "Iceland’s foreign ministry" under Iceland.
fn without_party(name: &str, party_words: &[String]) -> String {
    let rest = party_words.iter().filter_map(|words| {
        let rest = name.get(words.len()..).filter(|_| name.starts_with(words.as_str()))?;
        rest.strip_prefix("’s ").or_else(|| rest.strip_prefix("'s ")).or_else(|| rest.strip_prefix(' '))
    });
    rest.filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len()).unwrap_or(name).to_owned()
}

/// Returns how the article calls a party: its name and its adjective.
fn words_for(document: &Document, party: &Actor) -> Vec<String> {
    let forms = party.mentions.iter().filter(|mention| matches!(mention.form, Form::Name | Form::Adjective));
    let mut words: Vec<String> = forms
        .map(|mention| without_possessive(mention.span.of(&document.text)).to_owned())
        .chain([party.name.clone()])
        .collect();
    words.sort();
    words.dedup();
    words
}

/// Returns an alias in capitals alone: "EU", "U.S.".
fn abbreviation(actor: &Actor) -> Option<&str> {
    let capitals = |alias: &&str| {
        alias.chars().filter(|c| c.is_uppercase()).count() > 1 && alias.chars().all(|c| c.is_uppercase() || c == '.')
    };
    actor.aliases.iter().map(String::as_str).filter(capitals).min_by_key(|alias| alias.len())
}

fn without_possessive(word: &str) -> &str {
    let word = word.trim_end_matches(['’', '\'']);
    word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Mention;
    use crate::text::Span;

    /// Kind, name, aliases, and how the text mentions it.
    type Case<'a> = (ActorKind, &'a str, &'a [&'a str], &'a [(&'a str, Form)]);

    /// All actors speak for the first.
    #[track_caller]
    fn check(text: &str, actors: &[Case], short: &[&str]) {
        let document = Document::read("talks.txt", text.as_bytes().to_vec(), None);
        let actors = actors.iter().enumerate().map(|(index, (kind, name, aliases, mentions))| Actor {
            id: index.to_string(),
            name: (*name).to_owned(),
            kind: *kind,
            role: None,
            acts_for: (index > 0).then_some(ActorId(0)),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            mentions: mentions.iter().flat_map(|(words, form)| all(text, words, *form)).collect(),
        });
        let analysis = Analysis { actors: actors.collect(), ..Analysis::default() };
        assert_eq!(short_names(&document, &analysis), short);
    }

    fn all(text: &str, words: &str, form: Form) -> Vec<Mention> {
        text.match_indices(words).map(|(at, w)| Mention { span: Span::new(at, at + w.len()), form }).collect()
    }

    #[test]
    fn people_are_called_as_the_article_calls_them() {
        check(
            "Malta sent Nina Okoro-Vale. Ms. Okorovale spoke. Choe Yong-su spoke; Mr. Choe left. Mr. Choe’s aide stayed.",
            &[
                (ActorKind::State, "Malta", &["Valletta"], &[("Malta", Form::Name)]),
                (ActorKind::Person, "Nina Okoro-Vale", &["Ms. Okorovale"], &[("Ms. Okorovale", Form::Name)]),
                (ActorKind::Person, "Choe Yong-su", &[], &[("Choe Yong-su", Form::Name), ("Mr. Choe", Form::Name)]),
                (ActorKind::Person, "aide", &[], &[("aide", Form::Title)]),
            ],
            &["Malta", "Okoro-Vale", "Choe", "aide"],
        );
    }

    #[test]
    fn bodies_drop_the_name_of_their_party() {
        check(
            "Malta and Maltese officials. Malta’s port authority.",
            &[
                (ActorKind::State, "Malta", &["M.T."], &[("Malta", Form::Name), ("Maltese", Form::Adjective)]),
                (ActorKind::Group, "Maltese officials", &[], &[]),
                (ActorKind::Organisation, "Malta’s port authority", &[], &[]),
                (ActorKind::Organisation, "Harbour Police", &[], &[]),
            ],
            &["M.T.", "officials", "port authority", "Harbour Police"],
        );
    }
}
