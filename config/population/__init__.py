"""A population of any size, made at once: to see how the site does with a country in it."""
