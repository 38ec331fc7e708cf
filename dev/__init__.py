"""Set-up and tools for working on the addon. Nothing in here is needed to run it.

``python3 -m dev <command>`` starts with whatever Python 3 the machine has, makes what
is missing and goes on inside its own virtual environment.
"""
