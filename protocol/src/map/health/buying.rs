//! Whether a map about buying ends where they buy: the judgement of STAGES-3, explained in docs/health.md.
//!
//! It asks three things of the stages' names: is one of them the purchase, does anything follow the last such one, and is
//! there anywhere what people buy for (a meal, a ride, a stay). Paying, deciding and signing are a purchase only where the
//! map speaks of buying besides: a fine is paid, and a school is decided on.

use super::super::journey::JourneyMap;
use super::words::{Word, Words};

/// Names of stages that are a purchase wherever they stand.
#[rustfmt::skip]
const PURCHASE: &[&str] = &[
    "buy~", "bought", "purchase~", "checkout", "subscribe~", "closed won", "place the order",
    "placing the order", "place an order", "placing an order", "place order", "ordering online",
    "order placed", "order now", "add to cart",
];

/// Names that are a purchase when they are the whole name.
const PURCHASE_ALONE: &[&str] = &["order~", "subscription", "conversion", "sale", "won"];

/// Names that are a purchase in a map that speaks of buying.
#[rustfmt::skip]
const SETTLING: &[&str] = &[
    "pay~", "paid", "payment", "decide~", "decision", "choose~", "choosing", "chosen", "choice",
    "sign~", "order~", "cart", "basket", "book~", "reserve~", "reservation", "transaction",
    "contract",
];

/// What only somebody who buys speaks of.
#[rustfmt::skip]
const TRADE: &[&str] = &[
    "buy~", "buyer", "bought", "purchase~", "shop~", "webshop", "store", "price", "pricing", "cart",
    "basket", "checkout", "product", "retailer", "subscription", "subscribe~", "tariff", "quote",
    "flight", "hotel", "holiday", "lease~", "insurance", "mortgage", "dealer", "showroom", "cheap",
    "catalogue", "online order", "proposal",
];

/// What looks like a purchase and is none.
#[rustfmt::skip]
const NO_PURCHASE: &[&str] = &[
    "appointment", "newsletter", "employment", "job", "fine", "tax", "check out of",
    "checking out of", "sign up", "signing up", "sign in", "signing in", "signed up", "buy in",
    "to buy", "whether to buy", "before buying", "thinking about buying",
];

/// What people buy for. A map that has it does not end at the purchase, even where it is paid for last.
#[rustfmt::skip]
const USE: &[&str] = &[
    "use~", "eat~", "meal", "dine~", "dining", "dinner", "lunch", "breakfast", "stay~", "overnight",
    "ride~", "treatment", "haircut", "massage", "concert", "park~", "refuel~", "fuel~", "charge~",
    "repair~", "wash~", "play~", "swim~", "watch~", "wear~", "enjoy~", "unbox~", "install~",
    "deliver~", "delivery", "receive~", "pick~ up", "picking up", "collect~", "move~ in",
    "moving in", "settle~ in", "set~ up", "first day", "first week", "first month", "first use",
    "living with", "get~ help", "support", "service", "return~", "renew~", "renewal", "after~",
    "drink~", "consultation",
];

/// Stages that only say that it was bought.
const CONFIRMATION: &[&str] = &[
    "confirm~",
    "confirmation",
    "thank you",
    "receipt",
    "order complete",
    "order completed",
    "invoice",
];

/// The place of the stage where they buy, if the map is about buying and has nothing after it.
pub(super) fn ends_with_the_purchase(map: &JourneyMap) -> Option<usize> {
    let titles: Vec<Words> = map
        .stages
        .iter()
        .map(|stage| Words::of_title(&stage.title))
        .collect();
    let scope = [Words::of_title(&map.title), Words::of(&map.scenario)];
    let speaks_of = |phrases: &[&str]| titles.iter().chain(&scope).any(|text| says(text, phrases));
    let trades = speaks_of(TRADE);
    let is_purchase = |title: &Words| {
        !says(title, NO_PURCHASE)
            && (says(title, PURCHASE)
                || is(title, PURCHASE_ALONE)
                || trades && says(title, SETTLING))
    };
    let purchase = titles.iter().rposition(is_purchase)?;
    let mut after = titles.iter().skip(purchase + 1);
    let ends = after.all(|title| says(title, CONFIRMATION) && !says(title, USE));
    let through = titles.iter().take(purchase + 1);
    let is_used = through.clone().any(|title| says(title, USE));
    (ends && !is_used).then_some(purchase)
}

fn says(text: &Words, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| text.contains(phrase))
}

fn is(title: &Words, phrases: &[&str]) -> bool {
    let words = || title.all().iter().filter(|word: &&Word| !word.is_number());
    phrases.iter().any(|phrase| title.matches(words(), phrase))
}

#[cfg(test)]
mod tests {
    use super::super::super::journey::Stage;
    use super::super::super::kinds::MapKind;
    use super::*;

    /// A map from its stages' names, divided by bars.
    fn map(stages: &str) -> JourneyMap {
        let stage = |title: &str| Stage {
            title: title.to_owned(),
            ..Stage::default()
        };
        JourneyMap {
            stages: stages.split('|').map(str::trim).map(stage).collect(),
            ..JourneyMap::new(MapKind::CurrentState, "")
        }
    }

    #[test]
    fn stages_3_finds_a_map_that_ends_where_they_buy() {
        for (stages, end) in [
            ("Noticing the need | Looking around | Comparing | Buying", 3),
            ("Awareness | Consideration | Purchase", 2),
            ("Browse | Compare prices | Cart | Checkout", 3),
            ("Browsing the shop | Basket | Payment", 2),
            ("Search | Product page | Basket | Payment | Confirmation", 3),
            (
                "Wish | Research | Test drive | Visit the dealer | Signing",
                4,
            ),
            ("Dreaming | Comparing flights | Booking", 2),
            ("Dreaming | Choosing a hotel | Booking | Thank you page", 2),
            ("Need | Quote | Decision", 2),
            ("Seeing an ad | Trying samples | Subscribing", 2),
            ("Inspiration | Showroom | Placing the order", 2),
            ("Idea | Comparing insurance | Signing the contract", 2),
            ("MQL | SQL | Demo | Closed won", 3),
            ("Seeing it | Wanting it | Order", 2),
            ("Hearing about it | Demo | Proposal | Contract signed", 3),
            (
                "Finding the course | Comparing prices | Enrolling and paying",
                2,
            ),
            ("Searching | Choosing seats | Buying tickets", 2),
            (
                "Feeling cold | Asking neighbours | Deciding what to buy | Buying the heat pump",
                3,
            ),
        ] {
            assert_eq!(ends_with_the_purchase(&map(stages)), Some(end), "{stages}");
        }
        let mut scoped = map("First idea | Reading tests | Asking friends | Deciding");
        assert_eq!(ends_with_the_purchase(&scoped), None);
        scoped.scenario = "From the first idea to buying a bicycle".to_owned();
        assert_eq!(ends_with_the_purchase(&scoped), Some(3));
    }

    #[test]
    fn stages_3_does_not_accuse_a_map_that_goes_on_or_is_not_about_buying() {
        for stages in [
            "Noticing the need | Looking around | Choosing | Getting started | Living with it",
            "Browse | Checkout | Delivery",
            "Search | Buying | Waiting | Unboxing | First week",
            "Buying and using it",
            "Dreaming | Booking the hotel | Travelling | Coming home",
            "Search | Viewing | Applying | Waiting for an answer | Signing and moving in | First month",
            // Paid last, after what it was bought for.
            "Arriving | Being seated | Ordering | Eating | Paying",
            "Finding a car park | Parking | Paying",
            "Arriving at the hotel | Staying | Checking out of the hotel",
            "Plugging in | Charging | Paying",
            // No purchase at all.
            "Getting the letter | Reading it | Deciding to appeal | Paying the fine",
            "Open day | Comparing schools | Applying | Decision",
            "Noticing symptoms | Calling the practice | Booking an appointment",
            "Reading the ad | Interview | Signing the employment contract",
            "Hearing about it | Reading the blog | Subscribing to the newsletter",
            "Hearing about it | Visiting the page | Signing up",
            "Waking | Working | Resting",
            "Buying tickets | Travelling | The concert | Going home",
            "Shopping list | Driving there | Shopping | Checkout | Driving home",
            "Feeling ill | Booking | Waiting room | Consultation | Paying",
            "Photo | Paying the fee | Waiting | The passport arrives",
            "Job ad | Application | Interview | Offer | Signing",
            "MQL | Closed won | Onboarding",
            "",
        ] {
            assert_eq!(ends_with_the_purchase(&map(stages)), None, "{stages}");
        }
    }
}
