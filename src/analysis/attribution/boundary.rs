//! Where a stretch of content begins and ends: cut where the reporter takes over, extended to what the tree has lost.

use crate::analysis::cue::Cues;
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::content::reports;
use super::source::{phrase_before, twofold};
use super::tree::{Run, Tree, trim};

/// Returns the stretch as a reader would mark it.
pub fn settle(tree: &Tree, cues: &Cues, run: Run, cue: usize, without: &[Run]) -> Run {
    let run = clip(tree, cues, run);
    let run = trim(tree, complete(tree, extend(tree, run, cue, without), cue, without));
    bare(tree, afterthought(tree, joined(tree, run, cue), cue))
}

/// Cuts a run where a contrast of the reporter's begins, however the tree hangs it: ", while others had not heard of it".
fn clip(tree: &Tree, cues: &Cues, mut run: Run) -> Run {
    let contrast = |&at: &usize| {
        let behind_comma = at > run.start + 3 && tree.is_comma(at - 1);
        let adds = tree.tag(at) == Tag::Gerund && reports(tree, cues, at);
        behind_comma
            && tree.quotation(at).is_none()
            && (adds || tree.is_any(at, &["while", "although", "though", "whereas", "however"]))
    };
    // A question ends where a clause of the reporter's is joined to it: "when it would end, and nobody else knows".
    let question = tree.tag(run.start).is_wh() || tree.is(run.start, "whether");
    let next = |&at: &usize| {
        let joins = at > run.start + 3 && tree.is_comma(at - 1) && tree.is_any(at, &["and", "but"]);
        joins && tree.quotation(at).is_none() && !(tree.tag(at + 1).is_wh() || tree.is(at + 1, "whether"))
    };
    if question && let Some(at) = run.clone().filter(|&at| at + 1 < run.end).find(next) {
        run.end = at - 1;
    }
    if let Some(at) = run.clone().find(contrast) {
        run.end = at - 1;
    }
    if let Some(at) = overrun(tree, cues, &run) {
        run.end = at;
    }
    if let Some(dash) = remark(tree, &run) {
        run.end = dash;
    }
    run
}

/// Returns where the speaker of a verb behind a run begins: "to join the league, *his agent, Ivar Moe*, said".
fn overrun(tree: &Tree, cues: &Cues, run: &Run) -> Option<usize> {
    let sentence = tree.sentence(run.start);
    let comma = usize::from(run.end < sentence.end && tree.is_comma(run.end));
    let verb = run.end + comma;
    if verb >= sentence.end || !tree.tag(verb).is_finite() || !reports(tree, cues, verb) {
        return None;
    }
    let speaker = if comma > 0 { twofold(tree, verb) } else { phrase_before(tree, verb, run.start) };
    let start = speaker?.run.start;
    (start > run.start + 1 && tree.is_comma(start - 1)).then_some(start - 1)
}

/// Returns the dash before a remark of the reporter's at the end: "by the plan — a first for the party".
fn remark(tree: &Tree, run: &Run) -> Option<usize> {
    let is_dash =
        |at: &usize| tree.is_any(*at, &["—", "–", "--", "-"]) && tree.quotation(*at).is_none() && !glued(tree, *at);
    let dashes: Vec<usize> = run.clone().filter(is_dash).collect();
    // Two dashes set off a part in the middle; one leads to the end.
    let [dash] = dashes[..] else { return None };
    (dash > run.start + 3 && tree.quotation(run.start).is_none()).then_some(dash)
}

/// Returns whether a mark stands inside a word: "third-year".
fn glued(tree: &Tree, at: usize) -> bool {
    at > 0 && at + 1 < tree.len() && tree.word(at) == "-" && tree.tokens[at - 1].span.end == tree.tokens[at].span.start
}

/// A second clause with "that" goes on with what the first one says: "that it was late, and that the road was closed".
fn joined(tree: &Tree, mut run: Run, cue: usize) -> Run {
    let sentence = tree.sentence(run.start);
    let clause = run.start > cue && tree.tag(run.start) != Tag::To && run.clone().any(|at| tree.tag(at).is_finite());
    if !clause {
        return run;
    }
    loop {
        let comma = usize::from(run.end < sentence.end && tree.is_comma(run.end));
        let that = run.end + comma + 1;
        if that >= sentence.end || !tree.is_any(that - 1, &["and", "but", "or"]) {
            return run;
        }
        let head = if tree.is(that, "that") { tree.head(that) } else { shifted(tree, cue, that) };
        let Some(head) = head.filter(|&head| head > that) else { return run };
        let last = tree.subtree(head, |child| child < that).last().copied().unwrap_or(head);
        // Where the tree breaks off before the verb, the clause ends at the next mark.
        let verb = (that..last + 1).any(|at| tree.tag(at).is_finite());
        let mark = || (that..sentence.end).find(|&at| tree.is_punctuation(at)).unwrap_or(sentence.end);
        let last = if verb { last } else { mark() - 1 };
        run.end = trim(tree, run.start..last + 1).end.max(run.end);
        if run.end <= that {
            return run;
        }
    }
}

/// Returns the verb of a clause whose tense shows that it is reported: "said it was late, and the road *would* close".
fn shifted(tree: &Tree, cue: usize, start: usize) -> Option<usize> {
    let past = tree.tag(cue) == Tag::Past;
    let end = tree.sentence(cue).end.min(start + 12);
    let first = (start..end).find(|&at| tree.tag(at).is_finite() || tree.is_punctuation(at))?;
    let shifts = past && first > start && tree.is_any(first, &["would", "could", "might", "had", "’d", "'d"]);
    shifts.then(|| if matches!(tree.relation(first), Relation::Auxiliary) { tree.head(first) } else { Some(first) })?
}

/// A quotation behind a comma that ends the sentence is the last part of what was said: "to pay, “not to pray.”"
fn afterthought(tree: &Tree, mut run: Run, cue: usize) -> Run {
    let end = tree.sentence(run.start).end;
    if run.end <= cue || run.end + 1 >= end || !tree.is_comma(run.end) {
        return run;
    }
    let Some(quotation) = tree.quotation(run.end + 1) else { return run };
    let last = tree.run_of(quotation);
    let small = tree.quotations[quotation].inner.of(tree.text).starts_with(char::is_lowercase);
    if small && last.start == run.end + 1 && (last.end >= end || last.end + 1 == end && tree.is(last.end, ".")) {
        run.end = last.end;
    }
    run
}

/// What follows a content without a mark belongs to it, unless it hangs on the cue: the tree has lost it.
fn extend(tree: &Tree, mut run: Run, cue: usize, without: &[Run]) -> Run {
    let end = tree.sentence(run.start).end;
    while run.end < end && run.end > cue {
        let at = run.end;
        let glued = tree.tokens[at - 1].span.end == tree.tokens[at].span.start;
        let quotes = tree.quotation(at).is_some() && !tree.is_any(at, &[",", ";", "."]);
        let stops = tree.is_punctuation(at) && !quotes && !(glued && tree.is_any(at, &["-", "'s", "’s", "/"]));
        let mut above = std::iter::successors(Some(at), |&at| tree.head(at)).take(64);
        // A phrase goes on behind a quotation ("called it “impossible” for him to win"), a clause does not.
        let phrase = matches!(tree.tag(at), Tag::To | Tag::Preposition);
        let closed = tree.quotation(at - 1).is_some() && tree.quotation(at).is_none() && tree.is_punctuation(at - 1);
        let closed = closed && !phrase;
        if stops
            || closed
            || above.any(|head| head == cue) && !(tree.tag(at) == Tag::To && run.len() > 2)
            || without.iter().any(|run| run.contains(&at))
            || tree.is_any(at, &["and", "but", "or"])
        {
            break;
        }
        run.end += 1;
    }
    run
}

/// A stretch from the inside of a quotation to its end goes without the closing mark: its opening one is not there.
fn bare(tree: &Tree, mut run: Run) -> Run {
    let Some(quotation) = run.end.checked_sub(1).and_then(|last| tree.quotation(last)) else { return run };
    if tree.run_of(quotation).start < run.start {
        while run.start < run.end && tree.is_punctuation(run.end - 1) {
            run.end -= 1;
        }
    }
    run
}

/// Nobody breaks a quotation off in its middle: a run that ends inside one goes on to its end.
fn complete(tree: &Tree, mut run: Run, cue: usize, without: &[Run]) -> Run {
    let sentence = tree.sentence(run.start);
    // From outside a quotation all its sentences are reported; inside it the cue has its own sentence only.
    let block = tree.block(run.start);
    let whole = run.end > run.start && tree.quotation(run.end - 1) != tree.quotation(cue);
    let near =
        |at: usize| sentence.contains(&at) || whole && at >= sentence.end && at < tree.len() && tree.block(at) == block;
    let free = |at: usize| at != cue && near(at) && !without.iter().any(|run| run.contains(&at));
    while free(run.end) && tree.quotation(run.end).is_some() && tree.quotation(run.end) == tree.quotation(run.end - 1) {
        run.end += 1;
    }
    while run.start > 0
        && free(run.start - 1)
        && tree.quotation(run.start - 1).is_some()
        && tree.quotation(run.start - 1) == tree.quotation(run.start)
    {
        run.start -= 1;
    }
    run
}
