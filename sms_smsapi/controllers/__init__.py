from . import incoming, report
