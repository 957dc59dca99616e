"""How reports grow: the page, the feed, the digest and the files, at several sizes."""
