"""Short notes of our own in every shape, for the tests of extraction."""

MARKDOWN = """# Heart

## Chambers

- **Left ventricle**: Pumps oxygen-rich blood into the aorta
- **Right ventricle**: Sends oxygen-poor blood to the lungs
- **Left atrium**: Receives blood coming back from the lungs
- **Right atrium**: Collects blood returning through the great veins

## Beat

A resting heart beats for about 70 bpm.

The refractory period of the muscle lasts 250 ms.

- Valves between atria and ventricles:
  - Mitral valve
  - Tricuspid valve

```
beat --fast 12 hours
```
"""

INDENTED = """Soil

Description
  • It's a mixture of minerals, water and air
  • It supports plant roots
  • Layers:
    • Topsoil: the dark layer rich in humus
    • Subsoil: the pale layer where clay gathers
    • Bedrock: the solid layer below everything
Limits
  • Maximum depth of most roots: 2 m
  • For more details

Glaciers

Description
  • They are rivers of slow ice
  • They move at most 30 m per day
"""

FLAT = """Bees
Colony
- Roles:
- Queen: Lays the eggs of the hive
- Lives for up to 5 years
- Only one in each hive
- Worker: Gathers nectar and guards the door
- Lives for about 6 weeks
- Drone: Mates with a young queen
- Queen: Lays the eggs of the hive
- Honey ripens in wax cells
Flight
- A bee beats its wings 230 times per second
- Bees find home by
polarised-light
and by landmarks
"""

MARKERS = """Contents

- Rocks - 2
- Volcanoes - 4
- Earthquakes - 9

Rocks

- Igneous rock

- forms from magma
- granite is one kind

→ Marble = limestone changed by heat
↳ used by sculptors

Volcanoes

* Shield volcano

- built from runny lava
↳ slopes are gentle

Earthquakes

→ Magnitude scale → amount of energy set free
"""

SHAPES = {
    "heart.md": MARKDOWN,
    "soil.txt": INDENTED,
    "bees.txt": FLAT,
    "earth.txt": MARKERS,
}
