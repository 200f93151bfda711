"""What a learner is asked of a sentence: a whole phrase that the rest of it leads to."""

import pytest

from tests.extraction.asking import Asked, asked, drawn_from


def cards_of(*lines: str, title: str = "Subject") -> list[Asked]:
    bullets = "\n".join(f"- {line}" for line in lines)
    return asked(drawn_from(f"# {title}\n\n- Something stands before it here\n{bullets}\n", "n.md"))


def answers(line: str, title: str = "Subject") -> list[str]:
    return [item.answer for item in cards_of(line, title=title)]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Verapamil causes constipation", "constipation"),
        ("Overdose is treated with glucagon", "glucagon"),
        ("Protamine reverses heparin", "heparin"),
        ("Neighbor Discovery replaces ARP", "ARP"),
        ("The war emptied the treasury, and prices rose", "treasury"),
        ("Membranes are made of a phospholipid bilayer", "phospholipid bilayer"),
        ("The loopback address is ::1", "::1"),
    ],
)
def test_a_short_sentence_asks_for_what_it_says_of_its_subject(line: str, answer: str) -> None:
    assert answers(line) == [answer]


@pytest.mark.parametrize(
    "line",
    [
        "The desk is staffed 24/7 in winter by Nurses",
        "A pump serves HTTP(S) requests of the ward",
        "Each of the nodes gets 1/N of the traffic",
        "The drug lowers angiotensin II within the blood",
        "The method is defined in IEEE 802.1D since long",
    ],
)
def test_no_half_of_a_word_or_name_is_asked_for(line: str) -> None:
    for item in cards_of(line):
        for part in item.answer.split(" ; "):
            assert part not in ("24", "HTTP", "1", "II", "IEEE")


@pytest.mark.parametrize(
    "line",
    [
        "It raises new challenges",
        "It can be used in a similar way",
        "Results are returned as soon as possible",
        "The two tasks can be done at the same time",
        "The parts (see Moodle) are listed elsewhere",
        "Potatoes keep in such a cellar",
    ],
)
def test_words_that_say_nothing_are_not_asked_for(line: str) -> None:
    found = answers(line, title="Budding")
    assert not {"new challenges", "similar way", "soon as possible", "same time", "Moodle"} & {
        *found
    }


def test_the_subject_stays_in_sight() -> None:
    (item,) = cards_of("An MX record names the mail server of a domain in DNS")
    assert "MX record" in item.prompt


def test_a_name_is_asked_for_without_the_words_that_go_on() -> None:
    found = answers("Nurses have to call Ward K9 again after one of the failures")
    assert "Ward K9" in found[0]
    assert not any("again" in answer for answer in found)


def test_an_apposition_is_no_list() -> None:
    found = answers("The link uses cross-connect, a single-mode fiber, a piece of cable")
    assert "cross-connect, a single-mode fiber, a piece of cable" not in found


def test_the_values_of_several_attributes_on_a_line_are_asked_one_by_one() -> None:
    found = answers("Protocol: UDP; Port: 2049; Source: the mail group")
    assert {"UDP", "2049"} <= {*found}


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("A region has three Availability Zones", "three"),
        ("Conscripts served three years in the army", "three years"),
        ("The pump moves two potassium ions inward", "two"),
    ],
)
def test_a_number_may_be_spelt_out(line: str, answer: str) -> None:
    assert any(answer in given for given in answers(line))


def test_a_generation_is_no_weight() -> None:
    extraction = drawn_from("# Radio\n\n- 5G replaced 4G in 2020\n- A crate weighs 5 g\n", "n.md")
    assert not any("G" in text for q in extraction.questions for text in q.accepted)
    assert asked(extraction)[0].answer == "2020"


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("The clinic treats Asthma, Gout, Eczema and Angina in Leeds", "Eczema"),
        ("Membranes consist of 1 of many layers of lipid", "1"),
        ("If there is more than 1 ward, the Matron moves the beds", "1"),
        ("Queries run across all nodes of a cluster at the same time", "cluster at the same time"),
        ("Compression employs multiple compression techniques", "multiple compression techniques"),
        ("LowestBid picks the vendor with the lowest bid", "lowest bid"),
        ("Use of ACE (Angiotensin Converting Enzyme) rises in Spain", "ACE"),
    ],
)
def test_what_anyone_would_guess_or_nobody_could_is_not_asked_for(line: str, part: str) -> None:
    assert part not in answers(line, title="Hospital")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("The host offers a static IP in every zone", "static IP"),
        ("Use SQS for a new application", "SQS"),
        ("The trail records what happens in an AWS account", "AWS account"),
        ("The range of the network goes from /28 to /16", "/28 ; /16"),
    ],
)
def test_a_name_is_asked_for_with_the_words_that_belong_to_it(line: str, answer: str) -> None:
    assert answers(line) == [answer]


def test_two_numbers_for_one_thing_are_no_list_to_name() -> None:
    found = cards_of("A cell holds 46 chromosomes", "A cell holds 48 chromosomes")
    assert not any("name the" in item.prompt for item in found)
