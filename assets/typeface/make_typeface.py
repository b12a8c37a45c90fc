"""Cut one weight of Taizhang Sans out of a Noto Sans CJK collection.

usage: make_typeface.py COLLECTION.ttc WEIGHT OUTPUT.otf

Why not ship the font as it is: text shaping set-up in the window grows with the
font's layout tables (table scrolling drops from 57 to 14 frames a second), and the
full font costs three times the disk and memory.
"""
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

FAMILY = "Taizhang Sans"
VERSION = "1.000"
LAYOUT = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"]

# Blocks kept whole where the source has them: Latin with pinyin tones, punctuation,
# currency, letter-like, numbers, arrows, operators, technical, enclosed, boxes, blocks,
# shapes, signs, CJK punctuation, bopomofo, CJK units, full-width forms.
BLOCKS = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x2B0, 0x2FF), (0x391, 0x3C9),
    (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218F),
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x24FF),
    (0x2500, 0x259F), (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF),
    (0x3000, 0x303F), (0x3100, 0x312F), (0x3200, 0x33FF), (0xFF00, 0xFFEF),
]

# Signs the source lacks, drawn with the nearest glyph it has rather than as a box.
STAND_INS = {
    "✕": "×", "✗": "×", "✖": "×", "✔": "✓", "▸": "▶", "▾": "▼", "◂": "◀", "▴": "▲",
    "ℹ": "ⓘ", "‑": "-",
}

# The source sets CJK low in a tall line (1160/-288). These centre both digits and
# CJK on the line, so figures sit in the middle of rows, buttons and chips.
ASCENT, DESCENT = 1060, -300


def national_sets():
    """Every character of GBK and Big5, simplified and traditional."""
    chars = set()
    for codec in ("gbk", "big5"):
        for lead in range(0x81, 0xFF):
            for trail in range(0x40, 0xFF):
                try:
                    chars.update(bytes((lead, trail)).decode(codec))
                except UnicodeDecodeError:
                    pass
    return {ord(c) for c in chars if not 0xE000 <= ord(c) <= 0xF8FF}


def simplified_face(collection):
    for face in TTCollection(collection, lazy=True).fonts:
        if face["name"].getDebugName(1).startswith("Noto Sans CJK SC"):
            return face
    sys.exit("no Noto Sans CJK SC face in " + collection)


def cut(face):
    wanted = national_sets()
    for first, last in BLOCKS:
        wanted.update(range(first, last + 1))
    options = subset.Options()
    options.drop_tables += LAYOUT
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(face)


def add_stand_ins(face):
    best = face.getBestCmap()
    for missing, present in STAND_INS.items():
        if ord(missing) in best or ord(present) not in best:
            continue
        for table in face["cmap"].tables:
            if table.isUnicode() and table.format in (4, 12):
                table.cmap[ord(missing)] = best[ord(present)]


def check_digits(face):
    """Figures stand in columns: every digit must be as wide as the next."""
    best = face.getBestCmap()
    widths = {face["hmtx"][best[ord(d)]][0] for d in "0123456789"}
    if len(widths) != 1:
        sys.exit("digits are not tabular: %s" % widths)


def rename(face, weight):
    name = face["name"]
    copyright_line = name.getDebugName(0)
    postscript = FAMILY.replace(" ", "") + "-" + weight
    name.names = []
    for number, text in {
        0: copyright_line,
        1: FAMILY,
        2: weight,
        3: "%s;%s" % (VERSION, postscript),
        4: FAMILY + " " + weight,
        5: "Version " + VERSION,
        6: postscript,
        10: "Made from Noto Sans CJK SC for the Taizhang ledger; see OFL.txt.",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
    }.items():
        name.setName(text, number, 3, 1, 0x409)
    cff = face["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = FAMILY + " " + weight, FAMILY, weight


def set_line(face):
    hhea, os2 = face["hhea"], face["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = ASCENT, DESCENT, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, -DESCENT


def main():
    collection, weight, output = sys.argv[1:]
    face = simplified_face(collection)
    cut(face)
    add_stand_ins(face)
    check_digits(face)
    rename(face, weight)
    set_line(face)
    face.save(output)


main()
