//! Properties of code points as Python 3.12 knows them (Unicode 15.0).
//!
//! The general category is the crate's table of that version; properties that the standard library derives from a newer
//! Unicode count only for code points that 15.0 assigns.

use super::fold_table::{DECIMAL_ZEROS, NUMERIC_LETTERS, OTHER_DIGITS};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// White space among the ASCII code points.
pub static ASCII_SPACE: [bool; 128] = {
    let mut table = [false; 128];
    let spaces = [9, 10, 11, 12, 13, 0x1C, 0x1D, 0x1E, 0x1F, 0x20];
    let mut i = 0;
    while i < spaces.len() {
        table[spaces[i]] = true;
        i += 1;
    }
    table
};

fn within(table: &[(u32, u32)], cp: u32) -> bool {
    let after = table.partition_point(|&(first, _)| first <= cp);
    after > 0 && cp <= table[after - 1].1
}

fn category(cp: u32) -> GeneralCategory {
    char::from_u32(cp).map_or(GeneralCategory::Surrogate, |c| c.general_category())
}

/// The code point as a character that Unicode 15.0 assigns.
pub fn assigned(cp: u32) -> Option<char> {
    let c = char::from_u32(cp)?;
    (cp < 0x80 || c.general_category() != GeneralCategory::Unassigned).then_some(c)
}

/// `str.isspace` of one code point: bidirectional class WS, B or S, or category Zs.
#[inline]
pub fn is_space(cp: u32) -> bool {
    if cp < 128 {
        return ASCII_SPACE[cp as usize];
    }
    matches!(cp, 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000)
}

/// Whether `str.splitlines` breaks here.
#[inline]
pub fn is_line_break(cp: u32) -> bool {
    matches!(cp, 10..=13 | 0x1C..=0x1E | 0x85 | 0x2028 | 0x2029)
}

/// `str.isalpha` of one code point: a letter.
pub fn is_alpha(cp: u32) -> bool {
    if cp < 128 {
        return (cp as u8).is_ascii_alphabetic();
    }
    char::from_u32(cp).is_some_and(|c| c.general_category_group() == GeneralCategoryGroup::Letter)
}

/// The value of a decimal digit in any script.
pub fn decimal_value(cp: u32) -> Option<u32> {
    if cp < 128 {
        return char::from(cp as u8).to_digit(10);
    }
    let after = DECIMAL_ZEROS.partition_point(|&zero| zero <= cp);
    let offset = cp - DECIMAL_ZEROS[after - 1];
    (offset < 10).then_some(offset)
}

/// `str.isdecimal` of one code point.
pub fn is_decimal(cp: u32) -> bool {
    decimal_value(cp).is_some()
}

/// `str.isdigit` of one code point.
pub fn is_digit(cp: u32) -> bool {
    is_decimal(cp) || within(OTHER_DIGITS, cp)
}

/// `str.isnumeric` of one code point.
pub fn is_numeric(cp: u32) -> bool {
    if cp < 128 {
        return (cp as u8).is_ascii_digit();
    }
    char::from_u32(cp).is_some_and(|c| c.general_category_group() == GeneralCategoryGroup::Number)
        || within(NUMERIC_LETTERS, cp)
}

/// `str.isalnum` of one code point.
pub fn is_alnum(cp: u32) -> bool {
    if cp < 128 {
        return (cp as u8).is_ascii_alphanumeric();
    }
    is_alpha(cp) || is_numeric(cp)
}

/// Whether the code point has the property Uppercase.
pub fn is_upper(cp: u32) -> bool {
    if cp < 128 {
        return (cp as u8).is_ascii_uppercase();
    }
    assigned(cp).is_some_and(char::is_uppercase)
}

/// Whether the code point has the property Lowercase.
pub fn is_lower(cp: u32) -> bool {
    if cp < 128 {
        return (cp as u8).is_ascii_lowercase();
    }
    // U+0295 was a lower case letter until Unicode 16.
    assigned(cp).is_some_and(char::is_lowercase) || cp == 0x295
}

/// Whether the code point is a titlecase letter.
pub fn is_title(cp: u32) -> bool {
    cp >= 0x1C5 && category(cp) == GeneralCategory::TitlecaseLetter
}

/// Whether the code point is cased.
pub fn is_cased(cp: u32) -> bool {
    is_upper(cp) || is_lower(cp) || is_title(cp)
}

/// Whether the code point is ignored when looking for the cased neighbours of a sigma.
pub fn is_case_ignorable(cp: u32) -> bool {
    use GeneralCategory::{EnclosingMark, Format, ModifierLetter, ModifierSymbol, NonspacingMark};
    matches!(
        cp,
        0x27 | 0x2E
            | 0x3A
            | 0xB7
            | 0x387
            | 0x55F
            | 0x5F4
            | 0x2018
            | 0x2019
            | 0x2024
            | 0x2027
            | 0xFE13
            | 0xFE52
            | 0xFE55
            | 0xFF07
            | 0xFF0E
            | 0xFF1A
    ) || matches!(category(cp), NonspacingMark | EnclosingMark | Format | ModifierLetter | ModifierSymbol)
}

/// `str.isprintable` of one code point: neither a separator other than the space nor a control, format, surrogate,
/// private or unassigned code point.
pub fn is_printable(cp: u32) -> bool {
    if cp < 128 {
        return (0x20..0x7F).contains(&cp);
    }
    if cp < 256 {
        return cp > 0xA0 && cp != 0xAD;
    }
    !char::from_u32(cp).is_none_or(|c| {
        matches!(c.general_category_group(), GeneralCategoryGroup::Other | GeneralCategoryGroup::Separator)
    })
}

/// Whether an identifier may start with the code point.
pub fn is_identifier_start(cp: u32) -> bool {
    cp == u32::from('_') || assigned(cp).is_some_and(|c| unicode_ident::is_xid_start(c) && !later_identifier(cp))
}

/// Whether an identifier may go on with the code point.
pub fn is_identifier_continue(cp: u32) -> bool {
    assigned(cp).is_some_and(|c| unicode_ident::is_xid_continue(c) && !later_identifier(cp))
}

/// Code points that Unicode made identifier characters after 15.0.
fn later_identifier(cp: u32) -> bool {
    matches!(cp, 0x200C | 0x200D | 0x30FB | 0xFF65)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a over the flags of every code point; the expected value was made from CPython 3.12 by the same loop.
    #[test]
    fn every_code_point_agrees_with_cpython() {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for cp in 0..0x11_0000 {
            let flags = [
                is_alpha(cp),
                is_decimal(cp),
                is_digit(cp),
                is_numeric(cp),
                is_space(cp),
                is_upper(cp),
                is_lower(cp),
                is_title(cp),
                is_printable(cp),
                is_identifier_start(cp),
                is_identifier_continue(cp),
                is_line_break(cp),
            ];
            let word = flags.iter().rev().fold(0u64, |word, &flag| word << 1 | u64::from(flag));
            hash = (hash ^ word).wrapping_mul(0x0100_0000_01b3);
        }
        assert_eq!(hash, EXPECTED, "{hash:#x}");
    }

    const EXPECTED: u64 = 0x5782_d6c5_54f3_e141;
}
