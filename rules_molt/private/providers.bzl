"""Providers of the rules."""

MoltInfo = provider(
    doc = "Python modules: what targets that depend on them need.",
    fields = {
        "direct": "list of string: names of the target's own modules, sorted",
        "facts": "depset of File: what is known of each module, for headers",
        "interfaces": "depset of File: what each module's importers depend on",
        "linking_context": "CcLinkingContext: the modules' objects in lazy archives, without what makes a program of them",
        "modules": "depset of struct(name, facts, interface, object): own modules and those of all dependencies",
        "sources": "depset of File: Python sources",
    },
)

MoltToolchainInfo = provider(
    doc = "The compiler and its runtime, as ToolchainInfo.molt.",
    fields = {
        "compiler": "FilesToRunProvider: `molt`",
        "release_linkopts": "list of string: more link options of binaries with -c opt",
        "runtime": "CcInfo: the runtime archive and its link options",
        "runtime_archive": "File: the runtime archive",
        "target": "string: target triple, or empty for that of the machine `molt` runs on",
    },
)
