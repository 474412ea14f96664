#!/usr/bin/env python3
"""Cuts the Chinese and Korean fonts of the window out of Noto Sans CJK.

    ./scripts/cjk-fonts.py FOLDER      FOLDER holds NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc

Needs fonttools (4.50 or newer; `pip install fonttools`) and Debian's package fonts-noto-cjk, whose files stand in
/usr/share/fonts/opentype/noto. Run it again when words were added to the locales: a test names the characters that
are missing. Besides the words of the window the fonts hold what names are commonly written with: the first level of
GB 2312, the syllables of KS X 1001 and, in the regular weight alone, the first level of Big5. Latin letters and digits
are left out: they are Inter's.
"""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "assets" / "fonts"
# Language, place of its face in the collection, name of the file.
FACES = [("zh-Hans", 2, "SC"), ("zh-Hant", 3, "TC"), ("ko", 1, "KR")]


def words(language):
    """Every character of the language's own files."""
    folder = ROOT / "assets" / "locales" / language
    return {char for file in folder.glob("*.ftl") for char in file.read_text(encoding="utf-8")}


def from_codec(codec, leads, trails):
    """The characters of a two-byte character set between those bytes."""
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                found.add(bytes([lead, trail]).decode(codec))
            except UnicodeDecodeError:
                continue
    return found


def common(language):
    """What names are commonly written with."""
    if language == "zh-Hans":
        return from_codec("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    if language == "zh-Hant":
        return from_codec("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    return from_codec("euc-kr", range(0xB0, 0xC9), range(0xA1, 0xFF))


# Ideographic and full-width punctuation, which every one of the three needs whole.
PUNCTUATION = {chr(code) for code in [*range(0x3000, 0x3020), *range(0xFF01, 0xFF61), 0xFFE5, 0xFFE6]}
# The languages' own names, which the list of languages shows in whatever language the window speaks.
OWN_NAMES = {"zh-Hans": set("简体中文"), "zh-Hant": set("繁體中文"), "ko": set("한국어")}


def cut(collection, index, name, chars):
    """Writes one subset; what Inter and JetBrains Mono have is left to them."""
    chars = sorted(char for char in chars if ord(char) > 0x2FFF)
    out = FONTS / name
    subprocess.run(
        [
            sys.executable, "-m", "fontTools.subset", str(collection), f"--font-number={index}",
            f"--output-file={out}", "--text=" + "".join(chars), "--layout-features=", "--no-hinting",
            "--desubroutinize", "--name-IDs=0,1,2,3,4,5,6,13,14", "--drop-tables+=VORG,vhea,vmtx,BASE,GSUB,GPOS,DSIG",
            "--notdef-outline", "--no-glyph-names",
        ],
        check=True,
    )
    print(f"{name}: {len(chars)} characters, {out.stat().st_size} bytes")


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/noto")
    for language, index, short in FACES:
        own = words(language) | PUNCTUATION | OWN_NAMES[language]
        # Big5's first level in bold would be another 1.2 MB.
        bold = own if language == "zh-Hant" else own | common(language)
        cut(folder / "NotoSansCJK-Regular.ttc", index, f"NotoSans{short}-Regular.otf", own | common(language))
        cut(folder / "NotoSansCJK-Bold.ttc", index, f"NotoSans{short}-Bold.otf", bold)


main()
