"""What people write back, and what each means.

Clear ones have their meaning; of what is not clear (None) nothing must be made. Forms
of address, typing errors, missing accents and signs are as in life.
"""

from pathlib import Path

from . import wordings_de, wordings_en, wordings_pl

#: Who has written them, in ``further_wordings.txt`` now and then as a signature.
NAME = "Anna Mary Nowak-Müller, Jan, Tom"
FURTHER = Path(__file__).parent / "further_wordings.txt"
#: Language → meaning → texts.
WORDINGS = {
    "pl_PL": wordings_pl.WORDINGS,
    "de_DE": wordings_de.WORDINGS,
    "en_US": wordings_en.WORDINGS,
}


def get_wordings():
    """Return each wording once.

    :return list[tuple[str, str, str | None]]: language, text, meaning
    """
    own = [
        (lang, text, meaning)
        for lang, meanings in WORDINGS.items()
        for meaning, texts in meanings.items()
        for text in texts
    ]
    return own + get_further()


def get_further():
    """Return those that were collected apart, as ``get_wordings`` has them."""
    lines = FURTHER.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    return [
        (lang, text, None if meaning == "unclear" else meaning)
        for lang, meaning, text in rows
    ]
