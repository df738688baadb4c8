//! Dependency relations: those of Universal Dependencies, with the subtypes that attributions need.

use crate::analysis::model::words;

/// What a token is to its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Relation {
    Root,
    NominalSubject,
    PassiveSubject,
    ClausalSubject,
    Object,
    IndirectObject,
    Oblique,
    /// "by the court" beside a passive verb.
    Agent,
    /// A noun used as an adverbial, without preposition: "last week".
    ObliqueUnmarked,
    ClausalComplement,
    /// A clause without a subject of its own: "wants to leave".
    OpenComplement,
    AdverbialClause,
    Adverbial,
    NounClause,
    RelativeClause,
    NounModifier,
    NounModifierPossessive,
    NounModifierUnmarked,
    /// A title before a name: "Mayor Lee".
    NounModifierDescriptive,
    Apposition,
    Adjectival,
    Numeral,
    Determiner,
    Case,
    Mark,
    Auxiliary,
    PassiveAuxiliary,
    Copula,
    Conjunct,
    Coordination,
    Compound,
    /// "up" in "give up".
    VerbParticle,
    Flat,
    Fixed,
    Parataxis,
    Discourse,
    Vocative,
    Expletive,
    List,
    Dislocated,
    Orphan,
    GoesWith,
    Reparandum,
    Punctuation,
    Unspecified,
}

words!(Relation {
    Root "root", NominalSubject "nsubj", PassiveSubject "nsubj:pass", ClausalSubject "csubj", Object "obj",
    IndirectObject "iobj", Oblique "obl", Agent "obl:agent", ObliqueUnmarked "obl:unmarked",
    ClausalComplement "ccomp", OpenComplement "xcomp", AdverbialClause "advcl", Adverbial "advmod",
    NounClause "acl", RelativeClause "acl:relcl", NounModifier "nmod", NounModifierPossessive "nmod:poss",
    NounModifierUnmarked "nmod:unmarked", NounModifierDescriptive "nmod:desc", Apposition "appos",
    Adjectival "amod", Numeral "nummod", Determiner "det", Case "case", Mark "mark", Auxiliary "aux",
    PassiveAuxiliary "aux:pass", Copula "cop", Conjunct "conj", Coordination "cc", Compound "compound",
    VerbParticle "compound:prt", Flat "flat", Fixed "fixed", Parataxis "parataxis", Discourse "discourse",
    Vocative "vocative", Expletive "expl", List "list", Dislocated "dislocated", Orphan "orphan",
    GoesWith "goeswith", Reparandum "reparandum", Punctuation "punct", Unspecified "dep",
});

impl Relation {
    /// Returns the relation of a number below [`Relation::ALL`]'s length; [`Relation::Unspecified`] otherwise.
    pub fn of_index(index: usize) -> Relation {
        Relation::ALL.get(index).copied().unwrap_or(Relation::Unspecified)
    }

    /// A nominal or clausal subject, active or passive.
    pub fn is_subject(self) -> bool {
        matches!(self, Relation::NominalSubject | Relation::PassiveSubject | Relation::ClausalSubject)
    }

    /// A clause that completes its verb: `ccomp` or `xcomp`.
    pub fn is_complement(self) -> bool {
        matches!(self, Relation::ClausalComplement | Relation::OpenComplement)
    }
}
