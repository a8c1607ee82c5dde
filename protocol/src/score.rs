//! How something feels: the nine steps of an emotion card and of an emotion round's answer.

use minicbor::{Decode, Decoder, Encode, decode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A feeling from −2 (very bad) to +2 (very good) in halves; kept in halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = f64, example = -1.5))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(type = "number"))]
#[cbor(transparent)]
pub struct Score(#[n(0)] i8);

impl Score {
    /// From halves, −4 to 4.
    pub fn from_halves(halves: i8) -> Option<Self> {
        (-4..=4).contains(&halves).then_some(Self(halves))
    }

    /// The score of a number, if it is one of the nine.
    pub fn from_f64(number: f64) -> Option<Self> {
        let halves = number * 2.0;
        let whole = halves.fract() == 0.0 && (-4.0..=4.0).contains(&halves);
        whole.then_some(Self(halves as i8))
    }

    /// In halves, −4 to 4: sums and means of these are exact.
    pub fn halves(self) -> i8 {
        self.0
    }

    /// The number, −2.0 to 2.0.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 2.0
    }
}

impl<C> Decode<'_, C> for Score {
    fn decode(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Self, decode::Error> {
        let wrong = || decode::Error::message("a feeling is -4 to 4 halves");
        Self::from_halves(decoder.i8()?).ok_or_else(wrong)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        crate::map::number(self.as_f64()).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let wrong = || serde::de::Error::custom("a feeling is -2 to 2 in halves");
        Self::from_f64(f64::deserialize(from)?).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_one_of_nine() {
        let good: Vec<f64> = (-8..=8)
            .filter_map(|quarter| Score::from_f64(f64::from(quarter) / 4.0))
            .map(Score::as_f64)
            .collect();
        assert_eq!(good, [-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0]);
        for bad in [2.5, -2.5, 0.25, f64::NAN, f64::INFINITY] {
            assert_eq!(Score::from_f64(bad), None);
        }
    }
}
