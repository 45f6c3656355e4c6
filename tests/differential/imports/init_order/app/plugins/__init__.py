print("app.plugins")
loaded = []
from . import first, second
