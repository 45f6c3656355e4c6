"""An extension that brings nothing."""

buildozer_binary = module_extension(implementation = lambda module_ctx: None)
