//! Posts as spreadsheets name them.

use crate::duty::period::Post;

/// Vietnamese names of the posts; the first is the one we write.
pub(crate) const POST_NAMES: &[(Post, &[&str])] = &[
    (Post::Main, &["Chính", "Trực chính", "Đầu mối chính"]),
    (Post::Backup, &["Dự phòng", "Trực dự phòng"]),
    (
        Post::Leader,
        &["Lãnh đạo", "Trực lãnh đạo", "Lãnh đạo phụ trách"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::vietnamese;
    use crate::sheet::duty::post_heading::{BACKUP, LEADER, MAIN};

    #[test]
    fn what_is_written_is_read_back() {
        let read: Vec<_> = POST_NAMES
            .iter()
            .map(|(post, names)| (*post, names[0]))
            .collect();
        let written: Vec<_> = Post::ALL
            .iter()
            .map(|post| (*post, vietnamese().word(*post)))
            .collect();
        assert_eq!(read, written);
        assert_eq!([MAIN, BACKUP, LEADER], [0, 1, 2].map(|nth| written[nth].1));
    }
}
