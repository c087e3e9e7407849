//! A posted file with the fields beside it (`multipart/form-data`, RFC 7578): the one form of the
//! house that is not urlencoded. Read by hand within its limits: the boundary parts it, each part
//! has a head that names its field, and nothing that the head says of the file is believed.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use investigation::Refusal;
use investigation::limits::UPLOAD_BYTES_MAX;
use std::collections::BTreeMap;
use ui::{Typed, View};

/// What was posted.
pub(crate) struct Upload {
    /// The file's bytes, or why there are none.
    pub(crate) file: Result<Vec<u8>, Refusal>,
    /// The fields beside it, for showing again.
    pub(crate) typed: Typed,
}

impl Upload {
    /// A field's text.
    pub(crate) fn field(&self, name: &str) -> String {
        self.typed.get(name).unwrap_or_default().to_owned()
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let view = <View as axum::extract::FromRequestParts<S>>::from_request_parts;
        let view = view(&mut parts, state).await.map_err(IntoResponse::into_response)?;
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let boundary = kind.and_then(boundary).ok_or_else(|| {
            view.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "problem-not-a-form")
        })?;
        let most = UPLOAD_BYTES_MAX + crate::limits::UPLOAD_FIELDS_MAX;
        let Ok(bytes) = to_bytes(body, most).await else {
            return Ok(Self { file: Err(Refusal::FileTooLarge), typed: Typed::default() });
        };
        let unreadable = || view.problem(StatusCode::BAD_REQUEST, "problem-not-a-form");
        let (fields, file) = read(&bytes, &boundary).ok_or_else(unreadable)?;
        Ok(Self { file: file.ok_or(Refusal::FileEmpty), typed: fields.into_iter().collect() })
    }
}

/// The boundary that the head names, if it is one.
fn boundary(kind: &str) -> Option<String> {
    let rest = kind.strip_prefix("multipart/form-data")?;
    let named = rest.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?;
    let named = named.trim_matches('"');
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&byte);
    let fits = (1..=70).contains(&named.len()) && named.bytes().all(sound);
    fits.then(|| named.to_owned())
}

type Read = (BTreeMap<String, String>, Option<Vec<u8>>);

/// The fields and the file; nothing for what is not such a body.
fn read(body: &[u8], boundary: &str) -> Option<Read> {
    let opening = format!("--{boundary}");
    let parting = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(opening.as_bytes())?;
    let (mut fields, mut file) = (BTreeMap::new(), None);
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, parting.as_bytes())?;
        let (head, content) = split(&part[..end])?;
        let (name, is_file) = disposition(head)?;
        if is_file {
            file = Some(content.to_vec()).filter(|bytes| !bytes.is_empty()).or(file);
        } else {
            fields.insert(name, String::from_utf8(content.to_vec()).ok()?);
        }
        rest = &part[end + parting.len()..];
    }
    rest.starts_with(b"--").then_some((fields, file))
}

fn split(part: &[u8]) -> Option<(&str, &[u8])> {
    let end = find(part, b"\r\n\r\n")?;
    Some((std::str::from_utf8(&part[..end]).ok()?, &part[end + 4..]))
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    // The first byte alone first: a file of megabytes is looked through once.
    let first = *what.first()?;
    let mut from = 0;
    while let Some(place) = within.get(from..)?.iter().position(|byte| *byte == first) {
        let place = from + place;
        if within[place..].starts_with(what) {
            return Some(place);
        }
        from = place + 1;
    }
    None
}

/// The field's name, and whether it is a file.
fn disposition(head: &str) -> Option<(String, bool)> {
    let line = head.split("\r\n").find(|line| {
        line.get(..20).is_some_and(|start| start.eq_ignore_ascii_case("content-disposition:"))
    })?;
    let named = line.split(';').map(str::trim);
    let name = named.clone().find_map(|part| part.strip_prefix("name=\""))?.strip_suffix('"')?;
    let is_file = named.clone().any(|part| part.starts_with("filename"));
    Some((name.to_owned(), is_file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = vec![];
        for (named, content) in parts {
            let head = format!("--x\r\nContent-Disposition: form-data; {named}\r\n\r\n");
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(b"--x--\r\n");
        body
    }

    #[test]
    fn fields_and_the_file_come_apart_to_the_byte() {
        let content = b"\r\n--not\r\n\0\xff\r\n";
        let posted = body(&[
            ("name=\"name\"", "Zoë's arm".as_bytes()),
            ("name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg", content),
        ]);
        let (fields, file) = read(&posted, "x").unwrap();
        assert_eq!(fields["name"], "Zoë's arm");
        assert_eq!(file.unwrap(), content);
        let (_, none) = read(&body(&[("name=\"file\"; filename=\"\"", b"")]), "x").unwrap();
        assert!(none.is_none());
    }

    #[test]
    fn what_is_no_such_body_is_nothing() {
        for wrong in [&b""[..], b"--x", b"--x\r\n", b"--y--\r\n", b"--x\r\nhead\r\n--x--"] {
            assert!(read(wrong, "x").is_none(), "{wrong:?}");
        }
        let half = body(&[("name=\"a\"", b"b")]);
        assert!(read(&half[..half.len() - 6], "x").is_none());
        assert!(read(&body(&[("name=\"a\"", b"\xff")]), "x").is_none());
        assert!(read(&body(&[("nothing", b"b")]), "x").is_none());
    }

    #[test]
    fn a_boundary_is_what_the_standard_lets_it_be() {
        let of = |kind: &str| boundary(kind);
        assert_eq!(of("multipart/form-data; boundary=\"a-b\"").as_deref(), Some("a-b"));
        assert_eq!(of("multipart/form-data; boundary=----x1").as_deref(), Some("----x1"));
        let long = format!("multipart/form-data; boundary={}", "a".repeat(71));
        for wrong in ["text/plain", "multipart/form-data", "multipart/form-data; boundary=", &long]
        {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
