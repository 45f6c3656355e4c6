__all__ = ["shadowed", "exported", "_also"]
shadowed = "listed"
exported = True
_also = "with underscore"
unlisted = False
