"""The demo that `make run` serves: readable files in `demo/`, loaded by the real functions."""
