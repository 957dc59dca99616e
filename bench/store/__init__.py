"""How fast the record store is: over HTTP, on both databases, beside what the database could do."""
