__all__ = []
nothing_here = 1
