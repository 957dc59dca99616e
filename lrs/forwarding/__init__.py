"""Statements on their way to other record stores: at least once, each learner's in order.

`targets` says to whom, `parcels` what of it, `carriers` and `line` carry it there, `delivery`
goes along the log and `letters` keeps what would not go. Nothing of it runs inside a request.
"""
