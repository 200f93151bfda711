"""How the API reads what it is sent."""

from typing import IO, Any

from rest_framework import exceptions, parsers


class StrictJSONParser(parsers.JSONParser):
    """JSON whose nesting cannot exhaust the stack."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None
    ) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError("The JSON is nested too deeply.") from error
