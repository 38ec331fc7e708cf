"""Signs that have a plain form for SMS, where Unicode's tables do not say which."""

#: Signs whose plain form Unicode's tables do not tell, by that form.
SIGNS = {
    sign: plain
    for plain, signs in {
        "": "\N{COMBINING ENCLOSING KEYCAP}\N{COMBINING GRAPHEME JOINER}"
        "\N{OBJECT REPLACEMENT CHARACTER}",
        " ": "\t\N{BRAILLE PATTERN BLANK}",
        "\n": "\v\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}",
        "'": "`´΄ʹʻʼʽʾʿˈˊˋ՚׳′‵Ꞌꞌ",
        '"': "¨ʺ˝ˮ״″‶〃「」『』《》⟪⟫",
        "-": "−¯ˉ˗‾￣•‣⁃⁌⁍⁒∙⋄◉◊◎◘◦❖⦁⦾⦿⸰⸱➢➣➤➖⎯─━",
        "_": "ˍ‗",
        "[": "⁅",
        "]": "⁆",
        "[ ]": "☐",
        "[x]": "☑☒",
        "<": "˂",
        ">": "˃",
        ";": "⁏",
        ".": "·˙‧⋅・。",
        ",": "¸˛،、",
        ":": "÷∶։꞉➗",
        "!": "ǃ❕❗",
        "?": "؟⸮❓❔\N{REPLACEMENT CHARACTER}",
        "?!": "‽",
        "/": "⁄∕╱⧸",
        "\\": "∖⧵╲",
        "|": "¦ǀ∣❘│┃",
        "||": "ǁ║",
        "#": "ǂ♯",
        "*": "⁎∗※⋆⁕",
        "**": "⁑",
        "***": "⁂",
        "~": "˜∼⁓≃≅≈≊≒",
        "^": "ˆˇ˘˄‸⁁",
        "=": "═",
        "+": "➕†✚",
        "++": "‡",
        "x": "×✕✖✗✘❌❎",
        "b": "♭",
        "e": "℮",
        "lb": "℔",
        "Rx": "℞",
        "u": "µμ",
        "Ø": "∅⌀",
        "£": "₤",
        "Δ": "∆",
        "Π": "∏",
        "Σ": "∑",
        "(c)": "©",
        "(p)": "℗",
        "(R)": "®",
        "deg": "°˚",
        "o/oo": "‰",
        "o/ooo": "‱",
        "+/-": "±",
        "-/+": "∓",
        "<=": "≤≦⩽",
        ">=": "≥≧⩾",
        "<<": "≪",
        ">>": "≫",
        "=/=": "≠",
        "...": "⋯",
        "<->": "↔⟷",
        "=>": "⇒⟹",
        "<=>": "⇔⟺",
        "//": "∥‖",
        "$": "💲",
        "10": "🔟",
        "100": "💯",
        "AB": "🆎",
        "CL": "🆑",
        "COOL": "🆒",
        "FREE": "🆓",
        "ID": "🆔",
        "NEW": "🆕",
        "NG": "🆖",
        "OK": "🆗",
        "SOS": "🆘",
        "UP!": "🆙",
        "VS": "🆚",
    }.items()
    for sign in signs
}
#: Of the Greek capitals, the alphabet has those that look like no Latin one.
SIGNS |= dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
#: Signs of the fonts Symbol and Wingdings: the bullets of Word, and what Outlook makes
#: of arrows and faces. Copied from there they are signs of no alphabet.
SIGNS |= dict.fromkeys("\uf06c\uf06e\uf071\uf075\uf076\uf0a7\uf0a8\uf0b7\uf0d8", "-")
SIGNS |= {"\uf0df": "<-", "\uf0e0": "->", "\uf0e8": "->"}
SIGNS |= {"\uf04a": ":)", "\uf04b": ":|", "\uf04c": ":("}
#: Currencies whose sign the alphabet lacks, by the codes of ISO 4217.
SIGNS |= {
    "¢": "c",
    "؋": "AFN",
    "֏": "AMD",
    "৳": "BDT",
    "฿": "THB",
    "៛": "KHR",
    "₡": "CRC",
    "₣": "F",
    "₦": "NGN",
    "₩": "KRW",
    "₪": "ILS",
    "₫": "VND",
    "₭": "LAK",
    "₮": "MNT",
    "₱": "PHP",
    "₲": "PYG",
    "₴": "UAH",
    "₵": "GHS",
    "₸": "KZT",
    "₹": "INR",
    "₺": "TRY",
    "₼": "AZN",
    "₽": "RUB",
    "₾": "GEL",
    "₿": "BTC",
    "﷼": "Rial",
    "⃀": "KGS",
}
#: Signs of which there are too many drawings to list, by what their names are like.
NAMES = {
    "-": r"(?:[A-Z-]+ )*(?:BLACK|WHITE)(?: [A-Z-]+)* "
    r"(?:CIRCLE|DIAMOND|LOZENGE|POINTER|RECTANGLE|SQUARE)"
    r"|(?:SMALL|LARGE) (?:BLUE|ORANGE) DIAMOND"
    r"|(?:BLACK|WHITE)(?: MEDIUM)? (?:LEFT|RIGHT)-POINTING(?: SMALL)? TRIANGLE"
    r"(?: CENTRED)?"
    r"|BOX DRAWINGS [A-Z ]+ DASH HORIZONTAL",
    "|": r"BOX DRAWINGS [A-Z ]+ DASH VERTICAL",
    "*": r"(?:[A-Z-]+ )*(?:ASTERISK|STAR)",
    **{
        plain: rf"(?:(?!WITH){other} )*{direction}(?: {other})* ARROW"
        rf"(?: (?:FROM|TO|WITH)(?: {other})+)?"
        for plain, direction, other in (
            ("->", "RIGHTWARDS", "(?!LEFT|UP|DOWN)[A-Z-]+"),
            ("<-", "LEFTWARDS", "(?!RIGHT|UP|DOWN)[A-Z-]+"),
        )
    },
    **{
        plain: rf"(?:[A-Z-]+ )*{side}(?:-POINTING)?(?: [A-Z-]+)* {kind}(?: ORNAMENT)?"
        for pair, kind in (
            ("()", "PARENTHESIS"),
            ("[]", "(?:LENTICULAR|SQUARE|TORTOISE SHELL) BRACKET"),
            ("{}", "CURLY BRACKET"),
            ("<>", "ANGLE BRACKET"),
        )
        for plain, side in zip(pair, ("LEFT", "RIGHT"), strict=True)
    },
}
