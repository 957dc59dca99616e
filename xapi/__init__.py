"""The xAPI vocabulary of Putokaz: verbs, activity types, ids and one builder per event.

Plain Python over `tincan`; nothing here knows a database. The log holds no name, e-mail or free
text: an actor is an opaque account, words are cited by key.
"""
