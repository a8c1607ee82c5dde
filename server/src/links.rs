//! Addresses of this server as others are told them: the webhook's receiver and whoever reads the calendar.

use cairn_protocol::id::MapId;
use url::Url;

/// The page of a map. A room of an open server may have any name: what means something in an address is encoded.
pub(crate) fn page_of(public_url: &Url, map: &MapId) -> Option<Url> {
    let mut url = public_url.clone();
    let mut path = url.path_segments_mut().ok()?;
    path.clear().push("map").push(map.as_str());
    drop(path);
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hook_1_a_maps_page_is_its_own_whatever_it_is_called() {
        let of = |map: &str| {
            let url = "https://maps.example.org".parse().unwrap();
            page_of(&url, &MapId::new(map).unwrap())
                .unwrap()
                .to_string()
        };
        assert_eq!(of("m1"), "https://maps.example.org/map/m1");
        assert_eq!(of("a?b#c/d"), "https://maps.example.org/map/a%3Fb%23c%2Fd");
    }
}
