"""Has tea."""
