"""The journey of a real user: a real server, a real worker, a real browser."""
