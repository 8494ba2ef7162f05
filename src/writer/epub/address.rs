//! Addresses outside, as they may stand in a document.

/// An address of the schemes `http`, `https` or `mailto` as a valid URL (RFC 3986): characters that none may hold are
/// percent-encoded. `None` where its host is none: then there is nothing to link to.
pub(super) fn href(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" => {
            let rest = rest.strip_prefix("//")?;
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at(end);
            let (host, port) = match authority.rsplit_once(':') {
                Some((host, port)) if !port.is_empty() => (host, Some(port.parse::<u16>().ok()?)),
                Some((host, _)) => (host, None),
                None => (authority, None),
            };
            let port = port.map(|port| format!(":{port}")).unwrap_or_default();
            is_host(host).then(|| format!("{scheme}://{host}{port}{}", encoded(path)))
        }
        "mailto" if rest.contains('@') => Some(format!("mailto:{}", encoded(rest))),
        _ => None,
    }
}

/// Whether a text is a host name: labels of letters, digits and inner hyphens, the last not all digits unless all four are.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
            // Encoded names have rules of their own that are not checked here.
            && !label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
    };
    let numeric = host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
    host.len() <= 253 && if numeric { host.parse::<std::net::Ipv4Addr>().is_ok() } else { host.split('.').all(label) }
}

/// A path, query and fragment with all that RFC 3986 does not allow percent-encoded.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_fragment = false;
    for (at, byte) in text.bytes().enumerate() {
        let escape = byte == b'%'
            && text.as_bytes().get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        let first_hash = byte == b'#' && !in_fragment;
        in_fragment |= byte == b'#';
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) || escape || first_hash {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_out_as_urls_or_not_at_all() {
        assert_eq!(
            href("https://example.org/a b?q=<1>#x#y").as_deref(),
            Some("https://example.org/a%20b?q=%3C1%3E#x%23y")
        );
        assert_eq!(href("HTTP://example.org:8080").as_deref(), Some("http://example.org:8080"));
        assert_eq!(href("mailto:a@b.example").as_deref(), Some("mailto:a@b.example"));
        assert_eq!(href("http://10.0.0.1/%41%4").as_deref(), Some("http://10.0.0.1/%41%254"));
        for wrong in
            ["http:", "http://", "http:///x", "https://a b/", "http://1.2.3/", "ftp://a", "http://-a-/", "mailto:x"]
        {
            assert_eq!(href(wrong), None, "{wrong}");
        }
    }
}
