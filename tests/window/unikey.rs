//! How UniKey and EVKey type Vietnamese: no composition, plain keys only. A word that becomes another
//! while it grows is taken back by Backspace, or marked by Shift and an arrow, and typed anew, one key
//! right after the other.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use std::time::Duration;

/// Between two keys.
const BEAT: Duration = Duration::from_millis(5);

/// Words by Telex and by VNI, mended as they grow and again after the caret went back into them:
/// `⌫` is Backspace, `←` and `→` are arrows, `⇧` is Shift with the arrow to the left.
pub const WORDS: &str = "truo⌫⌫ương⌫⌫⌫⌫ường d⌫đa⌫âu7⌫⌫⌫đấu ←←⌫âa⇧ă→→h8h";

/// The same for a field that takes numbers only.
pub const DIGITS: &str = "12⌫34⌫⌫4";

/// Presses these keys.
pub fn burst(keys: &str) -> KeyActions {
    let press = |hand: KeyActions, value: char| {
        hand.then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
    };
    keys.chars()
        .fold(KeyActions::new("unikey".to_owned()), |hand, key| {
            let hand = match key {
                '⌫' => press(hand, '\u{e003}'),
                '←' => press(hand, '\u{e012}'),
                '→' => press(hand, '\u{e014}'),
                '⇧' => press(hand.then(KeyAction::Down { value: '\u{e008}' }), '\u{e012}')
                    .then(KeyAction::Up { value: '\u{e008}' }),
                '↵' => press(hand, '\u{e007}'),
                '⇥' => press(hand, '\u{e004}'),
                key => press(hand, key),
            };
            hand.then(KeyAction::Pause { duration: BEAT })
        })
}

/// What a field holds that does as it is told, and how far from its beginning the caret stands.
pub fn typed(keys: &str) -> (String, usize) {
    let (mut text, mut caret, mut marked) = (Vec::new(), 0_usize, 0_usize);
    for key in keys.chars() {
        if key == '⇧' {
            caret = caret.saturating_sub(1);
            marked += 1;
            continue;
        }
        match key {
            '←' => caret = caret.saturating_sub(1),
            '→' => caret = text.len().min(caret + 1),
            key => {
                if key == '⌫' && marked == 0 && caret > 0 {
                    caret -= 1;
                    marked = 1;
                }
                text.drain(caret..caret + marked);
                if key != '⌫' {
                    text.insert(caret, key);
                    caret += 1;
                }
            }
        }
        marked = 0;
    }
    (text.into_iter().collect(), caret)
}
