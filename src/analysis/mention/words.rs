//! The tokens of a document with the questions that finding mentions asks of them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::lexicon::{Lexicon, PartyId, Sense, Sort, Sorts, Stands};
use crate::analysis::{Parse, Relation, Tag, Token};
use crate::document::{BlockKind, Document};
use crate::text::Span;

/// Where in the document a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    Body,
    /// A heading: what it names counts, when the body names it too.
    Heading,
    /// A byline, caption or dateline: nothing here is a mention.
    Credit,
}

pub struct Words<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub lexicon: &'a Lexicon,
    parse: &'a Parse,
    zones: Vec<Zone>,
    looks: Vec<Look<'a>>,
    /// The words that the text writes without a capital somewhere.
    small: HashSet<&'a str>,
    /// The words that it writes with a capital inside a sentence.
    large: HashSet<&'a str>,
    /// The words that it writes with a capital anywhere but in a heading.
    named: HashSet<&'a str>,
    /// The words with a capital and the numbers behind them that do something or own something: "Kanal 6 said".
    numbered: HashSet<(&'a str, &'a str)>,
}

impl<'a> Words<'a> {
    pub fn new(document: &'a Document, tokens: &'a [Token], parse: &'a Parse, lexicon: &'a Lexicon) -> Words<'a> {
        let text = &*document.text;
        let looks = tokens.iter().map(|token| Look::new(text, *token, lexicon)).collect();
        let written = tokens.iter().map(|token| token.of(text));
        let small = written.filter(|word| word.starts_with(char::is_lowercase)).collect();
        let zones = zones(tokens, document);
        let inside = (1..tokens.len()).filter(|&at| {
            tokens[at - 1].sentence == tokens[at].sentence
                && !opens_quote(tokens[at - 1].of(text))
                && zones[at] == Zone::Body
        });
        let large = inside.map(|at| tokens[at].of(text)).filter(|word| word.starts_with(char::is_uppercase)).collect();
        let body = (0..tokens.len()).filter(|&at| zones[at] == Zone::Body).map(|at| tokens[at].of(text));
        let named = body.filter(|word| word.starts_with(char::is_uppercase)).collect();
        let numbered = HashSet::new();
        let mut words = Words { text, tokens, lexicon, parse, zones, looks, small, large, named, numbered };
        let acts = (1..tokens.len()).filter(|&at| {
            let owns = || words.lower(at + 1) == "'s";
            words.tag(at) == Tag::Number && words.capitalised(at - 1) && (words.tag(at + 1).is_finite() || owns())
        });
        words.numbered = acts.map(|at| (words.word(at - 1), words.word(at))).collect();
        words
    }

    /// Returns whether the number at a place is part of the name before it, here or elsewhere.
    pub fn is_numbered(&self, at: usize) -> bool {
        at > 0 && self.numbered.contains(&(self.word(at - 1), self.word(at)))
    }

    pub fn count(&self) -> usize {
        self.tokens.len()
    }

    /// Returns the word as written; past either end of the document it is empty.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    pub fn lower(&self, at: usize) -> &str {
        self.looks.get(at).map_or("", |look| &look.lower)
    }

    pub fn zone(&self, at: usize) -> Zone {
        self.zones.get(at).copied().unwrap_or(Zone::Credit)
    }

    pub fn span(&self, tokens: &Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }

    /// Returns the words of a range, joined by single spaces as far as the text has any.
    pub fn phrase(&self, tokens: &Range<usize>) -> String {
        self.span(tokens).of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns whether two tokens stand in one sentence.
    pub fn together(&self, a: usize, b: usize) -> bool {
        match (self.tokens.get(a), self.tokens.get(b)) {
            (Some(a), Some(b)) => a.sentence == b.sentence,
            _ => false,
        }
    }

    pub fn starts_sentence(&self, at: usize) -> bool {
        at == 0 || !self.together(at - 1, at) || (at >= 1 && opens_quote(self.word(at - 1)))
    }

    /// Returns whether a token follows the one before it without white space.
    pub fn glued(&self, at: usize) -> bool {
        at > 0 && at < self.count() && self.tokens[at - 1].span.end == self.tokens[at].span.start
    }

    pub fn is(&self, sort: Sort, at: usize) -> bool {
        self.looks.get(at).is_some_and(|look| look.sorts.contains(sort))
    }

    /// Returns whether the word is of a sort that is listed in lower case, however it is written here.
    pub fn is_any_case(&self, sort: Sort, at: usize) -> bool {
        self.looks.get(at).is_some_and(|look| look.lower_sorts.contains(sort))
    }

    pub fn capitalised(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Returns whether the text writes the same word without a capital elsewhere.
    pub fn is_written_small(&self, at: usize) -> bool {
        self.small.contains(self.lower(at))
    }

    /// Returns whether the text writes the same word with a capital where no sentence begins.
    pub fn is_written_large(&self, at: usize) -> bool {
        self.large.contains(self.word(at))
    }

    /// Returns whether the text itself, below its headings, writes the same word with a capital.
    pub fn is_named(&self, at: usize) -> bool {
        self.named.contains(self.word(at))
    }

    /// A word of letters without a capital.
    pub fn small(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_lowercase)
    }

    /// "J." or "J.-P.", but not "U.S."
    pub fn initial(&self, at: usize) -> bool {
        let word = self.word(at);
        let short = word.ends_with('.') && word.chars().filter(|c| c.is_alphabetic()).count() <= 2;
        short && self.capitalised(at) && self.phrase_at(at).is_none()
    }

    /// "NATO", "UK": capitals only, at least two.
    pub fn acronym(&self, at: usize) -> bool {
        let word = self.word(at);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || ".-&".contains(c))
    }

    pub fn tag(&self, at: usize) -> Tag {
        self.parse.tags.get(at).copied().unwrap_or(Tag::Unknown)
    }

    pub fn possessive(&self, at: usize) -> bool {
        matches!(self.lower(at), "'s" | "'") && self.glued(at)
    }

    /// An article, a demonstrative or a possessive pronoun.
    pub fn determiner(&self, at: usize) -> bool {
        matches!(self.tag(at), Tag::Determiner | Tag::PossessivePronoun | Tag::WhPossessive)
            || self.is_any_case(Sort::Indefinite, at)
            || self.lower(at) == "the"
    }

    pub fn possessive_pronoun(&self, at: usize) -> bool {
        matches!(self.tag(at), Tag::PossessivePronoun | Tag::WhPossessive)
    }

    /// Returns whether a word may stand between an article and a noun.
    pub fn is_noun_modifier(&self, at: usize) -> bool {
        let tag = self.tag(at);
        let hyphen = self.word(at) == "-" && self.glued(at) && self.glued(at + 1);
        let number = tag == Tag::Number;
        let capital = self.capitalised(at) && !self.is(Sort::Kin, at) && !self.starts_sentence(at) && !number;
        let noun = tag.is_adjective() || matches!(tag, Tag::Noun | Tag::Nouns | Tag::Number);
        // "elected officials", but not "had rallied supporters".
        let noun = noun || (tag == Tag::PastParticiple && self.parse.relations[at] == Relation::Adjectival);
        let listed = self.is_any_case(Sort::Modifier, at) && !tag.is_verb() && tag != Tag::Conjunction;
        // The first half of a compound, whatever it is: "Forty-two farmers".
        let half = self.word(at + 1) == "-" && self.glued(at + 1) && self.glued(at + 2);
        hyphen || half || listed || (noun && !capital) || self.is(Sort::Kin, at)
    }

    /// Returns the end of what makes unnamed people a source: "familiar with the matter", "with knowledge of the plan".
    pub fn acquaintance(&self, at: usize) -> Option<usize> {
        let with = usize::from(self.lower(at) == "with");
        let modifiers = (at + with..self.count()).take_while(|&at| with > 0 && self.tag(at).is_adjective()).take(2);
        let word = at + with + modifiers.count();
        let preposition = matches!(self.tag(word + 1), Tag::Preposition | Tag::To);
        if !self.is_any_case(Sort::Acquainted, word) || !preposition || !self.together(at, word + 2) {
            return None;
        }
        let first = word + 2 + usize::from(self.determiner(word + 2));
        let inside =
            |next: &usize| self.together(at, *next) && (self.is_noun_modifier(*next) || self.tag(*next).is_noun());
        let end = first + (first..self.count()).take_while(inside).take(6).count();
        (end > first).then_some(end)
    }

    /// Returns whether a noun only modifies the one after it.
    pub fn in_compound(&self, at: usize) -> bool {
        self.parse.relations[at] == Relation::Compound
    }

    /// Returns the token of a range on which the others depend.
    pub fn top(&self, tokens: &Range<usize>) -> usize {
        let outside = |&at: &usize| self.parse.heads[at].is_none_or(|head| !tokens.contains(&head));
        tokens.clone().find(outside).unwrap_or(tokens.end - 1)
    }

    /// Returns whether the noun in a range does something or has something done to it: the subject of a verb.
    pub fn subject(&self, tokens: &Range<usize>) -> bool {
        let (_, relation) = self.standing(self.top(tokens));
        relation.is_subject() || relation == Relation::Agent
    }

    /// Returns what a token is to its head; what is joined to another stands as that one does.
    fn standing(&self, token: usize) -> (usize, Relation) {
        let mut at = token;
        for _ in 0..4 {
            match (self.parse.relations[at], self.parse.heads[at]) {
                (Relation::Conjunct | Relation::Apposition | Relation::Flat, Some(head))
                    if self.tag(head).is_noun() =>
                {
                    at = head
                }
                (relation, _) => return (at, relation),
            }
        }
        (at, self.parse.relations[at])
    }

    /// Returns whether a capital stands where a party can: a subject, an owner, after a preposition that is not of place.
    pub fn stands_for_party(&self, tokens: &Range<usize>) -> bool {
        let before = tokens.start.checked_sub(1).unwrap_or(usize::MAX);
        if self.is_any_case(Sort::PlaceWord, before) || self.names_place_after(tokens.end) {
            return false;
        }
        if self.possessive(tokens.end) {
            return true;
        }
        let (top, relation) = self.standing(self.top(tokens));
        let case = self.parse.child_by(top, Relation::Case).filter(|&case| case < top);
        let placed = case.is_some_and(|case| self.is_any_case(Sort::PlaceWord, case));
        match relation {
            _ if placed => false,
            Relation::Oblique | Relation::NounModifier => {
                let noun = self.parse.heads[top].is_some_and(|head| self.tag(head).is_noun());
                match case.map_or("", |case| self.lower(case)) {
                    "to" | "from" => noun,
                    "of" | "" => false,
                    _ => true,
                }
            }
            Relation::Object | Relation::IndirectObject | Relation::Agent => true,
            relation => relation.is_subject(),
        }
    }

    /// "Oslo, Norway", "Washington, D.C."
    fn names_place_after(&self, at: usize) -> bool {
        let place = |sense| matches!(sense, Sense::Region | Sense::Place | Sense::Party(_, Stands::Name));
        self.word(at) == "," && self.word(at + 1).starts_with("D.C")
            || self.word(at) == ","
                && self.phrase_at(at + 1).is_some_and(|(_, sense)| place(sense))
                && matches!(self.word(at + 2), "," | "." | ")")
    }

    /// Returns the phrase of the lexicon that begins at a token, as tokens.
    pub fn phrase_at(&self, at: usize) -> Option<(Range<usize>, Sense)> {
        let (end, sense) = self.looks.get(at)?.phrase?;
        Some((at..self.token_end(at, end), sense))
    }

    /// Returns the office of several words that begins at a token.
    pub fn office_at(&self, at: usize) -> Option<(Range<usize>, Option<PartyId>)> {
        let (end, of) = self.looks.get(at)?.office?;
        Some((at..self.token_end(at, end), of))
    }

    /// Returns the index after the last token that begins before a byte.
    fn token_end(&self, at: usize, byte: usize) -> usize {
        let inside = self.tokens[at..].iter().take_while(|token| token.span.start < byte).count();
        at + inside.max(1)
    }
}

/// What the lexicon says of one token, asked once.
struct Look<'a> {
    /// In lower case with straight apostrophes.
    lower: Cow<'a, str>,
    sorts: Sorts,
    lower_sorts: Sorts,
    /// Where the phrase that begins here ends, in bytes, and its sense.
    phrase: Option<(usize, Sense)>,
    office: Option<(usize, Option<PartyId>)>,
}

impl<'a> Look<'a> {
    fn new(text: &'a str, token: Token, lexicon: &Lexicon) -> Look<'a> {
        let word = token.of(text);
        let plain = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let lower = if plain { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase().replace('’', "'")) };
        let sorts = lexicon.sorts(word);
        let lower_sorts = if plain { sorts } else { lexicon.sorts(&lower) };
        let start = token.span.start;
        let (phrase, office) = (lexicon.phrase_at(text, start), lexicon.office_at(text, start));
        Look { lower, sorts, lower_sorts, phrase, office }
    }
}

fn opens_quote(word: &str) -> bool {
    matches!(word, "“" | "\"" | "``" | "‘" | "(" | "[" | "—" | ":")
}

fn zones(tokens: &[Token], document: &Document) -> Vec<Zone> {
    let mut blocks = document.blocks.iter().peekable();
    let dateline = document.metadata.dateline.as_ref().map(|(_, span)| *span);
    let mut zones = Vec::with_capacity(tokens.len());
    for token in tokens {
        while blocks.peek().is_some_and(|block| block.span.end <= token.span.start) {
            blocks.next();
        }
        let kind = blocks.peek().map(|block| block.kind);
        zones.push(match kind {
            _ if dateline.is_some_and(|dateline| dateline.overlaps(token.span)) => Zone::Credit,
            Some(BlockKind::Credit | BlockKind::Preformatted | BlockKind::Rule) => Zone::Credit,
            Some(BlockKind::Heading(_)) => Zone::Heading,
            _ => Zone::Body,
        });
    }
    zones
}
