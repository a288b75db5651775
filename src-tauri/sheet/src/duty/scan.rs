//! Days and times within a text, as people write them: what is found, in its order.

use chrono::Weekday;

use crate::duty::days::Day;
use sotruc_base::clock::YEARS;
use sotruc_base::text::fold;

/// How much of a text is looked at, in bytes: no cell of a roster says more.
const LOOKED_AT: usize = 4_000;

/// The words that say the day before.
pub(super) const DAY_BEFORE: &str = "hom truoc";

/// What is found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// `16/5`, `16/05/2016`, `ngày 16 tháng 5`, `ngày 16`.
    Day(Day),
    /// `tháng 5/2016`; without a year, `tháng 5`.
    Month(u32, Option<i32>),
    /// `năm 2016`.
    Year(i32),
    /// `Thứ Hai`, `T2`, `CN`.
    Weekday(Weekday),
    /// Minutes since midnight: `7h30`, `07:30`.
    Time(u32),
    /// Around the clock: `24/24`, `cả ngày`.
    Whole,
    /// `24/7`: around the clock, or a day in July.
    AllWeek,
    /// `hôm sau`, `(+1)`.
    NextDay,
    /// Between a beginning and an end: a dash, `đến`.
    To,
    /// Written as a day that there is not, or a time of a place that is not known: `31/2/2016`, `20:00 UTC`.
    Wrong,
    /// A number that is none of these, and how many digits it has.
    Number(u32, usize),
    /// A word, folded.
    Word(String),
    /// Any other mark.
    Mark(char),
}

/// What is found, and where in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) found: Found,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A run of digits, a run of letters, or a mark.
struct Token<'a> {
    text: &'a str,
    /// Folded, when it is a word.
    word: String,
    number: Option<u32>,
    start: usize,
    end: usize,
}

/// What a text says, from its beginning to its end.
pub(super) fn scan(text: &str) -> Vec<Piece> {
    let tokens = tokens(text);
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let (found, used) = first(rest, at.checked_sub(1).map(|before| &tokens[before]));
        if let Some(found) = found {
            pieces.push(Piece {
                found,
                start: rest[0].start,
                end: rest[used - 1].end,
            });
        }
        at += used;
    }
    pieces
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Digit,
        Letter,
        Mark,
    }
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut run: Option<(Kind, usize)> = None;
    let mut close = |run: &mut Option<(Kind, usize)>, end: usize| {
        let Some((kind, start)) = run.take() else {
            return;
        };
        let text = &text[start..end];
        tokens.push(Token {
            text,
            word: match kind {
                Kind::Letter => fold(text),
                Kind::Digit | Kind::Mark => String::new(),
            },
            number: match kind {
                // More digits than a year has are no day and no time.
                Kind::Digit => Some(
                    text.parse()
                        .ok()
                        .filter(|_| text.len() <= 8)
                        .unwrap_or(u32::MAX),
                ),
                Kind::Letter | Kind::Mark => None,
            },
            start,
            end,
        });
    };
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if at > LOOKED_AT {
            break;
        }
        let kind = match c {
            c if c.is_whitespace() => None,
            c if c.is_ascii_digit() => Some(Kind::Digit),
            c if c.is_alphabetic() => Some(Kind::Letter),
            _ => Some(Kind::Mark),
        };
        if kind == Some(Kind::Mark) || run.is_some_and(|(of, _)| Some(of) != kind) {
            close(&mut run, at);
        }
        if let (None, Some(kind)) = (run, kind) {
            run = Some((kind, at));
        }
        end = at + c.len_utf8();
    }
    close(&mut run, end);
    tokens
}

impl Token<'_> {
    fn is(&self, mark: char) -> bool {
        self.text.starts_with(mark)
    }

    fn is_dash(&self) -> bool {
        is_dash(self.text)
    }

    fn digits(&self) -> usize {
        self.text.len()
    }
}

fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "–" | "—" | "‐" | "‑" | "−" | "~" | "→" | "÷")
}

/// What the first tokens say, and how many of them.
fn first(rest: &[Token<'_>], before: Option<&Token<'_>>) -> (Option<Found>, usize) {
    let token = &rest[0];
    if let Some(number) = token.number {
        return of_number(rest, number);
    }
    if token.word.is_empty() {
        return of_mark(rest);
    }
    of_word(rest, before)
}

fn of_mark(rest: &[Token<'_>]) -> (Option<Found>, usize) {
    let next = rest.get(1).and_then(|next| next.number);
    match &rest[0] {
        token if token.is('+') && next == Some(1) => (Some(Found::NextDay), 2),
        token if token.is_dash() => (Some(Found::To), 1),
        token => (token.text.chars().next().map(Found::Mark), 1),
    }
}

fn of_number(rest: &[Token<'_>], number: u32) -> (Option<Found>, usize) {
    let round = round_the_clock(rest, number);
    let found = round
        .or_else(|| time(rest, number))
        .or_else(|| no_time(rest, number))
        .or_else(|| no_date(rest))
        .or_else(|| date(rest, number))
        .or_else(|| month_of_year(rest, number));
    match found {
        Some((found, used)) => (Some(found), used),
        None => (Some(Found::Number(number, rest[0].digits())), 1),
    }
}

/// `24/24`, `24/24h`, `24/7`, `24 tiếng`.
fn round_the_clock(rest: &[Token<'_>], number: u32) -> Option<(Found, usize)> {
    if number != 24 {
        return None;
    }
    let next = rest.get(1)?;
    if matches!(next.word.as_str(), "tieng") {
        return Some((Found::Whole, 2));
    }
    let of = rest.get(2)?.number?;
    let is_of = next.is('/') || next.word == "tren" || next.is('\\');
    let ends = |at: usize| rest.get(at).is_none_or(|after| !after.is('/'));
    if !is_of || !matches!(of, 24 | 7) || !ends(3) {
        return None;
    }
    let hours = is_hour_at(rest, 3);
    Some((
        match of {
            24 => Found::Whole,
            _ if hours => Found::Whole,
            _ => Found::AllWeek,
        },
        3 + usize::from(hours),
    ))
}

fn is_hour(word: &str) -> bool {
    matches!(word, "h" | "g" | "gio" | "hrs" | "hour" | "hours")
}

/// Whether a word that marks hours stands here; `H'Linh` and `H Linh` are names.
fn is_hour_at(rest: &[Token<'_>], at: usize) -> bool {
    let Some(token) = rest.get(at).filter(|token| is_hour(&token.word)) else {
        return false;
    };
    let close = |after: &Token<'_>, before: &Token<'_>| after.start == before.end;
    let apostrophe = rest.get(at + 1).filter(|mark| {
        matches!(mark.text, "'" | "’" | "‘" | "ʼ" | "`" | "´") && close(mark, token)
    });
    let named = apostrophe.is_some_and(|mark| {
        rest.get(at + 2)
            .is_some_and(|word| !word.word.is_empty() && close(word, mark))
    });
    let apart = at > 0 && !close(token, &rest[at - 1]);
    let capital = token.text.len() == 1 && token.text.starts_with(char::is_uppercase);
    let before_name = apart
        && capital
        && rest
            .get(at + 1)
            .is_some_and(|word| word.text.starts_with(char::is_uppercase));
    !named && !before_name
}

/// Whether a time is written here: `7h30/17h30` are two.
fn is_clock_at(rest: &[Token<'_>], at: usize) -> bool {
    rest.get(at).is_some_and(|token| token.number.is_some())
        && (is_hour_at(rest, at + 1) || rest.get(at + 1).is_some_and(|mark| mark.is(':')))
}

/// The hour of the half of the day that a word behind it says: `7h tối`.
fn in_half(rest: &[Token<'_>], at: usize, hour: u32) -> Option<u32> {
    let token = rest.get(at)?;
    if !token.text.starts_with(char::is_lowercase) {
        return None;
    }
    // The word may begin what follows: `sáng 7h-11h chiều 13h-17h`.
    let of_next = rest
        .get(at + 1)
        .is_some_and(|next| next.is(':') || next.is('(') || next.word == "tu")
        || is_clock_at(rest, at + 1);
    if of_next {
        return None;
    }
    match (token.word.as_str(), hour) {
        ("sang", 0..=11) | ("trua", 10..=13) | ("chieu", 12..) | ("toi" | "dem", 13..) => {
            Some(hour)
        }
        ("dem", 0..=5) => Some(hour),
        ("trua", 1..=2) | ("chieu", 1..=11) | ("toi", 1..=11) | ("dem", 6..=11) => Some(hour + 12),
        ("toi" | "dem", 12) => Some(24),
        _ => None,
    }
}

/// `7h`, `7h30`, `7 giờ 30 phút`, `07:30`, `07:30:00`, `7:30 PM`.
fn time(rest: &[Token<'_>], number: u32) -> Option<(Found, usize)> {
    let next = rest.get(1)?;
    let minutes = |at: usize| {
        let token = rest.get(at)?;
        let of = token.number.filter(|of| *of < 60 && token.digits() <= 2)?;
        // `7h 16/5` is seven o'clock on a day.
        let is_more = rest.get(at + 1).is_some_and(|after| {
            let of_day = after.is('/') && !is_clock_at(rest, at + 2);
            of_day || is_hour_at(rest, at + 1) || after.is(':') || after.word == "thang"
        });
        (!is_more).then_some(of)
    };
    let (minute, mut used) = if is_hour_at(rest, 1) {
        match minutes(2).filter(|_| rest[0].digits() <= 2) {
            Some(minute) => (minute, 3),
            None => (0, 2),
        }
    } else if next.is(':') && next.start == rest[0].end {
        let close = |token: &&Token<'_>| token.digits() == 2 && token.start == next.end;
        let token = rest.get(2).filter(close)?;
        let minute = token.number.filter(|of| *of < 60)?;
        let seconds = rest
            .get(3)
            .is_some_and(|mark| mark.is(':') && mark.start == token.end)
            && rest.get(4).is_some_and(|token| token.number.is_some());
        (minute, if seconds { 5 } else { 3 })
    } else {
        return None;
    };
    let mut hour = number;
    if let Some(after) = rest.get(used) {
        let is_minute = matches!(after.word.as_str(), "p" | "ph" | "phut") || after.is('\'');
        // `Sa Thị Mai` and `Am` begin names.
        let half = after.text.chars().nth(1).is_some_and(char::is_lowercase)
            && after.text.starts_with(char::is_uppercase);
        match after.word.as_str() {
            "am" | "sa" | "pm" | "ch" if half => {}
            "am" | "sa" if hour == 12 => (hour, used) = (0, used + 1),
            "am" | "sa" => used += 1,
            "pm" | "ch" if hour < 12 => (hour, used) = (hour + 12, used + 1),
            "pm" | "ch" => used += 1,
            _ if is_minute && minute > 0 => used += 1,
            _ if is_hour_at(rest, used) && next.is(':') => used += 1,
            _ => {}
        }
    }
    if let Some(of_day) = in_half(rest, used, hour) {
        (hour, used) = (of_day, used + 1);
    }
    // `7h75` has minutes that are none.
    let tail = rest
        .get(used)
        .filter(|_| minute == 0 && used == 2 && is_hour_at(rest, 1));
    let is_tail = |token: &&Token<'_>| {
        token.start == rest[1].end && token.digits() == 2 && token.number.is_some_and(|of| of > 59)
    };
    if tail.filter(is_tail).is_some() {
        return Some((Found::Wrong, 3));
    }
    let is_one = hour < 24 || (hour == 24 && minute == 0);
    is_one.then(|| (Found::Time(hour * 60 + minute), used))
}

/// `16/5`, `16/5/2016`, `16/5/16`, `16-05-2016`, `2016-05-16`, `16 tháng 5 năm 2016`.
fn date(rest: &[Token<'_>], number: u32) -> Option<(Found, usize)> {
    let mark = rest.get(1)?;
    let second = rest.get(2)?;
    let year_at = |at: usize| {
        let token = rest.get(at)?;
        year(token.number?, token.digits())
    };
    if mark.word == "thang" {
        let day = Day::of(number, second.number?, None)?;
        let worded = rest
            .get(3)
            .is_some_and(|word| word.word == "nam" || word.is('/') || word.is_dash());
        return Some(match year_at(4).filter(|year| worded && *year >= 1900) {
            Some(year) => (
                Found::Day(Day {
                    year: Some(year),
                    ..day
                }),
                5,
            ),
            None => (Found::Day(day), 3),
        });
    }
    let slash = mark.is('/');
    if !slash && !mark.is('.') && !mark.is_dash() {
        return None;
    }
    let third = |mark: &Token<'_>| {
        rest.get(3).is_some_and(|again| {
            // `16/5 - 22/5` are two days.
            let of_year = rest.get(4).is_some_and(|year| year.digits() == 4);
            again.text == mark.text || slash && of_year && (again.is_dash() || again.is('.'))
        })
    };
    if rest[0].digits() == 4 && third(mark) {
        let day = rest.get(4)?.number?;
        let year = year(number, 4)?;
        return Some((Found::Day(Day::of(day, second.number?, Some(year))?), 5));
    }
    if rest[0].digits() > 2 || second.digits() > 2 {
        return None;
    }
    if third(mark)
        && let Some(year) = year_at(4)
        && (slash || rest[4].digits() == 4 || mark.is('.'))
        && let Some(day) = Day::of(number, second.number?, Some(year))
    {
        return Some((Found::Day(day), 5));
    }
    // `16.5` and `16-5` may be hours; only whole cells are read so.
    let day = slash.then(|| Day::of(number, second.number?, None))??;
    Some((Found::Day(day), 3))
}

/// `25:00`, `07:60`, `25h`, `7h75`: written as a time, and no such.
fn no_time(rest: &[Token<'_>], number: u32) -> Option<(Found, usize)> {
    let next = rest.get(1).filter(|next| next.start == rest[0].end)?;
    if rest[0].digits() > 2 {
        return None;
    }
    let minute = rest.get(2).filter(|token| token.start == next.end);
    let minute = minute.filter(|token| token.number.is_some() && token.digits() == 2);
    if next.is(':') {
        return minute.map(|_| (Found::Wrong, 3));
    }
    (is_hour_at(rest, 1) && number > 24).then_some((Found::Wrong, 2))
}

/// `29/02/2027`, `05/03/228`, `16-13-2016`, `2027-02-29`: three numbers as a day is written, and no such day.
fn no_date(rest: &[Token<'_>]) -> Option<(Found, usize)> {
    let [first, mark, second, again, third, ..] = rest else {
        return None;
    };
    let digits = [first, second, third].map(Token::digits);
    let numbers = [first.number?, second.number?, third.number?];
    let is_apart = mark.is('/') || mark.is('.') || mark.is_dash();
    if !is_apart || again.text != mark.text {
        return None;
    }
    let (day, of, length) = match digits {
        [1 | 2, 1 | 2, length] if length > 2 || mark.is('/') && !is_hour_at(rest, 5) => {
            (numbers[0], numbers[2], length)
        }
        [4, 1 | 2, 1 | 2] => (numbers[2], numbers[0], 4),
        _ => return None,
    };
    let is_one = year(of, length).is_some_and(|of| Day::of(day, numbers[1], Some(of)).is_some());
    (!is_one).then_some((Found::Wrong, 5))
}

/// `5/2016`.
fn month_of_year(rest: &[Token<'_>], number: u32) -> Option<(Found, usize)> {
    let (mark, second) = (rest.get(1)?, rest.get(2)?);
    let is_apart = mark.is('/') || mark.is_dash() || mark.is('.');
    let year = year(second.number?, second.digits()).filter(|_| second.digits() == 4)?;
    (is_apart && (1..=12).contains(&number) && rest[0].digits() <= 2)
        .then_some((Found::Month(number, Some(year)), 3))
}

/// A year of four digits, or of two.
fn year(number: u32, digits: usize) -> Option<i32> {
    match digits {
        4 => i32::try_from(number)
            .ok()
            .filter(|year| YEARS.contains(year)),
        2 => i32::try_from(number).ok().map(|year| 2000 + year),
        _ => None,
    }
}

fn of_word(rest: &[Token<'_>], before: Option<&Token<'_>>) -> (Option<Found>, usize) {
    let word = |at: usize| rest.get(at).map_or("", |token| token.word.as_str());
    let number = |at: usize| rest.get(at).and_then(|token| token.number);
    let close = |at: usize| {
        rest.get(at)
            .is_some_and(|token| token.start == rest[at - 1].end)
    };
    let small = || rest[0].text.to_lowercase();
    match (word(0), word(1)) {
        ("hom" | "ngay", "sau") => (Some(Found::NextDay), 2),
        ("ngay", "hom") if word(2) == "sau" => (Some(Found::NextDay), 3),
        ("ngay", "ke" | "tiep") if matches!(word(2), "tiep" | "theo") => (Some(Found::NextDay), 3),
        ("hom" | "ngay", "truoc") => (Some(Found::Word(DAY_BEFORE.to_owned())), 2),
        ("ngay", "hom") if word(2) == "truoc" => (Some(Found::Word(DAY_BEFORE.to_owned())), 3),
        ("ngay", "hom") => (None, 3.min(rest.len())),
        ("ca" | "suot", "ngay") if small() != "ca" => match (word(2), word(3)) {
            ("va", "dem") => (Some(Found::Whole), 4),
            ("dem" | "lan", _) => (Some(Found::Whole), 3),
            _ => (Some(Found::Whole), 2),
        },
        ("ngay", "dem") => (Some(Found::Whole), 2),
        ("ngay", _) if number(1).is_some() => {
            let (found, used) = first(&rest[1..], Some(&rest[0]));
            match found {
                Some(Found::Number(day, 1 | 2)) if (1..=31).contains(&day) => (
                    Some(Found::Day(Day {
                        day: Some(day),
                        ..Day::default()
                    })),
                    1 + used,
                ),
                Some(Found::Day(day)) => (Some(Found::Day(day)), 1 + used),
                // `ban ngày 7h30-16h30` says no day.
                _ => (Some(Found::Word("ngay".to_owned())), 1),
            }
        }
        ("thang", _) => match number(1).filter(|month| (1..=12).contains(month)) {
            Some(month) => {
                let apart = rest.get(2).is_some_and(|mark| {
                    mark.is('/') || mark.is_dash() || mark.is('.') || mark.word == "nam"
                });
                let at = if word(3) == "nam" { 4 } else { 3 };
                let of = rest.get(at).filter(|_| apart);
                match of.and_then(|of| year(of.number?, of.digits()).filter(|_| of.digits() == 4)) {
                    Some(year) => (Some(Found::Month(month, Some(year))), at + 1),
                    None => (Some(Found::Month(month, None)), 2),
                }
            }
            None => (Some(Found::Word(word(0).to_owned())), 1),
        },
        ("nam", _) if rest.get(1).is_some_and(|of| of.digits() == 4) => {
            match number(1).and_then(|of| year(of, 4)) {
                Some(year) => (Some(Found::Year(year)), 2),
                None => (Some(Found::Word(word(0).to_owned())), 1),
            }
        }
        // Whose time it is, is not known.
        ("utc" | "gmt", _) if before.is_some() => (Some(Found::Wrong), 1),
        ("z", _) if before.is_some_and(|before| before.number.is_some()) => (Some(Found::Wrong), 1),
        ("t", _) if number(1).is_some() && close(1) => of_letter(rest),
        _ => {
            if let Some((weekday, used)) = weekday(rest) {
                return (Some(Found::Weekday(weekday)), used);
            }
            let is_to = matches!(word(0), "den") || small() == "tới" || word(0) == "to";
            let is_end = before.is_some_and(|_| rest.len() > 1);
            if is_to && is_end {
                return (Some(Found::To), 1);
            }
            (Some(Found::Word(word(0).to_owned())), 1)
        }
    }
}

/// `T2` is a weekday, `T5/2016` a month, `T11` too.
fn of_letter(rest: &[Token<'_>]) -> (Option<Found>, usize) {
    let number = rest[1].number.unwrap_or_default();
    let of_year = month_of_year(&rest[1..], number);
    match (of_year, number) {
        (Some((found, used)), _) => (Some(found), 1 + used),
        (None, 2..=7) => (weekday_of(number).map(Found::Weekday), 2),
        (None, 1..=12) => (Some(Found::Month(number, None)), 2),
        _ => (Some(Found::Word("t".to_owned())), 1),
    }
}

const fn weekday_of(number: u32) -> Option<Weekday> {
    Some(match number {
        2 => Weekday::Mon,
        3 => Weekday::Tue,
        4 => Weekday::Wed,
        5 => Weekday::Thu,
        6 => Weekday::Fri,
        7 => Weekday::Sat,
        _ => return None,
    })
}

fn weekday(rest: &[Token<'_>]) -> Option<(Weekday, usize)> {
    let word = |at: usize| rest.get(at).map_or("", |token| token.word.as_str());
    Some(match (word(0), word(1)) {
        ("cn" | "cnhat" | "chunhat" | "sun" | "sunday", _) => (Weekday::Sun, 1),
        ("chu" | "c", "nhat") => (Weekday::Sun, 2),
        ("thu", "hai") => (Weekday::Mon, 2),
        ("thu", "ba") => (Weekday::Tue, 2),
        ("thu", "tu") => (Weekday::Wed, 2),
        ("thu", "nam") => (Weekday::Thu, 2),
        ("thu", "sau") => (Weekday::Fri, 2),
        ("thu", "bay") => (Weekday::Sat, 2),
        ("thu", _) => (weekday_of(rest.get(1)?.number?)?, 2),
        ("mon" | "monday", _) => (Weekday::Mon, 1),
        ("tue" | "tuesday", _) => (Weekday::Tue, 1),
        ("wed" | "wednesday", _) => (Weekday::Wed, 1),
        ("thursday", _) => (Weekday::Thu, 1),
        ("fri" | "friday", _) => (Weekday::Fri, 1),
        ("sat" | "saturday", _) => (Weekday::Sat, 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Found> {
        scan(text).into_iter().map(|piece| piece.found).collect()
    }

    #[test]
    fn days_and_times_stand_within_texts() {
        let day = |day, month, year| Found::Day(Day::of(day, month, year).expect("a day"));
        let check = |text: &str, expect: &[Found]| assert_eq!(found(text), expect, "{text}");
        check("16/5", &[day(16, 5, None)]);
        check("16/05/2016", &[day(16, 5, Some(2016))]);
        check("15/5/16", &[day(15, 5, Some(2016))]);
        check("16-05-2016", &[day(16, 5, Some(2016))]);
        check("16.05.2016", &[day(16, 5, Some(2016))]);
        check("2016-05-16", &[day(16, 5, Some(2016))]);
        check("ngày 16 tháng 5 năm 2016", &[day(16, 5, Some(2016))]);
        check("tháng 5/2016", &[Found::Month(5, Some(2016))]);
        check("THÁNG 05 NĂM 2016", &[Found::Month(5, Some(2016))]);
        check("T5/2016", &[Found::Month(5, Some(2016))]);
        check("T2 16/5", &[Found::Weekday(Weekday::Mon), day(16, 5, None)]);
        check(
            "Thứ Hai ngày 16/05/2016",
            &[Found::Weekday(Weekday::Mon), day(16, 5, Some(2016))],
        );
        check(
            "7h30-11h30",
            &[Found::Time(450), Found::To, Found::Time(690)],
        );
        check("7g30", &[Found::Time(450)]);
        check("07:30h", &[Found::Time(450)]);
        for name in ["H'Linh", "H’Linh", "H Linh", "Sa Thị Mai"] {
            let of_name = found(name);
            let behind = found(&format!("19:00 {name}"));
            assert_eq!(behind[0], Found::Time(1140), "{name}");
            assert_eq!(behind[1..], of_name, "{name}");
            let behind = found(&format!("24/24 {name}"));
            assert_eq!(behind[0], Found::Whole, "{name}");
            assert_eq!(behind[1..], of_name, "{name}");
        }
        check("7 giờ 30 phút", &[Found::Time(450)]);
        check("07:30:00", &[Found::Time(450)]);
        check("7:30 CH", &[Found::Time(1170)]);
        check("24/24h", &[Found::Whole]);
        check("24/24 giờ", &[Found::Whole]);
        check("24/7", &[Found::AllWeek]);
        check("24/7/2016", &[day(24, 7, Some(2016))]);
        check("cả ngày", &[Found::Whole]);
        check("cả ngày và đêm", &[Found::Whole]);
        check(
            "07:30 - 07:30 (hôm sau)",
            &[
                Found::Time(450),
                Found::To,
                Found::Time(450),
                Found::Mark('('),
                Found::NextDay,
                Found::Mark(')'),
            ],
        );
        check(
            "từ 7h 15/5 đến 7h 16/5",
            &[
                Found::Word("tu".to_owned()),
                Found::Time(420),
                day(15, 5, None),
                Found::To,
                Found::Time(420),
                day(16, 5, None),
            ],
        );
        check(
            "31/13",
            &[Found::Number(31, 2), Found::Mark('/'), Found::Number(13, 2)],
        );
        for wrong in [
            "29/02/2027",
            "31/2/16",
            "05/03/228",
            "16/05/0016",
            "2027-02-29",
            "16.13.2016",
        ] {
            check(wrong, &[Found::Wrong]);
        }
        for wrong in ["25:00", "07:60", "25h", "7h75", "24:30"] {
            check(wrong, &[Found::Wrong]);
        }
        check("20:00 UTC", &[Found::Time(1200), Found::Wrong]);
        check("20:00Z", &[Found::Time(1200), Found::Wrong]);
        check("99999999999", &[Found::Number(u32::MAX, 11)]);
    }
}
