//! Bytes of a text file as text, whatever it was saved as.

use encoding_rs::{Encoding as Codec, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use std::io::{self, BufRead, ErrorKind};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};
use crate::text::{Legacy, share_of_vietnamese as share};
use crate::word::words;

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
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<(String, Encoding)> {
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

/// The text of a file that was read, whatever it was saved as; `path` is what it goes by.
///
/// # Errors
/// [`crate::Code::File`] when it is no text.
pub fn text_of(path: &Path, bytes: &[u8]) -> Result<String> {
    match decode(bytes) {
        Some((text, _)) => Ok(text),
        None => Err(Error::file(path, ErrorKind::InvalidData.into())),
    }
}

/// The lines of an input as they come, whatever the program that writes them makes of letters: each
/// line is read by itself, but UTF-16 is read to its end first.
///
/// # Errors
/// Those of the input; `InvalidData` for a line that is no text.
pub fn lines(mut from: impl BufRead) -> impl Iterator<Item = io::Result<String>> {
    let mut is_first = true;
    let mut wide = None::<std::vec::IntoIter<String>>;
    std::iter::from_fn(move || {
        if let Some(lines) = &mut wide {
            return lines.next().map(Ok);
        }
        let mut line = Vec::new();
        match from.read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(cause) => return Some(Err(cause)),
        }
        let begins = std::mem::take(&mut is_first);
        let is_wide = line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff");
        if begins && (is_wide || line.contains(&0)) {
            if let Err(cause) = from.read_to_end(&mut line) {
                return Some(Err(cause));
            }
            return match decode(&line) {
                Some((text, _)) => {
                    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
                    wide.insert(lines.into_iter()).next().map(Ok)
                }
                None => Some(Err(ErrorKind::InvalidData.into())),
            };
        }
        while line.last().is_some_and(|end| matches!(end, b'\n' | b'\r')) {
            line.pop();
        }
        Some(line_of(&line))
    })
}

fn line_of(bytes: &[u8]) -> io::Result<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.trim_start_matches('\u{feff}').to_owned());
    }
    let (text, encoding) = decode(bytes).ok_or(ErrorKind::InvalidData)?;
    let legacy = match encoding {
        Encoding::Windows1252 => Legacy::of(&text),
        _ => None,
    };
    Ok(legacy.map_or_else(|| text.clone(), |legacy| legacy.read(&text)))
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

    #[test]
    fn lines_are_read_whatever_the_shell_makes_of_them() {
        const LINES: [&str; 3] = ["Sở Nội vụ", "", "mất điện lúc 20:32"];
        let read = |bytes: &[u8]| -> Vec<String> {
            let lines: io::Result<Vec<String>> = lines(bytes).collect();
            lines.expect("text")
        };
        let text = LINES.join("\r\n");
        assert_eq!(read(text.as_bytes()), LINES);
        assert_eq!(read(LINES.join("\n").as_bytes()), LINES);
        assert_eq!(read(format!("\u{feff}{text}\r\n").as_bytes()), LINES);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&[b"\xff\xfe", wide.as_slice()].concat()), LINES);
        assert_eq!(read(&wide), LINES);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&[b"\xfe\xff", wide.as_slice()].concat()), LINES);
        // Code page 1258, and the fonts of before Unicode.
        assert_eq!(
            read(b"S\xf5\xd2 N\xf4\xf2i vu\xf2\r\nm\xe2\xect ma\xf2ng"),
            ["Sở Nội vụ", "mất mạng"]
        );
        assert_eq!(read(b"S\xeb N\xe9i v\xf4\n"), ["Sở Nội vụ"]);
        assert!(read(b"").is_empty());
        let broken: Vec<_> = lines(b"a\n\xff\x01\nb\n".as_slice())
            .map(|line| line.map_err(|cause| cause.kind()))
            .collect();
        let bad = Err(ErrorKind::InvalidData);
        assert_eq!(broken, [Ok("a".to_owned()), bad, Ok("b".to_owned())]);
    }

    #[test]
    fn a_file_that_an_editor_saved_is_text() {
        let path = Path::new("mẫu ca.json");
        let read = |bytes: &[u8]| text_of(path, bytes).map_err(|error| error.why_key());
        assert_eq!(read(b"\xef\xbb\xbf{\r\n}").as_deref(), Ok("{\r\n}"));
        assert_eq!(read(b"\xff\xfe{\0}\0").as_deref(), Ok("{}"));
        let broken = text_of(path, b"\x89PNG\r\n\x1a\n\0\0").map_err(|error| error.io_kind());
        assert_eq!(broken, Err(Some(ErrorKind::InvalidData)));
    }
}
