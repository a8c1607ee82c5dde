//! UPKEEP: reviews, as the fold sees them.

use serde_json::json;

use super::*;
use crate::map::set_map_field;

/// Somebody with a copy of the map.
fn reviews(peer: &Peer, day: Option<&str>) -> Body {
    let mut txn = peer.0.transact_mut();
    let review = day.map(|day| json!({"everyDays": 90, "lastReviewed": day}));
    set_map_field(&mut txn, "review", review.as_ref()).unwrap();
    Body::Edit(txn.encode_update_v1().into())
}

impl Script {
    fn days(&self) -> Vec<(u64, &str)> {
        let reviews = self.workshop.reviews().iter();
        reviews.map(|one| (one.seq, one.day.as_str())).collect()
    }
}

#[test]
fn upkeep_1_an_edit_that_names_a_later_day_is_a_review() {
    let mut script = Script::with_people();
    let peer = Peer::new(5);
    // What a map begins with was reviewed elsewhere.
    script.ok(Actor::Host, reviews(&peer, Some("2026-08-01")));
    assert_eq!(script.days(), []);
    script.ok(ben(), Body::Edit(peer.types("a day's work")));
    script.ok(ben(), reviews(&peer, Some("2026-10-01")));
    let first = script.workshop.seq();
    // The same day again, and another rhythm, are none.
    script.ok(ben(), Body::Edit(peer.types("more")));
    script.ok(ann(), reviews(&peer, Some("2026-12-24")));
    let second = script.workshop.seq();
    assert_eq!(
        script.days(),
        [(first, "2026-10-01"), (second, "2026-12-24")]
    );
    let by: Vec<_> = script.workshop.reviews().iter().map(|one| one.by).collect();
    assert_eq!(by, [Some(BEN), Some(ANN)]);
    for other in [script.restored(), script.replayed()] {
        assert_eq!(other.reviews(), script.workshop.reviews());
    }
}

#[test]
fn upkeep_1_a_day_set_back_takes_reviews_back() {
    let mut script = Script::with_people();
    let peer = Peer::new(5);
    script.ok(ben(), Body::Edit(peer.types("x")));
    for day in ["2026-01-01", "2026-02-01", "2026-03-01"] {
        script.ok(ben(), reviews(&peer, Some(day)));
    }
    script.ok(ben(), reviews(&peer, Some("2026-01-15")));
    let days: Vec<_> = script.days().into_iter().map(|(_, day)| day).collect();
    assert_eq!(days, ["2026-01-01"]);
    script.ok(ben(), reviews(&peer, None));
    assert_eq!(script.days(), []);
    script.ok(ben(), reviews(&peer, Some("2026-01-01")));
    assert_eq!(script.days().len(), 1);
}

#[test]
fn upkeep_1_the_latest_are_kept() {
    let mut script = Script::with_people();
    let peer = Peer::new(5);
    script.ok(ben(), Body::Edit(peer.types("x")));
    for n in 0..=limits::REVIEWS {
        let day = format!("{:04}-01-01", 1000 + n);
        script.ok(ben(), reviews(&peer, Some(&day)));
    }
    assert_eq!(script.days().len(), limits::REVIEWS);
    assert_eq!(script.days()[0].1, "1001-01-01");
}
