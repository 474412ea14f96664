//! The printer's own characters: which byte prints which.
//!
//! **What a page does not have is not written as something else**: [`encode`] gives nothing, and the line is printed as
//! a picture.
//!
//! The tables are the Unicode consortium's (`MAPPINGS/VENDORS/MICSFT`), bytes 128 to 255; `U+FFFD` stands for a byte
//! that prints nothing. Which number selects a page: Epson's `ESC t`, the same on its compatibles.

use crate::domain::CodePage;

const PC437: &str = concat!(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ",
    "áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
    "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
);
const PC850: &str = concat!(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ",
    "áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀",
    "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
);
const PC852: &str = concat!(
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č",
    "áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐",
    "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀",
    "ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}",
);
const PC858: &str = concat!(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ",
    "áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀",
    "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
);
const WPC1252: &str = concat!(
    "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ",
    "\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
);

/// What no text holds: control characters are cleaned out of documents.
const NOTHING: char = '\u{fffd}';

const fn table(page: CodePage) -> &'static str {
    match page {
        CodePage::Pc437 => PC437,
        CodePage::Pc850 => PC850,
        CodePage::Pc852 => PC852,
        CodePage::Pc858 => PC858,
        CodePage::Windows1252 => WPC1252,
    }
}

/// The number that `ESC t` selects a page by.
pub(super) const fn number(page: CodePage) -> u8 {
    match page {
        CodePage::Pc437 => 0,
        CodePage::Pc850 => 2,
        CodePage::Pc852 => 18,
        CodePage::Pc858 => 19,
        CodePage::Windows1252 => 16,
    }
}

/// The bytes of a text, where the page has all of its characters.
#[must_use]
pub fn encode(text: &str, page: CodePage) -> Option<Vec<u8>> {
    text.chars().map(|c| byte(c, page)).collect()
}

fn byte(c: char, page: CodePage) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok().filter(|byte| !byte.is_ascii_control());
    }
    let at = table(page).chars().position(|known| known == c && c != NOTHING)?;
    u8::try_from(at + 128).ok()
}

/// The character that a byte prints.
#[must_use]
pub fn decode(byte: u8, page: CodePage) -> Option<char> {
    if byte < 128 {
        return Some(char::from(byte)).filter(|c| !c.is_control());
    }
    table(page).chars().nth(usize::from(byte) - 128).filter(|c| *c != NOTHING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_place_for_each_byte() {
        for page in CodePage::ALL {
            assert_eq!(table(page).chars().count(), 128, "{page:?}");
            for number in 32..=255_u8 {
                if let Some(c) = decode(number, page) {
                    assert_eq!(encode(&c.to_string(), page), Some(vec![number]), "{page:?} {number}");
                }
            }
        }
    }

    #[track_caller]
    fn check(text: &str, page: CodePage, expected: Option<&[u8]>) {
        assert_eq!(encode(text, page).as_deref(), expected, "{text} {page:?}");
    }

    #[test]
    fn characters_as_the_published_tables_have_them() {
        check("Señor", CodePage::Pc437, Some(b"Se\xa4or"));
        check("é", CodePage::Pc850, Some(b"\x82"));
        check("€", CodePage::Pc437, None);
        check("€", CodePage::Pc850, None);
        check("€", CodePage::Pc858, Some(b"\xd5"));
        check("€", CodePage::Windows1252, Some(b"\x80"));
        check("Œuvre", CodePage::Pc858, None);
        check("Œuvre", CodePage::Windows1252, Some(b"\x8cuvre"));
        check("Łódź", CodePage::Pc852, Some(b"\x9d\xa2d\xab"));
        check("陈美", CodePage::Pc858, None);
        check("\x1b@", CodePage::Pc858, None);
    }
}
