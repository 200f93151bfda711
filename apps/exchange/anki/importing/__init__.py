"""An Anki package on its way in: read apart, compared with what is there, then carried out."""
