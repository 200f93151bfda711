"""Words the rules look for: pronouns, verbs, generic titles, units of structure."""

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PRONOUNS = frozenset({"it", "they", "this", "these", "that", "those", "he", "she", "there"})
COPULAS = frozenset({"is", "are", "was", "were", "isn't", "aren't", "be"})
MODALS = _words(
    "can can't cannot could couldn't may might must should shouldn't will won't would shall "
    "does doesn't do don't did has have had hasn't haven't"
)
ARTICLES = frozenset({"a", "an", "the"})
STOP_WORDS = _words(
    "a an the and or but nor so of to in on at by for from with without into onto over under "
    "as is are was were be been being it its they them their this that these those there "
    "can could may might must should will would do does did has have had not no than then "
    "if when while where which who whom whose what how why we you your our us i he she "
    "also only just more most less least very up down out about per via e.g i.e etc "
    "each every any some all both other such same own"
)
SPLITTERS = _words(
    "for with by to from in on of as via than at into across between through without within "
    "under over per after before during against no not only called using based like against "
    "around until every including"
)
VERBS = _words(
    "accept access act add adjust affect aggregate allocate allow analyse analyze apply assign "
    "assume attach authorize automate avoid balance become begin belong block boot bring buffer "
    "build bypass cache calculate capture carry cause change charge check choose collect combine "
    "come communicate compare compose compress compute configure connect consist consume contain "
    "control convert coordinate copy cost count cover create decide decouple decrease define "
    "delete deliver depend deploy describe detect determine differ direct disable distribute "
    "divide drive eliminate enable encrypt end enforce ensure enter evaluate execute exist "
    "expire expose extend fail filter find follow forward function generate get give grant grow "
    "guarantee handle happen help hide hold host identify improve include increase inspect "
    "install integrate invoke involve join keep know last launch lead leave let leverage limit "
    "link list listen live load locate log look lose maintain make manage map match mean measure "
    "meet merge migrate minimize mix monitor move need notify obtain occur offer operate "
    "optimize orchestrate organize override own pass pay perform permit persist place "
    "poll prevent process produce propagate protect provide provision publish pull push put "
    "query queue raise range reach react read receive recommend record recover redirect reduce "
    "refer register reject release rely remain remove replace replicate report represent request "
    "require reserve resolve respond restart restore restrict result retain return reuse rotate "
    "route run save scale scan schedule secrete secure select send separate serve set share show "
    "sign simplify sit span specify speed split stand start stay stop store stream "
    "strike succeed supply support sync synchronize take target tell terminate tend test throttle "
    "track transfer transform translate transport trigger turn update upgrade "
    "use validate verify view wait want watch work write "
    "absorb activate break carry collapse encode fill form grow hatch join lay mate pack "
    "rise sort turn "
    "warm bind catalyse catalyze cleave divide excrete exchange inhibit pump "
    "regulate secrete stimulate surround synthesise synthesize transmit"
)
GENERIC = re.compile(
    r"^(?:an? |the |key |main |other |some |general |basic |important |quick |high[- ]level )*"
    r"(?:description|overview|introduction|intro|summary|architecture|scalability|consistency|"
    r"resilience|availability|disaster recovery|security|monitoring|pricing|price|costs?|"
    r"use[ -]?cases?|uses?|limits?|limitations?|quotas?|best practices?|foundations?|"
    r"examples?|notes?|types?|kinds?|pros|cons|advantages?|disadvantages?|benefits?|drawbacks?|"
    r"features?|characteristics?|properties|components?|concepts?|definitions?|terms|"
    r"terminology|options|modes?|steps?|process|workflow|performance|encryption|networking|"
    r"configuration|settings|basics|details|facts|how it works|when to use(?: it)?|"
    r"good to know|requirements?|integrations?|deployment|durability|storage|analysis|"
    r"logging(?: and monitoring)?|access control|scaling|backups?|recap|comparisons?)"
    r"(?: (?:overview|types|options))?(?:\s*[&/,]\s*\w+| and \w+)?$",
    re.I,
)
"""Titles that say nothing without the one above."""

QUALIFIER = re.compile(
    r"^(?:if|when|whenever|once|while|after|before|until|by default|unless|from (?:inside|outside)|"
    r"in (?:case|order|the case)|during|as soon as|for example|otherwise)\b",
    re.I,
)
"""Openers that set a condition instead of naming a subject."""

RELATION_LABEL = re.compile(
    r"^(?:it|they|there|this|these|its|their|we|you|has|have|can|could|may|must|should|will|need|"
    r"needs|requires?|supports?|includes?|allows?|provides?|consists? of|contains?|uses?|"
    r"support for|used (?:for|by|to|in)|types? of|kinds? of|some|several|two|three|four|five|"
    r"six|seven|\d+|ways? to|how|what|why|which|where|to|for|is|are|do|don't|good for|great for|"
    r"available|the following|as follows|selects?|only)\b",
    re.I,
)
"""Openers whose children complete them; the subject is the one above."""

NEGATIVE = re.compile(
    r"\b(?:not|no|never|cannot|can['’]?t|n['’]t|without|none|neither|nor|"
    r"\w+n['’]t|unable|disabled|unsupported|cant|dont|doesnt|isnt)\b",
    re.I,
)
NAME = re.compile(
    r"(?:[A-Z][\w.&/+-]*[A-Z0-9][\w.&/+-]*|[A-Z][a-z][\w-]+(?![\w'’])|"
    r"(?<!\w)\.[a-z]\w+|[a-z]+[A-Z]\w*|“[^”]{2,40}”|\"[^\"]{2,40}\")"
    r"(?:[ -](?:[A-Z][\w.&/+-]*|\d{1,3}(?![\w.])))*"
)
"""A name inside a sentence: capitals, an abbreviation, something quoted or in program case."""
WORD = re.compile(r"[^\W_][\w'’.@+#/&-]*[^\W_]|[^\W_]")


def words(text: str) -> list[str]:
    """Return the words of a text, with inner hyphens, dots and slashes kept."""
    return WORD.findall(text)


def is_verb(word: str) -> bool:
    """Return whether a word can be the finite verb of a statement, by its dictionary form."""
    low = word.lower().replace("’", "'")
    if low in COPULAS or low in MODALS or low in VERBS:
        return True
    if low.endswith("ies") and low[:-3] + "y" in VERBS:
        return True
    if low.endswith("es") and low[:-2] in VERBS:
        return True
    return low.endswith("s") and low[:-1] in VERBS


def has_digit(text: str) -> bool:
    """Return whether a digit stands in the text."""
    return any(char.isdigit() for char in text)


def canonical(text: str) -> str:
    """Return the words of a text in lower case, without articles and marks."""
    return " ".join(word.lower() for word in words(text) if word.lower() not in ("a", "an", "the"))


def stands_in(needle: str, text: str) -> bool:
    """Return whether a text holds another as words of its own, not inside longer words."""
    start = text.find(needle)
    while needle and start >= 0:
        end = start + len(needle)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (_in_word(before) or _in_word(after)):
            return True
        start = text.find(needle, start + 1)
    return False


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"
