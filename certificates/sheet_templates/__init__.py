"""Templates of certificates: which one a course follows, what it says, whether it can be used."""
