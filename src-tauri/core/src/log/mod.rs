//! What happened and who wrote it down: numbered lines, and the handing over of the watch.

pub mod entry;
pub mod handover;
