//! An analysis without the positions it is not sure enough of.

use crate::analysis::{Analysis, Position, PositionId};

/// Drops the positions below a confidence; those that stay keep their names.
///
/// What answered a dropped position answers it no more; what stood inside a dropped one stands inside the next
/// position around that.
pub fn keep(analysis: Analysis, least: f32) -> Analysis {
    let all = &analysis.positions;
    let mut kept = 0;
    let places: Vec<Option<PositionId>> = all
        .iter()
        .map(|position| {
            let place = is_sure(position, least).then_some(PositionId(kept));
            kept += usize::from(place.is_some());
            place
        })
        .collect();
    let around = |inner: &Position| {
        let outer = |id: &PositionId| all[id.0].nested_in;
        std::iter::successors(inner.nested_in, outer).take(all.len()).find_map(|id| places[id.0])
    };
    let stays = |position: &Position| {
        let mut position = Position { nested_in: around(position), ..position.clone() };
        position.answers.retain_mut(|answer| match places[answer.position.0] {
            Some(place) => {
                answer.position = place;
                true
            }
            None => false,
        });
        position
    };
    let positions = all.iter().filter(|position| is_sure(position, least)).map(stays).collect();
    Analysis { positions, ..analysis }
}

/// Compares in hundredths, as the record tells them: what is printed as 0.85 passes 0.85.
fn is_sure(position: &Position, least: f32) -> bool {
    f64::from(position.hundredths()) >= (f64::from(least) * 100.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lexicon::Lexicon;
    use crate::analysis::{Answer, How, Why, analyze};
    use crate::document::plain;

    /// Three positions, each inside the one before and answering it, with the confidences given.
    #[track_caller]
    fn check(confidences: [f32; 3], expected: &str) {
        let text = "Ana Ruiz said the road was safe. Tom Berg denied the claim. Ana Ruiz rejected the plan.";
        let mut analysis = analyze(&plain::read(text.to_owned()), Lexicon::embedded());
        let [first, second, third] = &mut analysis.positions[..] else { panic!("three positions") };
        for (place, position) in [first, second, third].into_iter().enumerate() {
            position.confidence = confidences[place];
            position.nested_in = place.checked_sub(1).map(PositionId);
            let answer = |position| Answer { position, how: How::Rejects, certain: true, why: Why::SameMatter };
            position.answers = position.nested_in.map(answer).into_iter().collect();
        }
        let kept = keep(analysis, 0.85);
        let id = |place: PositionId| kept.positions[place.0].id.as_str();
        let shown = kept.positions.iter().map(|position| {
            let answers: String =
                position.answers.iter().map(|answer| format!(" answers {}", id(answer.position))).collect();
            let outer = position.nested_in.map(|outer| format!(" in {}", id(outer))).unwrap_or_default();
            format!("{}{outer}{answers}", position.id)
        });
        assert_eq!(shown.collect::<Vec<_>>().join("; "), expected);
    }

    #[test]
    fn what_stays_points_only_at_what_stays() {
        check([0.9, 0.9, 0.9], "p1; p2 in p1 answers p1; p3 in p2 answers p2");
        check([0.9, 0.1, 0.9], "p1; p3 in p1");
        check([0.1, 0.9, 0.9], "p2; p3 in p2 answers p2");
        check([0.1, 0.1, 0.85], "p3");
        check([0.1, 0.1, 0.849], "");
    }
}
