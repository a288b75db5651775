//! Bytes of a text file as text, whatever it was saved as.

use encoding_rs::{Encoding as Codec, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use sotruc_base::text::{Legacy, share_of_vietnamese as share};
use sotruc_base::word::words;

words! {
    /// How a text file was saved.
    Encoding, "encoding" {
        /// UTF-8.
        Utf8 = "utf-8",
        /// UTF-8 with a byte order mark.
        Utf8Mark = "utf-8-bom",
        /// UTF-16, the lower byte first: Excel's "Unicode text".
        Utf16Le = "utf-16le",
        /// UTF-16, the higher byte first.
        Utf16Be = "utf-16be",
        /// Windows-1258, Vietnamese.
        Windows1258 = "windows-1258",
        /// Windows-1252; fonts of before Unicode write so.
        Windows1252 = "windows-1252",
    }
}

/// The text, and how it was saved; `None` when it is no text.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, Encoding)> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = String::from_utf8(rest.to_vec()).ok()?;
        return plain(text).map(|text| (text, Encoding::Utf8Mark));
    }
    let wide = match bytes {
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => wide_without_mark(bytes),
    };
    if let Some(wide) = wide {
        let codec = match wide {
            Encoding::Utf16Be => UTF_16BE,
            _ => UTF_16LE,
        };
        return with(codec, bytes).map(|text| (text, wide));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return plain(text.to_owned()).map(|text| (text, Encoding::Utf8));
    }
    // One byte for each letter: in which of them more words are Vietnamese.
    let vietnamese = with(WINDOWS_1258, bytes)?.nfc().collect::<String>();
    let western = with(WINDOWS_1252, bytes)?;
    let legacy = Legacy::of(&western).map(|legacy| share(&legacy.read(&western)));
    match legacy.is_some_and(|legacy| legacy > share(&vietnamese)) {
        true => Some((western, Encoding::Windows1252)),
        false => Some((vietnamese, Encoding::Windows1258)),
    }
}

fn with(codec: &'static Codec, bytes: &[u8]) -> Option<String> {
    let (text, _, broken) = codec.decode(bytes);
    (!broken).then(|| text.into_owned()).and_then(plain)
}

/// The text, unless it holds what only other files hold.
fn plain(text: String) -> Option<String> {
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    // The end mark of old programs.
    let text = match text.strip_suffix('\u{1a}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    (!text.chars().any(strange)).then_some(text)
}

/// UTF-16 without its mark: in lists of names and numbers every second byte of most letters is 0.
fn wide_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4_096) & !1];
    if head.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
    let pairs = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, low) if low * 3 > pairs => Some(Encoding::Utf16Le),
        (high, 0) if high * 3 > pairs => Some(Encoding::Utf16Be),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_whatever_it_was_saved_as() {
        const TEXT: &str = "Sở Nội vụ;Nguyễn Văn Đức";
        let wide = |to: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let check = |bytes: &[u8], encoding: Encoding| {
            let (text, found) = decode(bytes).unwrap_or_else(|| panic!("{encoding:?}"));
            assert_eq!(text.trim_start_matches('\u{feff}'), TEXT, "{encoding:?}");
            assert_eq!(found, encoding);
        };
        check(TEXT.as_bytes(), Encoding::Utf8);
        check(
            &[b"\xef\xbb\xbf", TEXT.as_bytes()].concat(),
            Encoding::Utf8Mark,
        );
        check(
            &[b"\xff\xfe".as_slice(), &wide(u16::to_le_bytes)].concat(),
            Encoding::Utf16Le,
        );
        check(
            &[b"\xfe\xff".as_slice(), &wide(u16::to_be_bytes)].concat(),
            Encoding::Utf16Be,
        );
        check(&wide(u16::to_le_bytes), Encoding::Utf16Le);
        check(&wide(u16::to_be_bytes), Encoding::Utf16Be);
        // Letters with their tones as marks after them.
        let old = b"S\xf5\xd2 N\xf4\xf2i vu\xf2;Nguy\xea\xden V\xe3n \xd0\xfd\xecc";
        check(old, Encoding::Windows1258);
        assert_eq!(decode(b"\xff\xd8\xff\xe0\x00\x10JFIF"), None);
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\x00\x00"), None);
    }
}
