"""Charts drawn on the server as SVG: they work without scripts, print, and follow the theme."""
