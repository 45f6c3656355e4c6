print("app.core")
from ..util import note

note("core")
