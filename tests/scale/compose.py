"""What docker-compose.yml and the Dockerfile say is run, read from those very files."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Service:
    """A service of ours: its command, its environment, and how its health is asked for."""

    command: list[str]
    environment: dict[str, str]
    health: list[str]


def fill(text: str, variables: dict[str, str]) -> str:
    """Put variables where compose would: ${NAME:-default}, and $$ for a dollar."""
    filled = re.sub(r"\$\{(\w+):-([^}]*)\}", lambda found: variables.get(found[1], found[2]), text)
    assert "${" not in filled, f"compose knows more forms than are read here: {text}"
    return filled.replace("$$", "$")


def image_command() -> list[str]:
    """What a container runs where compose names no command: the Dockerfile's CMD."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
    (command,) = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    return [str(word) for word in json.loads(command)]


def services(variables: dict[str, str]) -> dict[str, Service]:
    """The services that run our image, with the variables a person may set beside the file."""
    text = fill((ROOT / "docker-compose.yml").read_text(), variables)
    return {
        name: Service(
            command=said.get("command", image_command()),
            environment={key: str(value) for key, value in said["environment"].items()},
            health=said.get("healthcheck", {}).get("test", []),
        )
        for name, said in yaml.safe_load(text)["services"].items()
        if "build" in said
    }
