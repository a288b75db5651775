//! What somebody is to their unit and which post they hold, in the words of lists: one table for
//! cells, for headings over people, and for headings and cells of duty lists.

use sotruc_base::text::fold;

/// What words say that somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Who answers.
    Main,
    /// Who takes over.
    Backup,
    /// Who leads.
    Leader,
    /// Who looks after the systems; in a duty list they are who answers.
    Technical,
}

/// Where words tell what somebody is to their unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Nowhere: they only say who holds a post.
    Nowhere,
    /// Where they are all that a cell says.
    Alone,
    /// There, and among others in a heading over people.
    Anywhere,
}

/// Words, folded: what they say, where they tell a role, and whether they tell a post of a duty
/// list among others.
const WORDS: &[(&str, Part, Told, bool)] = &[
    ("lanh dao", Part::Leader, Told::Anywhere, true),
    ("lanh dao phu trach", Part::Leader, Told::Alone, false),
    ("leader", Part::Leader, Told::Alone, false),
    ("truc chi huy", Part::Leader, Told::Nowhere, true),
    ("chi huy", Part::Leader, Told::Nowhere, true),
    ("ldao", Part::Leader, Told::Alone, true),
    ("ban giam doc", Part::Leader, Told::Nowhere, true),
    ("ld truc", Part::Leader, Told::Alone, true),
    ("du phong", Part::Backup, Told::Anywhere, true),
    ("dau moi du phong", Part::Backup, Told::Alone, false),
    ("truc du phong", Part::Backup, Told::Alone, false),
    ("can bo du phong", Part::Backup, Told::Alone, false),
    ("du bi", Part::Backup, Told::Anywhere, true),
    ("thay the", Part::Backup, Told::Anywhere, true),
    ("backup", Part::Backup, Told::Anywhere, true),
    ("secondary", Part::Backup, Told::Alone, false),
    ("phu", Part::Backup, Told::Alone, true),
    ("truc phu", Part::Backup, Told::Alone, true),
    ("can bo phu", Part::Backup, Told::Alone, false),
    ("dau moi phu", Part::Backup, Told::Alone, false),
    ("ho tro", Part::Backup, Told::Nowhere, true),
    ("ky thuat", Part::Technical, Told::Anywhere, true),
    ("can bo ky thuat", Part::Technical, Told::Alone, false),
    ("phu trach ky thuat", Part::Technical, Told::Alone, false),
    ("technical", Part::Technical, Told::Alone, false),
    ("truc ky thuat", Part::Technical, Told::Alone, true),
    ("chinh", Part::Main, Told::Alone, true),
    ("dau moi", Part::Main, Told::Alone, false),
    ("dau moi chinh", Part::Main, Told::Anywhere, false),
    ("truc chinh", Part::Main, Told::Anywhere, false),
    ("can bo chinh", Part::Main, Told::Anywhere, false),
    ("nguoi chinh", Part::Main, Told::Anywhere, false),
    ("main", Part::Main, Told::Anywhere, true),
    ("primary", Part::Main, Told::Alone, false),
    ("can bo truc", Part::Main, Told::Nowhere, true),
    ("can bo", Part::Main, Told::Nowhere, true),
    ("cb truc", Part::Main, Told::Nowhere, true),
    ("truc ban", Part::Main, Told::Nowhere, true),
    ("nguoi truc", Part::Main, Told::Nowhere, true),
    ("nhan vien", Part::Main, Told::Nowhere, true),
    ("nhan vien truc", Part::Main, Told::Nowhere, true),
    ("chuyen vien", Part::Main, Told::Nowhere, true),
    ("cong chuc truc", Part::Main, Told::Nowhere, true),
    ("vien chuc truc", Part::Main, Told::Nowhere, true),
];

/// Whether words stand among others, all folded.
fn stand_in(words: &str, folded: &str) -> bool {
    format!(" {folded} ").contains(&format!(" {words} "))
}

/// What a text says somebody is, when it says nothing else; a number behind it counts the people.
#[must_use]
pub fn part_alone(text: &str) -> Option<Part> {
    let folded = fold(text);
    let folded = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let mut told = WORDS
        .iter()
        .filter(|(_, _, told, _)| *told != Told::Nowhere);
    told.find(|(words, ..)| *words == folded).map(|word| word.1)
}

/// What the headings over somebody say that they are, where a row speaks of several people.
#[must_use]
pub fn part_over(headings: &str) -> Option<Part> {
    let folded = fold(headings);
    let says = |part: &Part| other_words(*part).any(|words| stand_in(words, &folded));
    // Who takes over for a leader takes over.
    [Part::Backup, Part::Leader, Part::Technical, Part::Main]
        .into_iter()
        .find(says)
}

/// The words, folded, that tell one part from another in a heading over people.
pub(crate) fn other_words(part: Part) -> impl Iterator<Item = &'static str> {
    let told = move |word: &&(_, Part, Told, bool)| word.1 == part && word.2 == Told::Anywhere;
    WORDS.iter().filter(told).map(|(words, ..)| *words)
}

/// Whose post a heading or a cell of a duty list says, folded: a leader's before anybody's.
#[must_use]
pub fn part_on_duty(folded: &str) -> Option<Part> {
    // Whoever is in charge is no backup: `phụ trách`, `phụ`.
    let folded = folded.replace("phu trach", "");
    let says = |part: &Part| {
        let mut words = WORDS.iter().filter(|word| word.1 == *part && word.3);
        words.any(|(words, ..)| stand_in(words, &folded))
    };
    [Part::Leader, Part::Backup, Part::Main, Part::Technical]
        .into_iter()
        .find(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_says_the_same_wherever_it_stands() {
        for (words, part, told, on_duty) in WORDS {
            assert_eq!(fold(words), *words, "folded");
            let again = WORDS.iter().filter(|(other, ..)| other == words).count();
            assert_eq!(again, 1, "{words} stands once");
            let role = (*told != Told::Nowhere).then_some(*part);
            assert_eq!(part_alone(words), role, "{words} in a cell");
            if *told == Told::Anywhere {
                assert_eq!(part_over(words), Some(*part), "{words} over people");
            }
            if *on_duty {
                assert_eq!(part_on_duty(words), Some(*part), "{words} on duty");
            }
        }
    }

    #[test]
    fn a_cell_says_a_role_and_nothing_else() {
        let check =
            |text: &str, expect: Option<Part>| assert_eq!(part_alone(text), expect, "{text}");
        check("Thay thế", Some(Part::Backup));
        check("Phụ", Some(Part::Backup));
        check("Dự bị", Some(Part::Backup));
        check("Cán bộ chính", Some(Part::Main));
        check("DỰ PHÒNG 2", Some(Part::Backup));
        check("Lãnh đạo", Some(Part::Leader));
        check("Phụ trách", None);
        check("Cán bộ", None);
        check("Chuyên viên", None);
        check("Trực máy", None);
        check("", None);
    }

    #[test]
    fn who_is_in_charge_is_no_backup() {
        let check = |text: &str, expect: Option<Part>| {
            assert_eq!(part_on_duty(&fold(text)), expect, "{text}");
        };
        check("Trực phụ", Some(Part::Backup));
        check("Cán bộ phụ trách", Some(Part::Main));
        check("Lãnh đạo phụ trách", Some(Part::Leader));
        check("Phụ trách kỹ thuật", Some(Part::Technical));
        check("Phụ trách", None);
    }

    #[test]
    fn a_heading_over_people_says_a_role_among_other_words() {
        let check =
            |text: &str, expect: Option<Part>| assert_eq!(part_over(text), expect, "{text}");
        check("Người thay thế", Some(Part::Backup));
        check("Đầu mối dự bị Họ tên", Some(Part::Backup));
        check("Lãnh đạo dự phòng", Some(Part::Backup));
        check("Lãnh đạo phụ trách", Some(Part::Leader));
        check("Cán bộ phụ trách kỹ thuật", Some(Part::Technical));
        check("Họ và tên", None);
    }
}
