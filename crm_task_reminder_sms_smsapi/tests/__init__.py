from . import test_incoming, test_provider, test_seams
