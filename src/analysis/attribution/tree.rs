//! The words of a document with their sentence trees and quotations, as the rules ask for them.
//!
//! Everything is an index of a token; spans of text appear only when an attribution is finished.

use std::borrow::Cow;
use std::ops::Range;

use crate::analysis::lemma::lemma;
use crate::analysis::quotation::Quotation;
use crate::analysis::relation::Relation;
use crate::analysis::syntax::parser::Parse;
use crate::analysis::tag::Tag;
use crate::analysis::token::Token;
use crate::text::Span;

pub struct Tree<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub quotations: &'a [Quotation],
    parse: &'a Parse,
    lemmas: Vec<Cow<'a, str>>,
    /// The tokens of each sentence.
    sentences: Vec<Range<usize>>,
    /// The quotation each token stands in, its marks included.
    quoted: Vec<Option<usize>>,
    /// The block of each sentence.
    blocks: Vec<usize>,
}

/// A run of tokens.
pub type Run = Range<usize>;

impl<'a> Tree<'a> {
    /// `blocks` holds the block of each sentence.
    pub fn new(
        text: &'a str,
        tokens: &'a [Token],
        parse: &'a Parse,
        quotations: &'a [Quotation],
        blocks: Vec<usize>,
    ) -> Tree<'a> {
        let lemmas = (0..tokens.len()).map(|at| lemma(tokens[at].of(text), parse.tags[at])).collect();
        Tree {
            text,
            tokens,
            quotations,
            lemmas,
            sentences: sentences(tokens, blocks.len()),
            quoted: quoted(tokens, quotations),
            blocks,
            parse,
        }
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Returns a word as it is written; behind the last one nothing is.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    pub fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    pub fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    pub fn lemma(&self, at: usize) -> &str {
        &self.lemmas[at]
    }

    pub fn tag(&self, at: usize) -> Tag {
        self.parse.tags[at]
    }

    pub fn relation(&self, at: usize) -> Relation {
        self.parse.relations[at]
    }

    pub fn head(&self, at: usize) -> Option<usize> {
        self.parse.heads[at]
    }

    pub fn children(&self, at: usize) -> &[usize] {
        self.parse.children(at)
    }

    /// Returns the first child with one of these relations.
    pub fn child(&self, at: usize, relations: &[Relation]) -> Option<usize> {
        self.children(at).iter().copied().find(|&child| relations.contains(&self.relation(child)))
    }

    /// Returns whether a child with this relation is this word.
    pub fn has_child(&self, at: usize, relation: Relation, words: &[&str]) -> bool {
        self.children(at).iter().any(|&child| self.relation(child) == relation && self.is_any(child, words))
    }

    /// Returns the tokens of the sentence a token stands in.
    pub fn sentence(&self, at: usize) -> Run {
        self.sentences[self.tokens[at].sentence].clone()
    }

    /// Returns the sentences as runs of tokens; one without words is empty.
    pub fn sentences(&self) -> &[Run] {
        &self.sentences
    }

    /// Returns the block a token stands in.
    pub fn block(&self, at: usize) -> usize {
        self.blocks[self.tokens[at].sentence]
    }

    /// Returns the quotation a token stands in, its marks included.
    pub fn quotation(&self, at: usize) -> Option<usize> {
        self.quoted[at]
    }

    /// Returns whether a token stands in somebody's quoted speech, not merely in a quoted word or two.
    pub fn in_speech(&self, at: usize) -> bool {
        self.quoted[at].is_some_and(|quotation| !self.quotations[quotation].is_scare(self.text))
    }

    /// Returns the tokens of a quotation, its marks included.
    pub fn run_of(&self, quotation: usize) -> Run {
        let span = self.quotations[quotation].span;
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    pub fn is_punctuation(&self, at: usize) -> bool {
        !self.word(at).contains(char::is_alphanumeric)
    }

    pub fn is_comma(&self, at: usize) -> bool {
        self.is(at, ",")
    }

    /// Returns the tokens below a token and itself, in reading order, without the subtrees that `stop` names.
    pub fn subtree(&self, top: usize, stop: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![top];
        while let Some(at) = open.pop() {
            found.push(at);
            open.extend(self.children(at).iter().copied().filter(|&child| !stop(child)));
        }
        found.sort_unstable();
        found
    }

    /// Returns the prepositions and conjunctions that introduce a phrase or clause, in lower case.
    pub fn introducers(&self, at: usize) -> impl Iterator<Item = String> + '_ {
        let introduces = |&&child: &&usize| matches!(self.relation(child), Relation::Case | Relation::Mark);
        self.children(at).iter().filter(introduces).map(|&child| self.word(child).to_ascii_lowercase())
    }

    pub fn introduced_by(&self, at: usize, words: &[&str]) -> bool {
        self.introducers(at).any(|introducer| words.contains(&introducer.as_str()))
    }

    /// Returns the stretch of text from the first to the last token of a run.
    pub fn span(&self, run: &Run) -> Span {
        self.tokens[run.start].span.join(self.tokens[run.end.max(run.start + 1) - 1].span)
    }

    /// Returns the tokens that touch a span.
    pub fn tokens_in(&self, span: Span) -> Run {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// Returns whether a verb is an infinitive or a gerund that completes another word: "to contemplate ruling out".
    pub fn is_bare_complement(&self, verb: usize) -> bool {
        let bare = matches!(self.tag(verb), Tag::Verb | Tag::Gerund)
            && self.child(verb, &[Relation::Auxiliary, Relation::NominalSubject]).is_none();
        bare && matches!(
            self.relation(verb),
            Relation::OpenComplement | Relation::ClausalComplement | Relation::NounClause | Relation::AdverbialClause
        )
    }

    /// Returns the form of "be" or "get" that makes a participle passive.
    pub fn passive_auxiliary(&self, verb: usize) -> Option<usize> {
        self.child(verb, &[Relation::PassiveAuxiliary])
            .filter(|&at| matches!(self.lemma(at), "be" | "get" | "'s" | "’s"))
    }

    /// Returns whether a sentence has a verb form of "be" or "get" that makes a participle passive.
    pub fn is_passive(&self, verb: usize) -> bool {
        // "has said" is active even where the parser takes its subject for a passive one.
        let perfect =
            self.has_child(verb, Relation::Auxiliary, &["has", "have", "had", "'s", "’s", "'ve", "’ve", "having"]);
        // A name at the head of a sentence is taken for an auxiliary now and then.
        let passive = self.passive_auxiliary(verb).is_some();
        self.tag(verb) == Tag::PastParticiple
            && (passive || !perfect && self.child(verb, &[Relation::PassiveSubject]).is_some())
    }
}

fn sentences(tokens: &[Token], count: usize) -> Vec<Run> {
    let mut runs = vec![0..0; count];
    for (at, token) in tokens.iter().enumerate() {
        let run = &mut runs[token.sentence];
        if run.start == run.end {
            *run = at..at;
        }
        run.end = at + 1;
    }
    runs
}

fn quoted(tokens: &[Token], quotations: &[Quotation]) -> Vec<Option<usize>> {
    let mut next = 0;
    let quotation_of = |token: &Token| {
        while next < quotations.len() && quotations[next].span.end <= token.span.start {
            next += 1;
        }
        (next < quotations.len() && quotations[next].span.overlaps(token.span)).then_some(next)
    };
    tokens.iter().map(quotation_of).collect()
}

/// Joins sorted tokens into runs, closing holes that hold nothing but punctuation.
pub fn runs(tree: &Tree, tokens: &[usize]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &at in tokens {
        match runs.last_mut() {
            Some(last) if at < last.end => {}
            Some(last) if at - last.end <= 2 && (last.end..at).all(|hole| tree.is_punctuation(hole)) => {
                last.end = at + 1
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Takes commas, colons, dashes and full stops off both ends of a run; quotation marks stay.
pub fn trim(tree: &Tree, mut run: Run) -> Run {
    let loose = |at: usize| matches!(tree.word(at), "," | "." | ":" | ";" | "-" | "--" | "—" | "–");
    while run.start < run.end && loose(run.start) {
        run.start += 1;
    }
    while run.start < run.end && loose(run.end - 1) && tree.quotation(run.end - 1).is_none() {
        run.end -= 1;
    }
    run
}
