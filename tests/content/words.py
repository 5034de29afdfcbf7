"""What check_content.py asks of words: reading age, names, sameness, questions that ask two things, copying.

Nothing here knows of forms; it is given sentences. Standard library only.
"""
import os
import re

RUN = 6           # words in a row that count as copied


def words_in(text):
    return re.findall(r"[a-z0-9]+(?:['’][a-z]+)?", text.lower())


# ---- reading age ---------------------------------------------------------------------------------

def syllables(word):
    """Vowel groups, without a silent final e; good enough to compare forms."""
    word = re.sub(r"['’].*$", "", word.lower())
    if not re.search("[a-z]", word):
        return 1
    word = re.sub(r"(?<=[^aeiouyl])es?$|(?<=[^aeiouydt])ed$", "", word) or word
    return max(1, len(re.findall("[aeiouy]+", word)))


def grade(text):
    """Flesch-Kincaid: the school year (US) that can follow it; 5 to 6 is about age eleven."""
    sentences = [s for s in re.split(r"[.!?]+|\n", text) if words_in(s)]
    found = [w for s in sentences for w in words_in(s)]
    if not found:
        return 0.0
    return (0.39 * len(found) / len(sentences)
            + 11.8 * sum(map(syllables, found)) / len(found) - 15.59)


# ---- names ---------------------------------------------------------------------------------------

TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sister|Nurse)\.? [A-Z][a-z]+")
TWO_CAPITALS = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,} [A-Z][a-z]{2,}\b")
FIRST_NAMES = set("""aisha albert alice amy andrew ann anna anne arthur barbara ben betty brian carol
charles charlotte chris claire daniel dave david debbie derek diane donna doris dorothy edith edna elizabeth
elsie emily emma eric ethel fatima florence frank fred gary george gladys gordon hannah harold harry helen
henry ian irene jack jackie james jane janet jean jenny jessica jim joan joe john joyce judith julie karen
kate kath keith ken kevin laura len leslie lily linda lisa lucy maggie malcolm margaret maria marion
marjorie martin mary maureen michael mohammed muriel nancy nick nicola norman olive oliver pamela pat
patricia paul pauline peggy peter phil phyllis priya rachel ray rebecca richard robert roger ron ronald
ruth sally sam samantha sandra sarah sharon sheila shirley simon sophie stan stephen steve sue susan sylvia
terry thomas tim tom tony tracy vera victoria violet walter wendy william winifred""".split())
# Capital letters that are no person: the sample's houses, public bodies, titles of papers.
NOT_PEOPLE = re.compile(r"Oak House|Mill Cottage|Riverside Home Care|Care Quality Commission|Care Certificate|"
                        r"Equality Act|Mental Capacity Act|Accessible Information Standard|Easy Read")


def name_in(text):
    """A likely person's name, or None."""
    text = NOT_PEOPLE.sub("", text)
    for pattern in (TITLES, TWO_CAPITALS):
        hit = pattern.search(text)
        if hit:
            return hit.group(0)
    for word in re.findall(r"\b[A-Z][a-z]+\b", text):
        if word.lower() in FIRST_NAMES:
            return word
    return None


# ---- two sentences that are nearly one -------------------------------------------------------------

SMALL = set("a an the and or of to in on at is are it be that this they you for with as by".split())


def meaning(text):
    return set(words_in(text)) - SMALL


def shared(x, y):
    """Jaccard of the words that carry meaning."""
    return len(x & y) / len(x | y) if x | y else 0.0


# ---- one sentence that asks two things -------------------------------------------------------------

JOIN = re.compile(r",? \b(?:and|or|but|while)\b ", re.I)
# A verb that stands right behind the joint, or behind a short subject, begins a second statement.
VERB = set("""is are was were has have had can could will would may must should does do did knows know says
say shows show works work fits fit stands stand goes go comes come gets get gives give takes take keeps keep
finds find asks ask tells tell opens open shuts shut closes close matches match agrees agree names name
helps help looks look needs need wants want feels feel uses use writes write reads read signs sign checks check
hears hear sees see knocks knock waits wait wears wear stays stay lies lie reaches reach follows follow
happens happen stops stop starts start changes change makes make puts put meets meet sits sit eats eat
drinks drink sleeps sleep records record reviews review answers answer acts act learns learn""".split())
SUBJECT = set("""they it he she you we i who what when where how why that this these those there nobody someone
somebody everyone everybody people staff workers families each none nothing both""".split())
ARTICLE = set("the a an its their his her your each every any no all someone’s".split())
JUDGED = set("""clean dry safe warm kind clear whole full empty open shut true right wrong up-to-date new old
ready fresh tidy short long right working legible calm quiet bright private cool cold hot free easy honest
complete current fair enough late early dated signed named locked written known kept done shown told given
seen heard met sent read put worn held found made taken understood agreed""".split())


def judged(word):
    return word in JUDGED or (len(word) > 4 and word.endswith("ed") and not word.endswith("need"))


def second_thing(text, counted=False):
    """The words from the joint on where a second thing is judged or done, or None.

    'Knocked and waited' or 'clean and in date' are two answers; 'food and drink' is a pair of nouns and
    passes. Of what is counted either counts ('silenced or unplugged'). A guess from the words at the joint:
    see double_allowed.txt for what it gets wrong."""
    if len(re.findall(r"\?", text)) > 1:
        return "a second question mark"
    for joint in JOIN.finditer(text):
        if counted and joint.group(0).strip(" ,").lower() == "or":
            continue
        before, after = words_in(text[:joint.start()]), words_in(text[joint.end():])
        if not before or not after:
            continue
        verb_before = any(w in VERB or judged(w) for w in before)
        first, second, third = (after + ["", "", ""])[:3]
        if verb_before and (first in SUBJECT - {"when", "that"} and
                            (second in VERB or judged(second) or third in VERB)):
            return text[joint.start():].strip(" ,")
        if verb_before and first in ARTICLE and any(w in VERB and w not in ("need", "open", "use", "change",
                                                                            "help", "work", "record", "check",
                                                                            "answer", "name", "review")
                                                    for w in after[1:4]):
            return text[joint.start():].strip(" ,")
        if verb_before and first in VERB and before[-1] not in SMALL and not before[-1] in ("to",):
            return text[joint.start():].strip(" ,")
        if judged(first) and judged(before[-1]):
            return text[joint.start():].strip(" ,")
    return None


# ---- copied words --------------------------------------------------------------------------------

def runs(text):
    found = words_in(text)
    return {" ".join(found[k:k + RUN]) for k in range(len(found) - RUN + 1)}


def papers(paths):
    """Every run of six words in the papers: files or folders (*.txt, *.md), joined by ':'."""
    files = []
    for path in filter(None, paths.split(":")):
        if os.path.isdir(path):
            files += [os.path.join(path, n) for n in sorted(os.listdir(path)) if n.endswith((".txt", ".md"))]
        elif os.path.isfile(path):
            files.append(path)
    theirs = set()
    for path in files:
        with open(path, encoding="utf-8", errors="replace") as f:
            theirs |= runs(f.read())
    return theirs, len(files)
