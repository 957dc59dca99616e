"""A check without a network: what a phone keeps for it, and the pages that show it.

The check itself runs in the browser: static/js/signed-line.js and its neighbours.
"""
