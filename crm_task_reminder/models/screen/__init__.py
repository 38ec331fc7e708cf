from . import log, overview, result, tab, window
