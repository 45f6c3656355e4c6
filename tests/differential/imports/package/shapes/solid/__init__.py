print("init solid", __name__)
from .cube import Cube
