"""A note whose depth shows in its indents: titles at the margin, items below them."""

from tests.extraction.asking import asked, drawn_from

LIGHTS = """Lights
Harbour: Red Light
  • It has 2 lamps:
    • They burn 40 litres
  • The keeper names every ship that the light is spoken with
Harbour: Green Light
  • It burns 60 litres
  • It has 3 keepers:
    • They watch 20 ships
"""


def test_a_title_at_the_margin_is_one_even_below_an_item_that_ends_openly() -> None:
    (item,) = [item for item in asked(drawn_from(LIGHTS)) if item.answer == "60 litres"]
    assert item.path[-1] == "Harbour: Green Light"
    assert "Green Light burns" in item.prompt
