//! Content lines, as contacts (RFC 6350) and calendars (RFC 5545) are written in.

/// A text as a value: its separators marked, in one line.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\n', "\\n");
    text.replace(',', "\\,").replace(';', "\\;")
}

/// One line, folded before it is longer than 75 bytes and never within a letter.
pub(super) fn fold_line(lines: &mut String, line: &str) {
    const LONGEST: usize = 75;
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            lines.push_str("\r\n ");
            length = 1;
        }
        lines.push(c);
        length += c.len_utf8();
    }
    lines.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_in_its_line() {
        let check = |text: &str, expect: &str| assert_eq!(escaped(text), expect);
        check(
            "Sở Văn hóa, Thể thao; Du lịch",
            "Sở Văn hóa\\, Thể thao\\; Du lịch",
        );
        check("một\nhai", "một\\nhai");
        check("C:\\n", "C:\\\\n");
        check("07:30", "07:30");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        for text in [
            "a".repeat(75),
            "a".repeat(76),
            "ệ".repeat(200),
            "a𝄞ệ".repeat(60),
        ] {
            let mut lines = String::new();
            fold_line(&mut lines, &text);
            let folded: Vec<&str> = lines.split("\r\n").collect();
            assert!(folded.iter().all(|line| line.len() <= 75), "{lines}");
            assert!(folded.len() == 2 || folded[0].len() > 71, "{lines}");
            assert_eq!(lines.replace("\r\n ", ""), format!("{text}\r\n"));
        }
    }
}
