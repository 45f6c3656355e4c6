# The order in which modules of a package are initialised, with side effects in each.
print("main 1")
import app.core.engine
print("main 2")
from app import plugins
print("main 3", plugins.loaded, app.version, app.core.engine.Engine().run())
import app.util
print("main 4", app.util.log)
