from . import overview, tab, window
