# Each room knows those before it and calls none behind it.
from . import company, line, ledger, channel, sending, screen  # isort: skip
