"""How fast the site is: `make bench` prints it for the running production server."""
