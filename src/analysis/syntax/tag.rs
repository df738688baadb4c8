//! Parts of speech: the tags of the Penn Treebank as the Universal Dependencies English treebanks use them.

use crate::analysis::model::words;

/// The part of speech of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tag {
    /// Coordinating.
    Conjunction,
    Number,
    Determiner,
    /// Existential "there".
    Existential,
    ForeignWord,
    /// Preposition or subordinating conjunction.
    Preposition,
    Adjective,
    Comparative,
    Superlative,
    ListMarker,
    Modal,
    Noun,
    Nouns,
    ProperNoun,
    ProperNouns,
    Predeterminer,
    /// The possessive "'s".
    Possessive,
    Pronoun,
    PossessivePronoun,
    Adverb,
    ComparativeAdverb,
    SuperlativeAdverb,
    /// A particle: "up" in "give up".
    Particle,
    Symbol,
    To,
    Interjection,
    /// Base form.
    Verb,
    Past,
    /// Gerund or present participle.
    Gerund,
    PastParticiple,
    /// Present tense, not third person singular.
    Present,
    ThirdPerson,
    WhDeterminer,
    WhPronoun,
    WhPossessive,
    WhAdverb,
    Comma,
    Stop,
    Colon,
    OpenBracket,
    CloseBracket,
    OpenQuote,
    CloseQuote,
    Dollar,
    Hyphen,
    /// Other punctuation.
    Ornament,
    /// A part of a word that was written apart.
    GoesWith,
    Address,
    Affix,
    Unknown,
}

words!(Tag {
    Conjunction "CC", Number "CD", Determiner "DT", Existential "EX", ForeignWord "FW", Preposition "IN", Adjective "JJ", Comparative "JJR",
    Superlative "JJS", ListMarker "LS", Modal "MD", Noun "NN", Nouns "NNS", ProperNoun "NNP", ProperNouns "NNPS",
    Predeterminer "PDT", Possessive "POS", Pronoun "PRP", PossessivePronoun "PRP$", Adverb "RB",
    ComparativeAdverb "RBR", SuperlativeAdverb "RBS", Particle "RP", Symbol "SYM", To "TO", Interjection "UH",
    Verb "VB", Past "VBD", Gerund "VBG", PastParticiple "VBN", Present "VBP", ThirdPerson "VBZ", WhDeterminer "WDT",
    WhPronoun "WP", WhPossessive "WP$", WhAdverb "WRB", Comma ",", Stop ".", Colon ":", OpenBracket "-LRB-",
    CloseBracket "-RRB-", OpenQuote "``", CloseQuote "''", Dollar "$", Hyphen "HYPH", Ornament "NFP",
    GoesWith "GW", Address "ADD", Affix "AFX", Unknown "XX",
});

impl Tag {
    /// Returns the tag of a number below [`Tag::ALL`]'s length; [`Tag::Unknown`] otherwise.
    pub fn of_index(index: usize) -> Tag {
        Tag::ALL.get(index).copied().unwrap_or(Tag::Unknown)
    }

    /// Any form of a verb, modals apart.
    pub fn is_verb(self) -> bool {
        (Tag::Verb..=Tag::ThirdPerson).contains(&self)
    }

    /// A verb form that can be a clause's only verb.
    pub fn is_finite(self) -> bool {
        matches!(self, Tag::Past | Tag::Present | Tag::ThirdPerson | Tag::Modal)
    }

    /// A common or proper noun.
    pub fn is_noun(self) -> bool {
        (Tag::Noun..=Tag::ProperNouns).contains(&self)
    }

    pub fn is_proper(self) -> bool {
        matches!(self, Tag::ProperNoun | Tag::ProperNouns)
    }

    pub fn is_plural(self) -> bool {
        matches!(self, Tag::Nouns | Tag::ProperNouns)
    }

    /// A personal or possessive pronoun.
    pub fn is_pronoun(self) -> bool {
        matches!(self, Tag::Pronoun | Tag::PossessivePronoun)
    }

    /// A question or relative word.
    pub fn is_wh(self) -> bool {
        (Tag::WhDeterminer..=Tag::WhAdverb).contains(&self)
    }

    pub fn is_adjective(self) -> bool {
        (Tag::Adjective..=Tag::Superlative).contains(&self)
    }

    pub fn is_adverb(self) -> bool {
        (Tag::Adverb..=Tag::SuperlativeAdverb).contains(&self)
    }

    pub fn is_punctuation(self) -> bool {
        matches!(
            self,
            Tag::Comma
                | Tag::Stop
                | Tag::Colon
                | Tag::OpenBracket
                | Tag::CloseBracket
                | Tag::OpenQuote
                | Tag::CloseQuote
                | Tag::Hyphen
                | Tag::Ornament
        )
    }
}
