from . import test_provider, test_seams
