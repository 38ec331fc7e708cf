"""The machine: what is needed is found on it, or built in the cache folder."""
