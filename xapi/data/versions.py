"""The two data models."""

V1 = "1.0.3"
V2 = "2.0.0"
