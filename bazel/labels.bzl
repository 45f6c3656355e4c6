"""Labels in generated files."""

def absolute(label):
    """A label as text that means the same in every repository.

    Args:
      label: Label.

    Returns:
      string
    """
    text = str(label)
    return "@" + text if text.startswith("//") else text
