from . import incoming
