//! Tests of the settings: what may be served with, and what each refusal says.

use super::*;

const KEY: &str = "0123456789abcdef";

fn asked(listen: &str) -> Asked {
    Asked {
        listen: Some(listen.parse().unwrap()),
        ..Asked::default()
    }
}

#[test]
fn conf_1_a_loopback_address_needs_no_host_key() {
    for listen in ["127.0.0.1:8080", "127.9.9.9:0", "[::1]:8080"] {
        let settings = Settings::check(asked(listen)).unwrap();
        assert!(matches!(settings.host, HostAccess::Anyone), "{listen}");
    }
}

#[test]
fn conf_1_any_other_address_is_refused_without_a_host_key_and_says_how_to_make_one() {
    for listen in [
        "0.0.0.0:8080",
        "[::]:8080",
        "192.168.1.5:80",
        "[::ffff:10.0.0.1]:80",
    ] {
        let error = Settings::check(asked(listen)).unwrap_err();
        assert!(
            matches!(error, ConfigError::KeyNeeded { .. }),
            "{listen}: {error}"
        );
        assert!(error.to_string().contains("openssl rand"), "{error}");
        let with_key = Asked {
            host_key: Some(Secret::new(KEY)),
            ..asked(listen)
        };
        assert!(matches!(
            Settings::check(with_key).unwrap().host,
            HostAccess::Key(_)
        ));
    }
}

#[test]
fn conf_1_a_public_url_or_a_trusted_proxy_makes_loopback_public() {
    let with = |url: Option<&str>, proxied: bool| Asked {
        public_url: url.map(str::to_owned),
        trusted_proxies: if proxied {
            vec!["127.0.0.1".parse().unwrap()]
        } else {
            Vec::new()
        },
        ..asked("127.0.0.1:8080")
    };
    for (url, trust) in [
        (Some("https://maps.example.org"), false),
        (Some("http://10.0.0.7:8080"), true),
        (None, true),
    ] {
        let outcome = Settings::check(with(url, trust));
        assert!(
            matches!(outcome, Err(ConfigError::KeyNeeded { .. })),
            "{url:?} {trust}"
        );
    }
    for (url, trust) in [
        ("http://localhost:9000", false),
        ("http://[::1]", false),
        ("http://127.0.0.1", true),
    ] {
        assert!(Settings::check(with(Some(url), trust)).is_ok(), "{url}");
    }
}

#[test]
fn conf_2_a_host_key_is_long_and_fits_a_header() {
    let with = |key: &str| {
        Settings::check(Asked {
            host_key: Some(Secret::new(key)),
            ..asked("127.0.0.1:1")
        })
    };
    assert!(matches!(
        with("0123456789abcde"),
        Err(ConfigError::KeyTooShort { found: 15 })
    ));
    assert!(matches!(
        with(" 0123456789abcdef"),
        Err(ConfigError::KeyNotAscii)
    ));
    assert!(matches!(
        with("0123456789\tabcdef"),
        Err(ConfigError::KeyNotAscii)
    ));
    assert!(with("four words of length").is_ok());
    assert!(matches!(
        with("0123456789äbcdef"),
        Err(ConfigError::KeyNotAscii)
    ));
    assert!(matches!(with(KEY).unwrap().host, HostAccess::Key(_)));
    assert!(
        matches!(with("").unwrap().host, HostAccess::Anyone),
        "empty means not set"
    );
}

#[test]
fn conf_2_a_host_key_file_may_end_with_a_line_break_and_excludes_the_flag() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    std::fs::write(&path, format!("{KEY}\n")).unwrap();
    let from_file = Asked {
        host_key_file: Some(path.clone()),
        ..asked("0.0.0.0:1")
    };
    let HostAccess::Key(key) = Settings::check(from_file.clone()).unwrap().host else {
        panic!("the file's key was not taken")
    };
    assert!(key.is(KEY));
    let both = Asked {
        host_key: Some(Secret::new(KEY)),
        ..from_file
    };
    assert!(matches!(Settings::check(both), Err(ConfigError::TwoKeys)));
    let missing = Asked {
        host_key_file: Some(folder.path().join("no")),
        ..asked("0.0.0.0:1")
    };
    assert!(matches!(
        Settings::check(missing),
        Err(ConfigError::KeyFile { .. })
    ));
}

#[test]
fn conf_3_a_public_url_is_an_origin() {
    let with = |url: &str| {
        Settings::check(Asked {
            public_url: Some(url.to_owned()),
            host_key: Some(Secret::new(KEY)),
            ..asked("127.0.0.1:1")
        })
    };
    for bad in [
        "maps.example.org",
        "ftp://a.b",
        "https://a.b/maps",
        "https://a.b/?x",
        "https://u@a.b",
        "https://a.b/#x",
    ] {
        assert!(
            matches!(with(bad), Err(ConfigError::PublicUrl { .. })),
            "{bad}"
        );
    }
    assert!(with("https://maps.example.org/").unwrap().is_https());
    assert!(!with("http://maps.example.org:81").unwrap().is_https());
}

#[test]
fn the_host_key_does_not_show_in_debug_output() {
    let asked = Asked {
        host_key: Some(Secret::new(KEY)),
        ..asked("127.0.0.1:1")
    };
    assert!(!format!("{asked:?}").contains(KEY));
    assert!(!format!("{:?}", Settings::check(asked).unwrap()).contains(KEY));
}

#[test]
fn conf_5_a_webhook_needs_an_address_and_a_secret_and_shows_neither() {
    let with = |url: &str, secret: &str| Asked {
        webhook_url: Some(Secret::new(url)),
        webhook_secret: Some(Secret::new(secret)),
        ..asked("127.0.0.1:8080")
    };
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let url = "https://hooks.example.org/cairn?token=hidden";
    let settings = Settings::check(with(url, secret)).unwrap();
    assert!(settings.webhook.is_some());
    for shown in [format!("{settings:?}"), format!("{:?}", with(url, secret))] {
        let is_shown = ["hidden", "/cairn", "MfKQ"]
            .into_iter()
            .find(|one| shown.contains(one));
        assert_eq!(is_shown, None, "{shown}");
    }
    assert!(Settings::check(with("", "")).unwrap().webhook.is_none());
    for (url, secret) in [
        (url, ""),
        ("", secret),
        (url, "hidden"),
        ("ftp://hooks.example.org", secret),
        ("hooks.example.org", secret),
    ] {
        let error = Settings::check(with(url, secret)).unwrap_err().to_string();
        assert!(
            !error.contains("hidden") && !error.contains("MfKQ"),
            "{error}"
        );
    }
}

#[test]
fn keep_1_maps_are_kept_for_ever_unless_told_for_a_number_of_days() {
    assert_eq!(Settings::check(asked("127.0.0.1:0")).unwrap().keep, None);
    let with = |days| Asked {
        keep_days: Some(days),
        ..asked("127.0.0.1:0")
    };
    let keep = Settings::check(with(90)).unwrap().keep;
    assert_eq!(keep, Retention::of_days(90));
    for days in [0, 36_501] {
        let error = Settings::check(with(days)).unwrap_err();
        assert!(error.to_string().contains("1 to 36500 days"), "{error}");
    }
}
