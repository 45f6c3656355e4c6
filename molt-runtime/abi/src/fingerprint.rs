//! The fingerprint of the contract: equal fingerprints mean that compiler and runtime agree on every intrinsic.
//!
//! Compiled objects reference the symbol [`symbol`]; the runtime defines it. A stale runtime therefore fails at link.

use crate::intrinsic::TABLE_TEXT;

/// Changed by hand when layouts, descriptors or value tags change in a way the intrinsic table does not show.
pub const LAYOUT_VERSION: u64 = 7;

/// FNV-1a over the text of the intrinsic table, seeded with [`LAYOUT_VERSION`].
pub const fn fingerprint() -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ LAYOUT_VERSION;
    let text = TABLE_TEXT.as_bytes();
    let mut i = 0;
    while i < text.len() {
        hash = (hash ^ text[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    hash
}

/// The link-time symbol that stands for this contract, e.g. `molt_abi_0123456789abcdef`.
pub fn symbol() -> String {
    format!("molt_abi_{:016x}", fingerprint())
}
