"""The HTTP resources of the xAPI specification (1.0.3 Communication, IEEE 9274.1.1 4.1)."""
