//! Groups as spreadsheets name them.

use crate::directory::unit::Group;

/// Vietnamese names of the groups; the first is the one we write.
pub(crate) const GROUP_NAMES: &[(Group, &[&str])] = &[
    (
        Group::Party,
        &["Tỉnh ủy và đoàn thể", "Đảng, đoàn thể", "Khối Đảng"],
    ),
    (Group::Assembly, &["Đoàn ĐBQH và HĐND"]),
    (Group::Department, &["Sở, ban, ngành", "Các sở, ban, ngành"]),
    (
        Group::District,
        &["UBND huyện, thị xã, thành phố", "UBND cấp huyện"],
    ),
    (Group::Commune, &["UBND xã, phường", "UBND cấp xã"]),
    (
        Group::Telecom,
        &["Bưu chính, viễn thông, internet", "Bưu chính, viễn thông"],
    ),
    (Group::Police, &["Công an"]),
    (Group::Polling, &["Điểm, tổ bầu cử", "Tổ bầu cử"]),
    (Group::Other, &["Khác"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::vietnamese;

    #[test]
    fn what_is_written_is_read_back() {
        let read: Vec<_> = GROUP_NAMES
            .iter()
            .map(|(group, names)| (*group, names[0]))
            .collect();
        let written: Vec<_> = Group::ALL
            .iter()
            .map(|group| (*group, vietnamese().word(*group)))
            .collect();
        assert_eq!(read, written);
    }
}
