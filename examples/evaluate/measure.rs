//! How well what was found agrees with what people marked.
//!
//! An attribution is **found** when its content shares at least half of all its words with a marked one's, one to one,
//! the best pairs first. It is **attributed** when the sources share a word, too, or both have none.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::AddAssign;

use crate::corpus::{Article, Attribution, Prediction};
use crate::words::{Set, Words, quoted};

/// What is counted of what. The order is that of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    Found,
    Attributed,
    /// The sources are the same words.
    SameSource,
    /// Half of the shorter content is enough.
    FoundLoosely,
    AttributedLoosely,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    All,
    /// By how much of the content stands in quotation marks.
    Direct,
    Mixed,
    Indirect,
    Act(String),
}

/// Hits among predictions and among what people marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub right: usize,
    pub predicted: usize,
    pub hit: usize,
    pub gold: usize,
}

impl Count {
    pub fn precision(self) -> Option<f64> {
        (self.predicted > 0).then(|| self.right as f64 / self.predicted as f64)
    }

    pub fn recall(self) -> Option<f64> {
        (self.gold > 0).then(|| self.hit as f64 / self.gold as f64)
    }

    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision().unwrap_or_default(), self.recall().unwrap_or_default());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// All counts of an article, or of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(pub BTreeMap<(Part, Measure), Count>);

impl Tally {
    pub fn of(&self, part: Part, measure: Measure) -> Count {
        self.0.get(&(part, measure)).copied().unwrap_or_default()
    }

    fn count(&mut self, part: Part, measure: Measure) -> &mut Count {
        self.0.entry((part, measure)).or_default()
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        for (key, add) in &other.0 {
            let count = self.0.entry(key.clone()).or_default();
            count.right += add.right;
            count.predicted += add.predicted;
            count.hit += add.hit;
            count.gold += add.gold;
        }
    }
}

/// What became of a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Most of it is not to be counted.
    Ignored,
    Spurious,
    /// Found, but said by somebody else; the number is that of the marked attribution.
    WrongSource(usize),
    Right,
}

/// An article measured.
#[derive(Debug)]
pub struct Measured {
    pub tally: Tally,
    /// One for each prediction.
    pub fates: Vec<Fate>,
    /// The numbers of the marked attributions that were not found.
    pub missed: Vec<usize>,
}

/// Measures what was predicted of an article.
pub fn measure(article: &Article, predictions: &[Prediction]) -> Measured {
    let text: Vec<char> = article.text.chars().collect();
    let words = Words::new(&text);
    let dead = words.within(&article.discard);
    let in_quotes = words.within(&quoted(&text));
    let unit = |(number, attribution)| Unit::new(number, attribution, &words, &dead, &in_quotes);
    let gold: Vec<Unit> = article.attributions.iter().enumerate().filter_map(unit).collect();
    let counted = |prediction: &&Prediction| !is_dead(&words.within(&prediction.attribution.content), &dead);
    let wanted = predictions.iter().enumerate().filter(|(_, prediction)| counted(prediction));
    let predicted: Vec<Unit> =
        wanted.map(|(number, prediction)| (number, &prediction.attribution)).filter_map(unit).collect();

    let mut tally = Tally::default();
    let mut fates = vec![Fate::Ignored; predictions.len()];
    predicted.iter().for_each(|unit| fates[unit.number] = Fate::Spurious);
    let strict = pairs(&predicted, &gold, |shared, p, g| shared as f64 / (p + g - shared) as f64);
    let loose = pairs(&predicted, &gold, |shared, p, g| shared as f64 / p.min(g) as f64);
    for (measure, pairs, test) in [
        (Measure::Found, &strict, Unit::is_any as Test),
        (Measure::Attributed, &strict, Unit::agrees),
        (Measure::SameSource, &strict, Unit::has_same_source),
        (Measure::FoundLoosely, &loose, Unit::is_any),
        (Measure::AttributedLoosely, &loose, Unit::agrees),
    ] {
        predicted.iter().flat_map(Unit::parts).for_each(|part| tally.count(part, measure).predicted += 1);
        gold.iter().flat_map(Unit::parts).for_each(|part| tally.count(part, measure).gold += 1);
        for (p, g) in pairs.iter().map(|&(p, g)| (&predicted[p], &gold[g])).filter(|(p, g)| test(p, g)) {
            p.parts().for_each(|part| tally.count(part, measure).right += 1);
            g.parts().for_each(|part| tally.count(part, measure).hit += 1);
        }
    }
    for &(p, g) in &strict {
        let (p, g) = (&predicted[p], &gold[g]);
        fates[p.number] = if p.agrees(g) { Fate::Right } else { Fate::WrongSource(g.number) };
    }
    let found: BTreeSet<usize> = strict.iter().map(|&(_, g)| g).collect();
    let missed = (0..gold.len()).filter(|g| !found.contains(g)).map(|g| gold[g].number).collect();
    Measured { tally, fates, missed }
}

type Test = fn(&Unit, &Unit) -> bool;

fn is_dead(content: &Set, dead: &Set) -> bool {
    !content.is_empty() && content.intersection(dead).count() * 2 >= content.len()
}

/// An attribution as sets of words.
struct Unit {
    number: usize,
    source: Set,
    content: Set,
    class: Part,
    act: Option<String>,
}

impl Unit {
    /// Returns nothing for an attribution without a word that counts.
    fn new(number: usize, attribution: &Attribution, words: &Words, dead: &Set, in_quotes: &Set) -> Option<Unit> {
        let counted = |ranges| &words.within(ranges) - dead;
        let (source, cue, content) =
            (counted(&attribution.source), counted(&attribution.cue), counted(&attribution.content));
        let quoted = content.intersection(in_quotes).count();
        let class = match quoted {
            0 => Part::Indirect,
            quoted if quoted * 10 >= content.len() * 9 => Part::Direct,
            _ => Part::Mixed,
        };
        let is_empty = source.is_empty() && cue.is_empty() && content.is_empty();
        (!is_empty).then(|| Unit { number, source, content, class, act: attribution.act.clone() })
    }

    fn parts(&self) -> impl Iterator<Item = Part> {
        [Part::All, self.class.clone()].into_iter().chain(self.act.clone().map(Part::Act))
    }

    fn is_any(&self, _: &Unit) -> bool {
        true
    }

    fn agrees(&self, gold: &Unit) -> bool {
        !self.source.is_disjoint(&gold.source) || self.source.is_empty() && gold.source.is_empty()
    }

    fn has_same_source(&self, gold: &Unit) -> bool {
        self.source == gold.source
    }
}

/// Pairs predictions and marked attributions one to one, the most alike first; at least half alike.
fn pairs(predicted: &[Unit], gold: &[Unit], alike: impl Fn(usize, usize, usize) -> f64) -> Vec<(usize, usize)> {
    let mut holders: HashMap<usize, Vec<usize>> = HashMap::new();
    for (g, unit) in gold.iter().enumerate() {
        unit.content.iter().for_each(|&word| holders.entry(word).or_default().push(g));
    }
    let mut candidates = Vec::new();
    for (p, unit) in predicted.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for &g in unit.content.iter().filter_map(|word| holders.get(word)).flatten() {
            *shared.entry(g).or_default() += 1;
        }
        let scored = shared.into_iter().map(|(g, n)| (alike(n, unit.content.len(), gold[g].content.len()), p, g));
        candidates.extend(scored.filter(|(score, ..)| *score >= 0.5));
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_p, mut used_g) = (BTreeSet::new(), BTreeSet::new());
    candidates.retain(|(_, p, g)| {
        let is_free = !used_p.contains(p) && !used_g.contains(g);
        if is_free {
            used_p.insert(*p);
            used_g.insert(*g);
        }
        is_free
    });
    candidates.into_iter().map(|(_, p, g)| (p, g)).collect()
}
