"""Is a line a sentence of the report rather than an entry of its list?"""

import re

_MARKS = re.compile(
    r"(?<![\w'’-])(?:est|sont|ont|a|avait|avaient|était|étaient|sera|seront|doit|doivent|peut|peuvent|"
    r"permet|permettent|il|elle|ils|elles|nous|vous|on|que|"
    r"qu['’]|qui|dont|où|ce|cette|ces|cela|c['’]est|leur|leurs|se|s['’]|ne|n['’]|pas|afin|lors|donc|mais|"
    r"comme|été|être|avoir|faire|fait|faut|"
    r"y|remercie|rappelle|souligne|indique|précise|propose|présente que|explique|insiste|demande|"
    r"souhaite|informe|ouvre|conclut|estime|selon|entre|sans|je|j['’]ai|ai|suis)(?![\w-])",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[a-zà-ÿ»)…]{2}[.!?]\s+[A-ZÀ-Ý«]")
_VERBS = re.compile(
    r"(?<![\w'’-])(?:est|sont|ont|a|avait|était|étaient|remercie|rappelle|souligne|indique|précise|"
    r"propose|explique|insiste|demande|souhaite|informe|ouvre|conclut|"
    r"estime|présente (?:le|la|les|un|une)|prend|prennent|doit|peut|permet|il faut|nous|s['’]est|se sont)(?![\w-])",
)
_PROXY = re.compile(r"\b(?:a|ont|ayant) donné (?:son |leur )?(?:pouvoir|procuration|mandat)\b", re.IGNORECASE)


def is_prose(text: str, named: bool = False) -> bool:
    """Whether `text` is a sentence. `named`: it opens with a sure name, so only a verb makes it one."""
    count = text.count(" ") + 1
    if text.rstrip().endswith(("!", "?")) and count > 2:
        return True
    if count < 5:
        return False
    sample = _PROXY.sub("", text[:2000])
    count = sample.count(" ") + 1
    if named:
        return bool(_VERBS.search(sample)) and len(_MARKS.findall(sample)) * 18 > count
    marks = len(_MARKS.findall(sample))
    if _SENTENCES.search(sample) and count > 12 and marks:
        return True
    return (marks >= 2 and marks * 16 > count) or (
        marks >= 1 and count > 7 and sample.rstrip().endswith((".", "?", "!", ":")) and "," not in sample
    )
